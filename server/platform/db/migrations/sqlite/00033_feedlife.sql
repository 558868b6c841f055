-- +goose Up
-- What is said, by the beginnings that a search looks for; see server/feed/words. Only posts that can be read stand here.
CREATE TABLE post_terms (
    alliance_id BLOB NOT NULL,
    term        TEXT NOT NULL,
    post_id     BLOB NOT NULL,
    PRIMARY KEY (alliance_id, term, post_id)
) WITHOUT ROWID;

-- 0: said before there was a search; a job catches up.
ALTER TABLE posts ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX posts_indexed ON posts (indexed, id);
CREATE INDEX posts_store ON posts (store_id);

-- Up to where an account has read a feed; seq only ever rises.
CREATE TABLE feed_reads (
    account_id  BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    feed        TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    at          DATETIME NOT NULL,
    PRIMARY KEY (account_id, alliance_id, feed),
    CHECK (seq >= 0)
);

-- Notices at the top: of a feed (place is its name) three, of a store's page (store:<id>) one, held by the slots.
CREATE TABLE pins (
    alliance_id BLOB NOT NULL,
    place       TEXT NOT NULL,
    post_id     BLOB NOT NULL,
    slot        INTEGER NOT NULL,
    pinned_by   BLOB NOT NULL,
    seq         INTEGER NOT NULL DEFAULT 0,
    ends_at     DATETIME NOT NULL,
    created_at  DATETIME NOT NULL,
    PRIMARY KEY (alliance_id, place, post_id),
    UNIQUE (alliance_id, place, slot),
    CHECK (slot BETWEEN 1 AND 3)
);
CREATE INDEX pins_post ON pins (post_id);

-- +goose Down
DROP TABLE pins;
DROP TABLE feed_reads;
DROP INDEX posts_store;
DROP INDEX posts_indexed;
ALTER TABLE posts DROP COLUMN indexed;
DROP TABLE post_terms;
