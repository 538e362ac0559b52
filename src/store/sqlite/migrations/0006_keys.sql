-- What tells this store from every other one, wherever its file stands.
CREATE TABLE store_id (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    id   BLOB    NOT NULL CHECK (length(id) = 16)
) STRICT;

-- Keys that only programs with this store have. They are never exported, listed or audited.
CREATE TABLE keys (
    name   TEXT    NOT NULL,
    id     INTEGER NOT NULL CHECK (id BETWEEN 0 AND 255),
    secret BLOB    NOT NULL CHECK (length(secret) = 32),
    PRIMARY KEY (name, id)
) STRICT, WITHOUT ROWID;

-- Third-party logins that were completed, until none of them could be completed any more. Of the
-- `state` of each only the SHA-256 is stored.
CREATE TABLE completed_logins (
    state_hash BLOB    NOT NULL PRIMARY KEY CHECK (length(state_hash) = 32),
    kept_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX completed_logins_by_end ON completed_logins (kept_until);
