-- A list of three or more values in a CHECK makes SQLite fill a temporary table for each row that is
-- written. The same rules stand here with OR. To change the text of a CHECK,
-- SQLite recommends this way: https://www.sqlite.org/lang_altertable.html#otheralter
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql,
    'status IN (''pending'', ''active'', ''deactivated'', ''deleted'')',
    '(status = ''active'' OR status = ''pending'' OR status = ''deactivated'' OR status = ''deleted'')')
WHERE type = 'table' AND name = 'users';
UPDATE sqlite_schema
SET sql = replace(sql,
    'state IN (''none'', ''set'', ''random'')',
    '(state = ''set'' OR state = ''none'' OR state = ''random'')')
WHERE type = 'table' AND name = 'credentials';
UPDATE sqlite_schema
SET sql = replace(sql,
    'actor_kind IN (''os'', ''user'', ''service'', ''visitor'')',
    '(actor_kind = ''user'' OR actor_kind = ''os'' OR actor_kind = ''service'' OR actor_kind = ''visitor'')')
WHERE type = 'table' AND name = 'audit_events';
UPDATE sqlite_schema
SET sql = replace(replace(sql,
    'kind IN (''operator'', ''request'', ''invite'')',
    '(kind = ''operator'' OR kind = ''request'' OR kind = ''invite'')'),
    'ended IN (''used'', ''superseded'', ''revoked'')',
    '(ended = ''used'' OR ended = ''superseded'' OR ended = ''revoked'')')
WHERE type = 'table' AND name = 'resets';
UPDATE sqlite_schema
SET sql = replace(sql, 'kind IN (1, 2, 3)', '(kind = 1 OR kind = 2 OR kind = 3)')
WHERE type = 'table' AND name = 'strangers';
PRAGMA writable_schema = RESET;
-- Other processes read the schema again after a change of this kind.
CREATE TABLE plain_checks (id INTEGER) STRICT;
DROP TABLE plain_checks;
