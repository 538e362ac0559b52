-- Reset links. A live one has no end, and its time has not run out.
CREATE TABLE resets (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    token_hash BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_id    BLOB    NOT NULL REFERENCES users ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind IN ('operator', 'request', 'invite')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    sent_at    INTEGER,
    ended      TEXT    CHECK (ended IN ('used', 'superseded', 'revoked')),
    ended_at   INTEGER CHECK ((ended_at IS NULL) = (ended IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX resets_by_user ON resets (user_id);

-- Requests that were heard, for as long as they count.
CREATE TABLE reset_requests (
    user_id BLOB    NOT NULL REFERENCES users ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    PRIMARY KEY (user_id, at)
) STRICT, WITHOUT ROWID;

-- Mail that waits to be sent. It never holds a token: links are made at the moment of sending.
-- Without a user: a request for an address nobody has, which costs the same writes and is
-- never sent.
CREATE TABLE mail_queue (
    id              BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    user_id         BLOB    REFERENCES users ON DELETE CASCADE,
    message         TEXT    NOT NULL,
    address         TEXT,
    old_address     TEXT,
    new_address     TEXT,
    created_at      INTEGER NOT NULL,
    attempts        INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    leased_until    INTEGER NOT NULL,
    last_error      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_queue_by_user ON mail_queue (user_id);

-- Sign-ins (1) and requests for links (2) that nobody is behind: counted, never stored.
CREATE TABLE strangers (
    kind       INTEGER NOT NULL PRIMARY KEY CHECK (kind IN (1, 2)),
    count      INTEGER NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;
INSERT INTO strangers (kind, count, written_at) SELECT 1, count, written_at FROM unknown_sign_ins;
DROP TABLE unknown_sign_ins;
