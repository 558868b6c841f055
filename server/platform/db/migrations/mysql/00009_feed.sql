-- +goose Up
CREATE TABLE posts (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    feed        VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq         BIGINT NOT NULL,
    account_id  BINARY(16) NULL,
    member_id   BINARY(16) NULL,
    store_id    BINARY(16) NULL,
    text        TEXT NOT NULL,
    card_kind   VARCHAR(16) NOT NULL DEFAULT '',
    card_id     BINARY(16) NULL,
    likes       BIGINT NOT NULL DEFAULT 0,
    comments    BIGINT NOT NULL DEFAULT 0,
    created_at  DATETIME(6) NOT NULL,
    deleted_at  DATETIME(6) NULL,
    UNIQUE (alliance_id, feed, seq)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX posts_member ON posts (member_id);
CREATE INDEX posts_card ON posts (alliance_id, card_kind, card_id);

CREATE TABLE post_comments (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    post_id     BINARY(16) NOT NULL,
    seq         BIGINT NOT NULL,
    account_id  BINARY(16) NOT NULL,
    member_id   BINARY(16) NULL,
    store_id    BINARY(16) NULL,
    text        TEXT NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    deleted_at  DATETIME(6) NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX post_comments_post ON post_comments (post_id, created_at, id);
CREATE INDEX post_comments_member ON post_comments (member_id);

CREATE TABLE post_likes (
    post_id     BINARY(16) NOT NULL,
    account_id  BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (post_id, account_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX post_likes_account ON post_likes (account_id);

CREATE TABLE photos (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    account_id  BINARY(16) NOT NULL,
    post_id     BINARY(16) NULL,
    position    BIGINT NOT NULL DEFAULT 0,
    width       BIGINT NOT NULL,
    height      BIGINT NOT NULL,
    created_at  DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX photos_post ON photos (post_id, position);
CREATE INDEX photos_unused ON photos (account_id, post_id);

-- +goose Down
DROP TABLE photos;
DROP TABLE post_likes;
DROP TABLE post_comments;
DROP TABLE posts;
