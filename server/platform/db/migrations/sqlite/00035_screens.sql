-- +goose Up
CREATE TABLE screens (
    id          BLOB PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    store_id    BLOB NOT NULL,
    name        TEXT NOT NULL,
    mark        BLOB NOT NULL UNIQUE,
    link_id     BLOB NOT NULL,
    picked_only INTEGER NOT NULL DEFAULT 0,
    made_by     BLOB NOT NULL,
    created_at  DATETIME NOT NULL,
    seen_at     DATETIME,
    revoked_at  DATETIME
);
CREATE INDEX screens_store ON screens (store_id, id);

-- The posts that a store wants on its screens.
CREATE TABLE screen_picks (
    store_id    BLOB NOT NULL,
    post_id     BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    picked_by   BLOB NOT NULL,
    at          DATETIME NOT NULL,
    PRIMARY KEY (store_id, post_id)
);
CREATE INDEX screen_picks_post ON screen_picks (post_id);

-- +goose Down
DROP TABLE screen_picks;
DROP TABLE screens;
