-- +goose Up
CREATE TABLE posts (
    id          BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    feed        TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    account_id  BLOB NULL,
    member_id   BLOB NULL,
    store_id    BLOB NULL,
    text        TEXT NOT NULL,
    card_kind   TEXT NOT NULL DEFAULT '',
    card_id     BLOB NULL,
    likes       INTEGER NOT NULL DEFAULT 0,
    comments    INTEGER NOT NULL DEFAULT 0,
    created_at  DATETIME NOT NULL,
    deleted_at  DATETIME NULL,
    UNIQUE (alliance_id, feed, seq)
);
CREATE INDEX posts_member ON posts (member_id);
CREATE INDEX posts_card ON posts (alliance_id, card_kind, card_id);

CREATE TABLE post_comments (
    id          BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    post_id     BLOB NOT NULL,
    seq         INTEGER NOT NULL,
    account_id  BLOB NOT NULL,
    member_id   BLOB NULL,
    store_id    BLOB NULL,
    text        TEXT NOT NULL,
    created_at  DATETIME NOT NULL,
    deleted_at  DATETIME NULL
);
CREATE INDEX post_comments_post ON post_comments (post_id, created_at, id);
CREATE INDEX post_comments_member ON post_comments (member_id);

CREATE TABLE post_likes (
    post_id     BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    created_at  DATETIME NOT NULL,
    PRIMARY KEY (post_id, account_id)
);
CREATE INDEX post_likes_account ON post_likes (account_id);

CREATE TABLE photos (
    id          BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    post_id     BLOB NULL,
    position    INTEGER NOT NULL DEFAULT 0,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    created_at  DATETIME NOT NULL
);
CREATE INDEX photos_post ON photos (post_id, position);
CREATE INDEX photos_unused ON photos (account_id, post_id);

-- +goose Down
DROP TABLE photos;
DROP TABLE post_likes;
DROP TABLE post_comments;
DROP TABLE posts;
