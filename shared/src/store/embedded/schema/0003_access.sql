-- How much of each budget is used up in its window.
CREATE TABLE budgets (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    used INTEGER NOT NULL,
    resets_at INTEGER NOT NULL,
    PRIMARY KEY (owner, name)
) STRICT;
CREATE INDEX budgets_by_reset ON budgets (resets_at);
