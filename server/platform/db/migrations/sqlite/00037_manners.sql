-- +goose Up
-- A word can stand on the list without being on; some common rules can be off in a street.
ALTER TABLE conduct_terms ADD COLUMN active BOOLEAN NOT NULL DEFAULT 1;
ALTER TABLE conduct_rules ADD COLUMN rules_off TEXT NOT NULL DEFAULT '[]';
-- What a moderator gave as a reason.
ALTER TABLE conduct_cases ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE conduct_standings ADD COLUMN muted_why TEXT NOT NULL DEFAULT '';
ALTER TABLE conduct_lines ADD COLUMN why TEXT NOT NULL DEFAULT '';
-- The feed that a line of the trail is about, for the moderators of a circle.
ALTER TABLE conduct_lines ADD COLUMN feed TEXT NOT NULL DEFAULT '';
UPDATE conduct_lines SET feed = COALESCE((SELECT c.feed FROM conduct_cases c WHERE c.id = conduct_lines.case_id), '');
CREATE INDEX conduct_lines_feed ON conduct_lines (alliance_id, feed, id);
CREATE INDEX conduct_lines_account ON conduct_lines (alliance_id, account_id, id);
CREATE INDEX conduct_lines_by ON conduct_lines (alliance_id, by_id, id);
CREATE INDEX conduct_standings_muted ON conduct_standings (muted_until);
CREATE INDEX conduct_cases_feed ON conduct_cases (alliance_id, feed, state);
-- What the QR codes in a picture say: a JSON list.
ALTER TABLE photos ADD COLUMN codes TEXT NOT NULL DEFAULT '[]';

-- +goose Down
ALTER TABLE photos DROP COLUMN codes;
DROP INDEX conduct_cases_feed;
DROP INDEX conduct_standings_muted;
DROP INDEX conduct_lines_by;
DROP INDEX conduct_lines_account;
DROP INDEX conduct_lines_feed;
ALTER TABLE conduct_lines DROP COLUMN feed;
ALTER TABLE conduct_lines DROP COLUMN why;
ALTER TABLE conduct_standings DROP COLUMN muted_why;
ALTER TABLE conduct_cases DROP COLUMN reason;
ALTER TABLE conduct_rules DROP COLUMN rules_off;
ALTER TABLE conduct_terms DROP COLUMN active;
