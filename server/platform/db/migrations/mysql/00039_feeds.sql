-- +goose Up
-- What calendar programs must be told: how often a series was changed, from when it counts, and that it went out as one entry
-- that repeats. And the secret addresses of members' own calendars, of which only a hash is kept.
ALTER TABLE events ADD COLUMN sequence INT NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN rhythmic BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE events SET rhythmic = TRUE
WHERE id IN (SELECT event_id FROM event_series WHERE rule LIKE '%"rrule"%' AND rule NOT LIKE '%RSCALE%');
ALTER TABLE event_series ADD COLUMN begins_at DATETIME(6) NOT NULL DEFAULT '1970-01-01 00:00:00';
UPDATE event_series SET begins_at = created_at;
CREATE TABLE calendar_keys (
    member_id   BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    key_hash    BINARY(32)  NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    asked_at    DATETIME(6) NULL,
    UNIQUE KEY calendar_keys_hash (key_hash)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE calendar_keys;
ALTER TABLE event_series DROP COLUMN begins_at;
ALTER TABLE events DROP COLUMN rhythmic;
ALTER TABLE events DROP COLUMN sequence;
