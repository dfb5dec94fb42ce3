-- The endpoint that a job's webhooks go to, when it named one.
ALTER TABLE jobs ADD COLUMN webhook TEXT;

CREATE TABLE deliveries (
    -- Endpoint and event.
    id TEXT NOT NULL PRIMARY KEY,
    endpoint TEXT NOT NULL,
    tenant TEXT NOT NULL,
    event TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    -- waiting, lent or over
    state TEXT NOT NULL,
    -- When it is to be sent, when it comes back, or when it is forgotten.
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deliveries_by_endpoint ON deliveries (state, endpoint, due_at);
CREATE INDEX deliveries_by_time ON deliveries (state, due_at);

-- Sendings at once of endpoints that do not have the usual number of them.
CREATE TABLE delivery_paces (
    endpoint TEXT NOT NULL PRIMARY KEY,
    at_once INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
