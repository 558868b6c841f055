-- +goose Up
CREATE TABLE screens (
    id          BINARY(16) PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    store_id    BINARY(16) NOT NULL,
    name        VARCHAR(120) NOT NULL,
    mark        BINARY(32) NOT NULL UNIQUE,
    link_id     BINARY(16) NOT NULL,
    picked_only BIGINT NOT NULL DEFAULT 0,
    made_by     BINARY(16) NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    seen_at     DATETIME(6),
    revoked_at  DATETIME(6)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX screens_store ON screens (store_id, id);

-- The posts that a store wants on its screens.
CREATE TABLE screen_picks (
    store_id    BINARY(16) NOT NULL,
    post_id     BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    picked_by   BINARY(16) NOT NULL,
    at          DATETIME(6) NOT NULL,
    PRIMARY KEY (store_id, post_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX screen_picks_post ON screen_picks (post_id);

-- +goose Down
DROP TABLE screen_picks;
DROP TABLE screens;
