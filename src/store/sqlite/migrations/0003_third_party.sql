ALTER TABLE identities ADD COLUMN last_login_at INTEGER;

-- People whom a provider vouched for and who were not let in, for as long as an operator may
-- want to link them. The id is that of the event in the audit record; the user is the one of
-- their address, if there is one.
CREATE TABLE refused_logins (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    provider   TEXT    NOT NULL,
    user_id    BLOB    REFERENCES users ON DELETE CASCADE,
    refused_at INTEGER NOT NULL,
    UNIQUE (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX refused_logins_by_user ON refused_logins (user_id);

-- What a mail about an identity names.
ALTER TABLE mail_queue ADD COLUMN provider TEXT;

-- A third kind of stranger: sign-ins (3) that a provider ended.
CREATE TABLE counted (
    kind       INTEGER NOT NULL PRIMARY KEY CHECK (kind IN (1, 2, 3)),
    count      INTEGER NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;
INSERT INTO counted SELECT kind, count, written_at FROM strangers;
DROP TABLE strangers;
ALTER TABLE counted RENAME TO strangers;
