-- +goose Up
CREATE TABLE event_series (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    event_id    BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    rule        TEXT     NOT NULL,
    minutes     INTEGER  NOT NULL,
    capacity    INTEGER  NOT NULL,
    made_until  DATETIME NOT NULL,
    created_at  DATETIME NOT NULL,
    updated_at  DATETIME NOT NULL,
    CHECK (minutes > 0)
);
CREATE INDEX event_series_event ON event_series (event_id);
CREATE INDEX event_series_made ON event_series (made_until);
ALTER TABLE occurrences ADD COLUMN slot DATETIME;
CREATE UNIQUE INDEX occurrences_slot ON occurrences (event_id, slot);

-- +goose Down
DROP INDEX occurrences_slot;
ALTER TABLE occurrences DROP COLUMN slot;
DROP TABLE event_series;
