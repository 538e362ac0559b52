-- What the stored hashes cost to verify: how many users have a hash of this kind and cost, and the
-- processor time that one verification needs here, in microseconds. No time: not measured yet.
CREATE TABLE hash_costs (
    cost  TEXT    NOT NULL PRIMARY KEY,
    users INTEGER NOT NULL CHECK (users >= 0),
    time  INTEGER CHECK (time >= 0)
) STRICT, WITHOUT ROWID;

-- Whether the hashes were counted. Those of an older store are counted by the first write that
-- needs their number.
CREATE TABLE hash_count (
    id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    done INTEGER NOT NULL CHECK (done IN (0, 1))
) STRICT;
INSERT INTO hash_count (id, done)
SELECT 1, NOT EXISTS (SELECT 1 FROM credentials WHERE hash IS NOT NULL);
