-- A refused sign-in that took longer than the floor allows for, on a busy machine: how long it took
-- for each time that the password was hashed, in microseconds, and when that was.
ALTER TABLE hash_costs ADD COLUMN slow INTEGER CHECK (slow >= 0);
ALTER TABLE hash_costs ADD COLUMN slow_at INTEGER CHECK ((slow_at IS NULL) = (slow IS NULL));
