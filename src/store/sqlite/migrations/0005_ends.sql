-- What ended long ago is found by its end, and removed.
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX resets_by_end ON resets (expires_at);
CREATE INDEX refused_logins_by_end ON refused_logins (refused_at);

-- Tries that were refused because the account is slowed or stopped: how many since the last
-- event that tells of them, and when that was written. They are no failures.
CREATE TABLE refused_tries (
    user_id    BLOB    NOT NULL PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    count      INTEGER NOT NULL,
    written_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
