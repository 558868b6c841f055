-- +goose Up
-- Points paid for places when they are taken; drafts and templates of events.
ALTER TABLE sign_ups ADD COLUMN paid INTEGER NOT NULL DEFAULT 0 CHECK (paid >= 0);

CREATE TABLE event_papers (
    id          BLOB     NOT NULL PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    kind        TEXT     NOT NULL,
    title       TEXT     NOT NULL,
    story       TEXT     NOT NULL,
    place       TEXT     NOT NULL,
    capacity    INTEGER  NOT NULL,
    starts_at   DATETIME,
    ends_at     DATETIME,
    terms       TEXT     NOT NULL,
    created_by  BLOB,
    created_at  DATETIME NOT NULL,
    updated_at  DATETIME NOT NULL
);
CREATE INDEX event_papers_store ON event_papers (store_id, updated_at);

-- +goose Down
DROP TABLE event_papers;
ALTER TABLE sign_ups DROP COLUMN paid;
