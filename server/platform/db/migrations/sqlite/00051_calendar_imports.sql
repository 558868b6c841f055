-- +goose Up
-- Calendars that stores bring along: what was read, and what of it came.
CREATE TABLE calendar_imports (
    id              BLOB     NOT NULL PRIMARY KEY,
    alliance_id     BLOB     NOT NULL,
    store_id        BLOB     NOT NULL,
    account_id      BLOB     NOT NULL,
    file_name       TEXT     NOT NULL,
    source          TEXT     NOT NULL,
    encoding        TEXT     NOT NULL,
    found_columns   TEXT     NOT NULL,
    notes           TEXT     NOT NULL,
    count_rows      INTEGER  NOT NULL,
    count_new       INTEGER  NOT NULL,
    count_changed   INTEGER  NOT NULL,
    count_unchanged INTEGER  NOT NULL,
    count_past      INTEGER  NOT NULL,
    count_cancelled INTEGER  NOT NULL,
    count_repeated  INTEGER  NOT NULL,
    count_faulty    INTEGER  NOT NULL,
    result          TEXT     NOT NULL,
    created_at      DATETIME NOT NULL,
    done_at         DATETIME
);
CREATE INDEX calendar_imports_store ON calendar_imports (store_id, created_at);

CREATE TABLE calendar_import_rows (
    id          BLOB    NOT NULL PRIMARY KEY,
    alliance_id BLOB    NOT NULL,
    import_id   BLOB    NOT NULL,
    line        INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    entry       TEXT    NOT NULL
);
CREATE UNIQUE INDEX calendar_import_rows_line ON calendar_import_rows (import_id, line);

CREATE TABLE imported_events (
    id          BLOB     NOT NULL PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    uid_hash    BLOB     NOT NULL,
    event_id    BLOB,
    paper_id    BLOB,
    import_id   BLOB     NOT NULL,
    sequence    INTEGER  NOT NULL,
    modified_at DATETIME,
    said        TEXT     NOT NULL,
    created_at  DATETIME NOT NULL,
    updated_at  DATETIME NOT NULL
);
CREATE UNIQUE INDEX imported_events_uid ON imported_events (store_id, uid_hash);

-- A draft may be of an event that comes again: its rule, as the form holds it.
ALTER TABLE event_papers ADD COLUMN pattern TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE event_papers DROP COLUMN pattern;
DROP TABLE imported_events;
DROP TABLE calendar_import_rows;
DROP TABLE calendar_imports;
