-- Times are milliseconds since the Unix epoch.

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    lane TEXT NOT NULL,
    session_id TEXT NOT NULL,
    user_id TEXT,
    status TEXT NOT NULL,
    stage TEXT,
    created_at INTEGER NOT NULL,
    deadline_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    -- Fence of the newest delivery that was started.
    fence INTEGER NOT NULL DEFAULT 0,
    -- Fence of the delivery that passed the point of no return.
    seal INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 1,
    -- Number of the newest event.
    last_event INTEGER NOT NULL DEFAULT 0,
    traceparent TEXT,
    result TEXT,
    error TEXT
) STRICT;
CREATE INDEX jobs_by_learner ON jobs (tenant, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX jobs_by_deadline ON jobs (deadline_at) WHERE status IN ('queued', 'processing');
CREATE INDEX jobs_by_expiry ON jobs (expires_at);

-- Apart from the record, so that a change of state does not rewrite the text.
CREATE TABLE job_inputs (
    job TEXT NOT NULL PRIMARY KEY,
    input TEXT NOT NULL
) STRICT;

CREATE TABLE job_events (
    job TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (job, seq)
) STRICT, WITHOUT ROWID;

-- Jobs whose record has gone, for as long as that is told.
CREATE TABLE gone_jobs (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    status TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX gone_jobs_by_until ON gone_jobs (until);

CREATE TABLE outbox (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL,
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_job ON outbox (job);
CREATE INDEX outbox_by_time ON outbox (at);

CREATE TABLE idempotency_keys (
    key TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    job TEXT NOT NULL,
    settled INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_job ON idempotency_keys (job);
CREATE INDEX idempotency_keys_by_until ON idempotency_keys (until);

CREATE TABLE entries (
    id TEXT NOT NULL PRIMARY KEY,
    lane TEXT NOT NULL,
    -- waiting, scheduled, leased or dead
    state TEXT NOT NULL,
    -- Order within the lane: heads are taken from below, tails added above.
    position INTEGER NOT NULL,
    -- When a scheduled entry may be taken.
    due_at INTEGER,
    worker TEXT,
    fence INTEGER NOT NULL,
    crashes INTEGER NOT NULL DEFAULT 0,
    envelope TEXT NOT NULL,
    reason TEXT,
    dead_at INTEGER
) STRICT;
CREATE INDEX entries_in_order ON entries (lane, state, position);
CREATE INDEX entries_by_due ON entries (lane, due_at) WHERE state = 'scheduled';
CREATE INDEX entries_by_worker ON entries (worker) WHERE state = 'leased';
CREATE INDEX entries_by_death ON entries (dead_at) WHERE state = 'dead';

-- Counted by triggers, so that a push need not count a long queue.
CREATE TABLE lane_totals (
    lane TEXT NOT NULL,
    state TEXT NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (lane, state)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER entries_added AFTER INSERT ON entries BEGIN
    INSERT INTO lane_totals VALUES (NEW.lane, NEW.state, 1)
        ON CONFLICT DO UPDATE SET total = total + 1;
END;
CREATE TRIGGER entries_removed AFTER DELETE ON entries BEGIN
    UPDATE lane_totals SET total = total - 1 WHERE lane = OLD.lane AND state = OLD.state;
END;
CREATE TRIGGER entries_moved AFTER UPDATE OF state ON entries WHEN NEW.state <> OLD.state BEGIN
    UPDATE lane_totals SET total = total - 1 WHERE lane = OLD.lane AND state = OLD.state;
    INSERT INTO lane_totals VALUES (NEW.lane, NEW.state, 1)
        ON CONFLICT DO UPDATE SET total = total + 1;
END;

CREATE TABLE worker_beats (
    worker TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE worker_reports (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    report TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE seen_sessions (
    session TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_sessions_by_time ON seen_sessions (at);

CREATE TABLE cache (
    tenant TEXT NOT NULL,
    space TEXT NOT NULL,
    digest TEXT NOT NULL,
    value BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, space, digest)
) STRICT;
CREATE INDEX cache_by_expiry ON cache (expires_at);

CREATE TABLE cache_learners (
    tenant TEXT NOT NULL,
    learner TEXT NOT NULL,
    space TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (tenant, learner, space, digest),
    FOREIGN KEY (tenant, space, digest) REFERENCES cache (tenant, space, digest) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX cache_learners_by_entry ON cache_learners (tenant, space, digest);

CREATE TABLE documents (
    collection TEXT NOT NULL,
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    learner TEXT,
    expires_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (collection, tenant, id)
) STRICT;
CREATE INDEX documents_by_learner ON documents (tenant, learner) WHERE learner IS NOT NULL;
CREATE INDEX documents_by_expiry ON documents (expires_at);

CREATE TABLE blobs (
    id TEXT NOT NULL PRIMARY KEY,
    tenant TEXT NOT NULL,
    learner TEXT,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX blobs_by_learner ON blobs (tenant, learner) WHERE learner IS NOT NULL;
CREATE INDEX blobs_by_expiry ON blobs (expires_at);
