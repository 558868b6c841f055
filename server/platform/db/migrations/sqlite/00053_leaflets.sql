-- +goose Up
-- What to bring to an event, and its pictures: a JSON list of at most nine, with their sizes.
ALTER TABLE events ADD COLUMN bring TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN pictures TEXT NOT NULL DEFAULT '[]';
ALTER TABLE event_papers ADD COLUMN bring TEXT NOT NULL DEFAULT '';
ALTER TABLE event_papers ADD COLUMN pictures TEXT NOT NULL DEFAULT '[]';

-- +goose Down
ALTER TABLE event_papers DROP COLUMN pictures;
ALTER TABLE event_papers DROP COLUMN bring;
ALTER TABLE events DROP COLUMN pictures;
ALTER TABLE events DROP COLUMN bring;
