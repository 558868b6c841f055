-- +goose Up
-- Taking back a calendar that was brought in: what its entries were before, for a day.
CREATE TABLE imported_before (
    id          BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)   NOT NULL,
    import_id   BINARY(16)   NOT NULL,
    imported_id BINARY(16)   NOT NULL,
    line        INT          NOT NULL,
    title       VARCHAR(200) NOT NULL,
    was         MEDIUMTEXT   NOT NULL,
    created_at  DATETIME(6)  NOT NULL,
    UNIQUE KEY imported_before_line (import_id, line)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

ALTER TABLE calendar_imports
    ADD COLUMN undone_at DATETIME(6) NULL,
    ADD COLUMN undone MEDIUMTEXT NULL;

-- +goose Down
ALTER TABLE calendar_imports DROP COLUMN undone, DROP COLUMN undone_at;
DROP TABLE imported_before;
