-- +goose Up
CREATE TABLE event_series (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    event_id    BINARY(16)  NOT NULL,
    store_id    BINARY(16)  NOT NULL,
    rule        TEXT        NOT NULL,
    minutes     INT         NOT NULL,
    capacity    INT         NOT NULL,
    made_until  DATETIME(6) NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    updated_at  DATETIME(6) NOT NULL,
    CHECK (minutes > 0),
    KEY event_series_event (event_id),
    KEY event_series_made (made_until)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
ALTER TABLE occurrences ADD COLUMN slot DATETIME(6) NULL;
CREATE UNIQUE INDEX occurrences_slot ON occurrences (event_id, slot);

-- +goose Down
DROP INDEX occurrences_slot ON occurrences;
ALTER TABLE occurrences DROP COLUMN slot;
DROP TABLE event_series;
