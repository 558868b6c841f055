-- +goose Up
ALTER TABLE posts ADD COLUMN edited_at DATETIME;
ALTER TABLE posts ADD COLUMN edit_seq INTEGER NOT NULL DEFAULT 0;

ALTER TABLE post_comments ADD COLUMN parent_id BLOB;
ALTER TABLE post_comments ADD COLUMN reply_to_id BLOB;
ALTER TABLE post_comments ADD COLUMN edited_at DATETIME;
ALTER TABLE post_comments ADD COLUMN edit_seq INTEGER NOT NULL DEFAULT 0;
CREATE INDEX post_comments_parent ON post_comments (parent_id);

CREATE TABLE post_reactions (
    post_id     BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    kind        TEXT NOT NULL,
    alliance_id BLOB NOT NULL,
    created_at  DATETIME NOT NULL,
    PRIMARY KEY (post_id, account_id, kind)
);
CREATE INDEX post_reactions_account ON post_reactions (account_id);

-- What was said before: about_id is the post's or the comment's.
CREATE TABLE talk_edits (
    id          BLOB PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    post_id     BLOB NOT NULL,
    about_id    BLOB NOT NULL,
    text        TEXT NOT NULL,
    at          DATETIME NOT NULL
);
CREATE INDEX talk_edits_about ON talk_edits (about_id, at);

CREATE TABLE talk_mentions (
    about_id    BLOB NOT NULL,
    who_id      BLOB NOT NULL,
    kind        TEXT NOT NULL,
    alliance_id BLOB NOT NULL,
    post_id     BLOB NOT NULL,
    name        TEXT NOT NULL,
    PRIMARY KEY (about_id, who_id)
);
CREATE INDEX talk_mentions_who ON talk_mentions (who_id);

CREATE TABLE circles (
    id          BLOB PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    store_id    BLOB,
    name        TEXT NOT NULL,
    about       TEXT NOT NULL,
    access      TEXT NOT NULL,
    level       INTEGER NOT NULL DEFAULT 0,
    created_by  BLOB NOT NULL,
    created_at  DATETIME NOT NULL
);
CREATE INDEX circles_alliance ON circles (alliance_id, id);

CREATE TABLE circle_members (
    circle_id   BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    member_id   BLOB,
    state       TEXT NOT NULL,
    moderator   INTEGER NOT NULL DEFAULT 0,
    at          DATETIME NOT NULL,
    PRIMARY KEY (circle_id, account_id)
);
CREATE INDEX circle_members_account ON circle_members (account_id, alliance_id);
CREATE INDEX circle_members_member ON circle_members (member_id);

-- +goose Down
DROP TABLE circle_members;
DROP TABLE circles;
DROP TABLE talk_mentions;
DROP TABLE talk_edits;
DROP TABLE post_reactions;
DROP INDEX post_comments_parent;
ALTER TABLE post_comments DROP COLUMN edit_seq;
ALTER TABLE post_comments DROP COLUMN edited_at;
ALTER TABLE post_comments DROP COLUMN reply_to_id;
ALTER TABLE post_comments DROP COLUMN parent_id;
ALTER TABLE posts DROP COLUMN edit_seq;
ALTER TABLE posts DROP COLUMN edited_at;
