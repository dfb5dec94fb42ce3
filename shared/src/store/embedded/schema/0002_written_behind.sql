-- A job ends before its documents are written, so nothing has to be protected against cancellation any more.
ALTER TABLE jobs DROP COLUMN seal;

-- What the session's next jobs look back on.
ALTER TABLE jobs ADD COLUMN turn TEXT;
CREATE INDEX jobs_by_session ON jobs (tenant, session_id, finished_at) WHERE turn IS NOT NULL;

-- The line for the interaction log, until it is written.
ALTER TABLE jobs ADD COLUMN interaction TEXT;
CREATE INDEX jobs_unwritten ON jobs (finished_at) WHERE interaction IS NOT NULL;

-- Numbers of the queue itself, e.g. of successes whose documents were given up.
CREATE TABLE queue_totals (
    name TEXT NOT NULL PRIMARY KEY,
    total INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
