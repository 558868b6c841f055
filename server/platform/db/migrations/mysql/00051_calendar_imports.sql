-- +goose Up
-- Calendars that stores bring along: what was read, and what of it came.
CREATE TABLE calendar_imports (
    id              BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id     BINARY(16)   NOT NULL,
    store_id        BINARY(16)   NOT NULL,
    account_id      BINARY(16)   NOT NULL,
    file_name       VARCHAR(400) NOT NULL,
    source          VARCHAR(8)   NOT NULL,
    encoding        VARCHAR(16)  NOT NULL,
    found_columns   MEDIUMTEXT   NOT NULL,
    notes           MEDIUMTEXT   NOT NULL,
    count_rows      INT          NOT NULL,
    count_new       INT          NOT NULL,
    count_changed   INT          NOT NULL,
    count_unchanged INT          NOT NULL,
    count_past      INT          NOT NULL,
    count_cancelled INT          NOT NULL,
    count_repeated  INT          NOT NULL,
    count_faulty    INT          NOT NULL,
    result          MEDIUMTEXT   NOT NULL,
    created_at      DATETIME(6)  NOT NULL,
    done_at         DATETIME(6)  NULL,
    KEY calendar_imports_store (store_id, created_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE calendar_import_rows (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    import_id   BINARY(16)  NOT NULL,
    line        INT         NOT NULL,
    state       VARCHAR(16) NOT NULL,
    entry       MEDIUMTEXT  NOT NULL,
    UNIQUE KEY calendar_import_rows_line (import_id, line)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE imported_events (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    store_id    BINARY(16)  NOT NULL,
    uid_hash    BINARY(32)  NOT NULL,
    event_id    BINARY(16)  NULL,
    paper_id    BINARY(16)  NULL,
    import_id   BINARY(16)  NOT NULL,
    sequence    INT         NOT NULL,
    modified_at DATETIME(6) NULL,
    said        MEDIUMTEXT  NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    updated_at  DATETIME(6) NOT NULL,
    UNIQUE KEY imported_events_uid (store_id, uid_hash)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- A draft may be of an event that comes again: its rule, as the form holds it.
ALTER TABLE event_papers ADD COLUMN pattern VARCHAR(4000) NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE event_papers DROP COLUMN pattern;
DROP TABLE imported_events;
DROP TABLE calendar_import_rows;
DROP TABLE calendar_imports;
