-- Two more kinds of actors: a program that uses the library, and a person at a public page.
CREATE TABLE recorded_events (
    seq           INTEGER NOT NULL PRIMARY KEY,
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    at            INTEGER NOT NULL,
    actor_kind    TEXT    NOT NULL CHECK (actor_kind IN ('os', 'user', 'service', 'visitor')),
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
INSERT INTO recorded_events SELECT * FROM audit_events ORDER BY seq;
DROP TABLE audit_events;
ALTER TABLE recorded_events RENAME TO audit_events;
CREATE TRIGGER audit_events_are_not_changed BEFORE UPDATE ON audit_events
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
CREATE TRIGGER audit_events_are_not_removed BEFORE DELETE ON audit_events
BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;

-- What was not allowed: how often since the last event that tells of it, and when that was
-- written. One row for each user, and one, without a user, for visitors.
CREATE TABLE denials (
    user_id    BLOB    UNIQUE REFERENCES users ON DELETE CASCADE,
    count      INTEGER NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;
INSERT INTO denials (user_id, count, written_at) VALUES (NULL, 0, 0);
