-- +goose Up
CREATE TABLE conversations (
    id          BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    member_id   BLOB NOT NULL,
    store_id    BLOB NOT NULL,
    keeper_id   BLOB NULL,
    last        INTEGER NOT NULL DEFAULT 0,
    last_at     DATETIME NOT NULL,
    member_read INTEGER NOT NULL DEFAULT 0,
    store_read  INTEGER NOT NULL DEFAULT 0,
    away_until  DATETIME NULL,
    waits_from  DATETIME NULL,
    blocked_at  DATETIME NULL,
    created_at  DATETIME NOT NULL,
    UNIQUE (member_id, store_id),
    CHECK (member_read >= 0 AND member_read <= last),
    CHECK (store_read >= 0 AND store_read <= last)
);
CREATE INDEX conversations_store ON conversations (store_id, last_at, id);
CREATE INDEX conversations_waiting ON conversations (waits_from);

CREATE TABLE chat_messages (
    id              BLOB NOT NULL PRIMARY KEY,
    alliance_id     BLOB NOT NULL,
    conversation_id BLOB NOT NULL,
    seq             INTEGER NOT NULL,
    side            TEXT NOT NULL,
    account_id      BLOB NULL,
    kind            TEXT NOT NULL,
    text            TEXT NOT NULL,
    campaign_id     BLOB NULL,
    back_at         DATETIME NULL,
    created_at      DATETIME NOT NULL,
    UNIQUE (conversation_id, seq)
);

CREATE TABLE chat_photos (
    id          BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    member_id   BLOB NOT NULL,
    store_id    BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    message_id  BLOB NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    created_at  DATETIME NOT NULL
);
CREATE INDEX chat_photos_message ON chat_photos (message_id, created_at);
CREATE INDEX chat_photos_between ON chat_photos (member_id, store_id);

CREATE TABLE chat_settings (
    store_id    BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    quiet_from  TEXT NOT NULL DEFAULT '',
    quiet_until TEXT NOT NULL DEFAULT '',
    away_text   TEXT NOT NULL DEFAULT '',
    canned      TEXT NOT NULL,
    version     INTEGER NOT NULL,
    updated_at  DATETIME NOT NULL
);

CREATE TABLE helper_answers (
    id          BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    store_id    BLOB NULL,
    words       TEXT NOT NULL,
    text        TEXT NOT NULL,
    created_at  DATETIME NOT NULL,
    updated_at  DATETIME NOT NULL
);
CREATE INDEX helper_answers_street ON helper_answers (alliance_id, store_id);

CREATE TABLE helper_questions (
    id          BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    store_id    BLOB NULL,
    member_id   BLOB NOT NULL,
    text        TEXT NOT NULL,
    state       TEXT NOT NULL,
    answer      TEXT NOT NULL DEFAULT '',
    answered_by BLOB NULL,
    answered_at DATETIME NULL,
    created_at  DATETIME NOT NULL
);
CREATE INDEX helper_questions_store ON helper_questions (alliance_id, store_id, state, created_at);
CREATE INDEX helper_questions_member ON helper_questions (member_id, created_at);

-- +goose Down
DROP TABLE helper_questions;
DROP TABLE helper_answers;
DROP TABLE chat_settings;
DROP TABLE chat_photos;
DROP TABLE chat_messages;
DROP TABLE conversations;
