-- +goose Up
CREATE TABLE talk_series (
    id          BLOB PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    store_id    BLOB,
    account_id  BLOB NOT NULL,
    member_id   BLOB,
    title       TEXT NOT NULL,
    about       TEXT NOT NULL,
    state       TEXT NOT NULL,
    parts       INTEGER NOT NULL DEFAULT 0,
    created_at  DATETIME NOT NULL,
    part_at     DATETIME
);
CREATE INDEX talk_series_alliance ON talk_series (alliance_id, id);
CREATE INDEX talk_series_member ON talk_series (member_id);

CREATE TABLE talk_parts (
    series_id   BLOB NOT NULL,
    number      INTEGER NOT NULL,
    alliance_id BLOB NOT NULL,
    post_id     BLOB NOT NULL UNIQUE,
    title       TEXT NOT NULL,
    at          DATETIME NOT NULL,
    told_at     DATETIME,
    PRIMARY KEY (series_id, number)
);
CREATE INDEX talk_parts_told ON talk_parts (told_at, at);

CREATE TABLE series_readers (
    series_id   BLOB NOT NULL,
    member_id   BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    follows     INTEGER NOT NULL DEFAULT 0,
    read_to     INTEGER NOT NULL DEFAULT 0,
    at          DATETIME NOT NULL,
    PRIMARY KEY (series_id, member_id)
);
CREATE INDEX series_readers_member ON series_readers (member_id);

CREATE TABLE talk_stories (
    id          BLOB PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    post_id     BLOB,
    store_id    BLOB,
    account_id  BLOB NOT NULL,
    member_id   BLOB,
    title       TEXT NOT NULL,
    text        TEXT NOT NULL,
    created_at  DATETIME NOT NULL
);
CREATE INDEX talk_stories_post ON talk_stories (post_id);
CREATE INDEX talk_stories_member ON talk_stories (member_id);

-- What a store's persona is going to say. The post has the item's id.
CREATE TABLE plan_items (
    id           BLOB PRIMARY KEY,
    alliance_id  BLOB NOT NULL,
    store_id     BLOB NOT NULL,
    pillar       TEXT NOT NULL,
    text         TEXT NOT NULL,
    state        TEXT NOT NULL,
    due_at       DATETIME,
    drafted_by   BLOB NOT NULL,
    edited_by    BLOB,
    released_by  BLOB,
    published_at DATETIME,
    why          TEXT NOT NULL DEFAULT '',
    version      INTEGER NOT NULL DEFAULT 1,
    created_at   DATETIME NOT NULL,
    updated_at   DATETIME NOT NULL
);
CREATE INDEX plan_items_store ON plan_items (store_id, state, id);
CREATE INDEX plan_items_due ON plan_items (state, due_at);

-- +goose Down
DROP TABLE talk_stories;
DROP TABLE plan_items;
DROP TABLE series_readers;
DROP TABLE talk_parts;
DROP TABLE talk_series;
