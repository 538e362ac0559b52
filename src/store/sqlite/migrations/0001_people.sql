-- Times are microseconds since 1970-01-01T00:00:00Z; ids are the 16 bytes of a UUIDv7,
-- so that rows append in order of creation.

CREATE TABLE users (
    id              BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    email           TEXT    NOT NULL,
    email_canonical TEXT    NOT NULL UNIQUE,
    first_name      TEXT    NOT NULL,
    last_name       TEXT    NOT NULL,
    status          TEXT    NOT NULL CHECK (status IN ('pending', 'active', 'deactivated', 'deleted')),
    locale          TEXT    NOT NULL,
    last_login_at   INTEGER,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE groups (
    id             INTEGER NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    name_canonical TEXT    NOT NULL UNIQUE,
    created_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
    user_id  BLOB    NOT NULL REFERENCES users ON DELETE CASCADE,
    group_id INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE,
    PRIMARY KEY (user_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_group ON memberships (group_id, user_id);

-- No row: no password, and none is asked to be changed.
CREATE TABLE credentials (
    user_id     BLOB    NOT NULL PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    state       TEXT    NOT NULL CHECK (state IN ('none', 'set', 'random')),
    hash        TEXT    CHECK ((hash IS NOT NULL) = (state = 'set')),
    must_change INTEGER NOT NULL CHECK (must_change IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Wrong passwords in a row. No row: none.
CREATE TABLE failures (
    user_id BLOB    NOT NULL PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    count   INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Tries for addresses nobody has: counted, never stored.
CREATE TABLE unknown_sign_ins (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    count      INTEGER NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;

CREATE TABLE identities (
    issuer    TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    user_id   BLOB    NOT NULL REFERENCES users ON DELETE CASCADE,
    provider  TEXT    NOT NULL,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (user_id, issuer)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id              BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    token_hash      BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_id         BLOB    NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    idle_expires_at INTEGER NOT NULL,
    client          TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);

-- Append-only; chained by hash. It references nothing: it outlives what it tells of.
CREATE TABLE audit_events (
    seq           INTEGER NOT NULL PRIMARY KEY,
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    at            INTEGER NOT NULL,
    actor_kind    TEXT    NOT NULL CHECK (actor_kind IN ('os', 'user')),
    actor_name    TEXT,
    actor_uid     INTEGER,
    actor_claimed TEXT,
    action        TEXT    NOT NULL,
    target        TEXT,
    fields        TEXT    NOT NULL,
    client        TEXT,
    outcome       TEXT    NOT NULL CHECK (outcome IN ('success', 'failure')),
    reason        TEXT,
    hash          BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_events_are_not_changed BEFORE UPDATE ON audit_events
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
CREATE TRIGGER audit_events_are_not_removed BEFORE DELETE ON audit_events
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
