-- +goose Up
-- A date of a series may have words of its own; a moved one remembers where it came from, and who has said to come all the same.
ALTER TABLE occurrences ADD COLUMN title VARCHAR(80) NOT NULL DEFAULT '';
ALTER TABLE occurrences ADD COLUMN story VARCHAR(2000) NOT NULL DEFAULT '';
ALTER TABLE occurrences ADD COLUMN place VARCHAR(120) NOT NULL DEFAULT '';
ALTER TABLE occurrences ADD COLUMN was_at DATETIME(6) NULL;
ALTER TABLE occurrences ADD COLUMN was_place VARCHAR(120) NOT NULL DEFAULT '';
ALTER TABLE event_series ADD COLUMN title VARCHAR(80) NOT NULL DEFAULT '';
ALTER TABLE event_series ADD COLUMN story VARCHAR(2000) NOT NULL DEFAULT '';
ALTER TABLE event_series ADD COLUMN place VARCHAR(120) NOT NULL DEFAULT '';
ALTER TABLE event_series ADD COLUMN ends_at DATETIME(6) NULL;
ALTER TABLE sign_ups ADD COLUMN kept_at DATETIME(6) NULL;

-- +goose Down
ALTER TABLE sign_ups DROP COLUMN kept_at;
ALTER TABLE event_series DROP COLUMN ends_at;
ALTER TABLE event_series DROP COLUMN place;
ALTER TABLE event_series DROP COLUMN story;
ALTER TABLE event_series DROP COLUMN title;
ALTER TABLE occurrences DROP COLUMN was_place;
ALTER TABLE occurrences DROP COLUMN was_at;
ALTER TABLE occurrences DROP COLUMN place;
ALTER TABLE occurrences DROP COLUMN story;
ALTER TABLE occurrences DROP COLUMN title;
