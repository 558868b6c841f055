-- +goose Up
CREATE TABLE talk_series (
    id          BINARY(16) PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    store_id    BINARY(16),
    account_id  BINARY(16) NOT NULL,
    member_id   BINARY(16),
    title       VARCHAR(120) NOT NULL,
    about       TEXT NOT NULL,
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    parts       BIGINT NOT NULL DEFAULT 0,
    created_at  DATETIME(6) NOT NULL,
    part_at     DATETIME(6)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX talk_series_alliance ON talk_series (alliance_id, id);
CREATE INDEX talk_series_member ON talk_series (member_id);

CREATE TABLE talk_parts (
    series_id   BINARY(16) NOT NULL,
    number      BIGINT NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    post_id     BINARY(16) NOT NULL UNIQUE,
    title       VARCHAR(120) NOT NULL,
    at          DATETIME(6) NOT NULL,
    told_at     DATETIME(6),
    PRIMARY KEY (series_id, number)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX talk_parts_told ON talk_parts (told_at, at);

CREATE TABLE series_readers (
    series_id   BINARY(16) NOT NULL,
    member_id   BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    follows     BIGINT NOT NULL DEFAULT 0,
    read_to     BIGINT NOT NULL DEFAULT 0,
    at          DATETIME(6) NOT NULL,
    PRIMARY KEY (series_id, member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX series_readers_member ON series_readers (member_id);

CREATE TABLE talk_stories (
    id          BINARY(16) PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    post_id     BINARY(16),
    store_id    BINARY(16),
    account_id  BINARY(16) NOT NULL,
    member_id   BINARY(16),
    title       VARCHAR(120) NOT NULL,
    text        TEXT NOT NULL,
    created_at  DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX talk_stories_post ON talk_stories (post_id);
CREATE INDEX talk_stories_member ON talk_stories (member_id);

-- What a store's persona is going to say. The post has the item's id.
CREATE TABLE plan_items (
    id           BINARY(16) PRIMARY KEY,
    alliance_id  BINARY(16) NOT NULL,
    store_id     BINARY(16) NOT NULL,
    pillar       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    text         TEXT NOT NULL,
    state        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    due_at       DATETIME(6),
    drafted_by   BINARY(16) NOT NULL,
    edited_by    BINARY(16),
    released_by  BINARY(16),
    published_at DATETIME(6),
    why          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    version      BIGINT NOT NULL DEFAULT 1,
    created_at   DATETIME(6) NOT NULL,
    updated_at   DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX plan_items_store ON plan_items (store_id, state, id);
CREATE INDEX plan_items_due ON plan_items (state, due_at);

-- +goose Down
DROP TABLE talk_stories;
DROP TABLE plan_items;
DROP TABLE series_readers;
DROP TABLE talk_parts;
DROP TABLE talk_series;
