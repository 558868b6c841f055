-- +goose Up
ALTER TABLE posts ADD COLUMN edited_at DATETIME(6);
ALTER TABLE posts ADD COLUMN edit_seq BIGINT NOT NULL DEFAULT 0;

ALTER TABLE post_comments ADD COLUMN parent_id BINARY(16);
ALTER TABLE post_comments ADD COLUMN reply_to_id BINARY(16);
ALTER TABLE post_comments ADD COLUMN edited_at DATETIME(6);
ALTER TABLE post_comments ADD COLUMN edit_seq BIGINT NOT NULL DEFAULT 0;
CREATE INDEX post_comments_parent ON post_comments (parent_id);

CREATE TABLE post_reactions (
    post_id     BINARY(16) NOT NULL,
    account_id  BINARY(16) NOT NULL,
    kind        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (post_id, account_id, kind)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX post_reactions_account ON post_reactions (account_id);

-- What was said before: about_id is the post's or the comment's.
CREATE TABLE talk_edits (
    id          BINARY(16) PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    post_id     BINARY(16) NOT NULL,
    about_id    BINARY(16) NOT NULL,
    text        TEXT NOT NULL,
    at          DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX talk_edits_about ON talk_edits (about_id, at);

CREATE TABLE talk_mentions (
    about_id    BINARY(16) NOT NULL,
    who_id      BINARY(16) NOT NULL,
    kind        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    post_id     BINARY(16) NOT NULL,
    name        VARCHAR(120) NOT NULL,
    PRIMARY KEY (about_id, who_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX talk_mentions_who ON talk_mentions (who_id);

CREATE TABLE circles (
    id          BINARY(16) PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    store_id    BINARY(16),
    name        VARCHAR(120) NOT NULL,
    about       TEXT NOT NULL,
    access      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    level       BIGINT NOT NULL DEFAULT 0,
    created_by  BINARY(16) NOT NULL,
    created_at  DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX circles_alliance ON circles (alliance_id, id);

CREATE TABLE circle_members (
    circle_id   BINARY(16) NOT NULL,
    account_id  BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    member_id   BINARY(16),
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    moderator   BIGINT NOT NULL DEFAULT 0,
    at          DATETIME(6) NOT NULL,
    PRIMARY KEY (circle_id, account_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX circle_members_account ON circle_members (account_id, alliance_id);
CREATE INDEX circle_members_member ON circle_members (member_id);

-- +goose Down
DROP TABLE circle_members;
DROP TABLE circles;
DROP TABLE talk_mentions;
DROP TABLE talk_edits;
DROP TABLE post_reactions;
DROP INDEX post_comments_parent ON post_comments;
ALTER TABLE post_comments DROP COLUMN edit_seq;
ALTER TABLE post_comments DROP COLUMN edited_at;
ALTER TABLE post_comments DROP COLUMN reply_to_id;
ALTER TABLE post_comments DROP COLUMN parent_id;
ALTER TABLE posts DROP COLUMN edit_seq;
ALTER TABLE posts DROP COLUMN edited_at;
