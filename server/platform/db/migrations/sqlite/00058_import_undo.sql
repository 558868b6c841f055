-- +goose Up
-- Taking back a calendar that was brought in: what its entries were before, for a day.
CREATE TABLE imported_before (
    id          BLOB     NOT NULL PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    import_id   BLOB     NOT NULL,
    imported_id BLOB     NOT NULL,
    line        INTEGER  NOT NULL,
    title       TEXT     NOT NULL,
    was         TEXT     NOT NULL,
    created_at  DATETIME NOT NULL
);
CREATE UNIQUE INDEX imported_before_line ON imported_before (import_id, line);

ALTER TABLE calendar_imports ADD COLUMN undone_at DATETIME;
ALTER TABLE calendar_imports ADD COLUMN undone TEXT;

-- +goose Down
ALTER TABLE calendar_imports DROP COLUMN undone;
ALTER TABLE calendar_imports DROP COLUMN undone_at;
DROP TABLE imported_before;
