-- The link that the last try to send a waiting mail made. The next try of the same mail ends it.
ALTER TABLE mail_queue ADD COLUMN reset_id BLOB REFERENCES resets ON DELETE SET NULL;
CREATE INDEX mail_queue_by_reset ON mail_queue (reset_id);
