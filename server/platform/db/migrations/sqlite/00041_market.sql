-- +goose Up
-- A date of a series may have words of its own; a moved one remembers where it came from, and who has said to come all the same.
ALTER TABLE occurrences ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE occurrences ADD COLUMN story TEXT NOT NULL DEFAULT '';
ALTER TABLE occurrences ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE occurrences ADD COLUMN was_at DATETIME;
ALTER TABLE occurrences ADD COLUMN was_place TEXT NOT NULL DEFAULT '';
ALTER TABLE event_series ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE event_series ADD COLUMN story TEXT NOT NULL DEFAULT '';
ALTER TABLE event_series ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE event_series ADD COLUMN ends_at DATETIME;
ALTER TABLE sign_ups ADD COLUMN kept_at DATETIME;

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
