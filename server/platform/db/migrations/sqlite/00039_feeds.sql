-- +goose Up
-- What calendar programs must be told: how often a series was changed, from when it counts, and that it went out as one entry
-- that repeats. And the secret addresses of members' own calendars, of which only a hash is kept.
ALTER TABLE events ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN rhythmic INTEGER NOT NULL DEFAULT 0;
UPDATE events SET rhythmic = 1
WHERE id IN (SELECT event_id FROM event_series WHERE rule LIKE '%"rrule"%' AND rule NOT LIKE '%RSCALE%');
ALTER TABLE event_series ADD COLUMN begins_at DATETIME NOT NULL DEFAULT '1970-01-01 00:00:00+00:00';
UPDATE event_series SET begins_at = created_at;
CREATE TABLE calendar_keys (
    member_id   BLOB      NOT NULL PRIMARY KEY,
    alliance_id BLOB      NOT NULL,
    key_hash    BLOB      NOT NULL,
    created_at  DATETIME NOT NULL,
    asked_at    DATETIME,
    CHECK (length(key_hash) = 32)
);
CREATE UNIQUE INDEX calendar_keys_hash ON calendar_keys (key_hash);

-- +goose Down
DROP TABLE calendar_keys;
ALTER TABLE event_series DROP COLUMN begins_at;
ALTER TABLE events DROP COLUMN rhythmic;
ALTER TABLE events DROP COLUMN sequence;
