-- +goose Up
-- What is said, by the beginnings that a search looks for; see server/feed/words. Only posts that can be read stand here.
CREATE TABLE post_terms (
    alliance_id BINARY(16) NOT NULL,
    term        VARCHAR(24) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    post_id     BINARY(16) NOT NULL,
    PRIMARY KEY (alliance_id, term, post_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- 0: said before there was a search; a job catches up.
ALTER TABLE posts ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX posts_indexed ON posts (indexed, id);
CREATE INDEX posts_store ON posts (store_id);

-- Up to where an account has read a feed; seq only ever rises.
CREATE TABLE feed_reads (
    account_id  BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    feed        VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq         BIGINT NOT NULL,
    at          DATETIME(6) NOT NULL,
    PRIMARY KEY (account_id, alliance_id, feed),
    CHECK (seq >= 0)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Notices at the top: of a feed (place is its name) three, of a store's page (store:<id>) one, held by the slots.
CREATE TABLE pins (
    alliance_id BINARY(16) NOT NULL,
    place       VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    post_id     BINARY(16) NOT NULL,
    slot        BIGINT NOT NULL,
    pinned_by   BINARY(16) NOT NULL,
    seq         BIGINT NOT NULL DEFAULT 0,
    ends_at     DATETIME(6) NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (alliance_id, place, post_id),
    UNIQUE (alliance_id, place, slot),
    CHECK (slot BETWEEN 1 AND 3)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX pins_post ON pins (post_id);

-- +goose Down
DROP TABLE pins;
DROP TABLE feed_reads;
DROP INDEX posts_store ON posts;
DROP INDEX posts_indexed ON posts;
ALTER TABLE posts DROP COLUMN indexed;
DROP TABLE post_terms;
