-- +goose Up
CREATE TABLE conversations (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    member_id   BINARY(16) NOT NULL,
    store_id    BINARY(16) NOT NULL,
    keeper_id   BINARY(16) NULL,
    last        BIGINT NOT NULL DEFAULT 0,
    last_at     DATETIME(6) NOT NULL,
    member_read BIGINT NOT NULL DEFAULT 0,
    store_read  BIGINT NOT NULL DEFAULT 0,
    away_until  DATETIME(6) NULL,
    waits_from  DATETIME(6) NULL,
    blocked_at  DATETIME(6) NULL,
    created_at  DATETIME(6) NOT NULL,
    UNIQUE (member_id, store_id),
    CHECK (member_read >= 0 AND member_read <= last),
    CHECK (store_read >= 0 AND store_read <= last)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX conversations_store ON conversations (store_id, last_at, id);
CREATE INDEX conversations_waiting ON conversations (waits_from);

CREATE TABLE chat_messages (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id     BINARY(16) NOT NULL,
    conversation_id BINARY(16) NOT NULL,
    seq             BIGINT NOT NULL,
    side            VARCHAR(16) NOT NULL,
    account_id      BINARY(16) NULL,
    kind            VARCHAR(16) NOT NULL,
    text            TEXT NOT NULL,
    campaign_id     BINARY(16) NULL,
    back_at         DATETIME(6) NULL,
    created_at      DATETIME(6) NOT NULL,
    UNIQUE (conversation_id, seq)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE chat_photos (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    member_id   BINARY(16) NOT NULL,
    store_id    BINARY(16) NOT NULL,
    account_id  BINARY(16) NOT NULL,
    message_id  BINARY(16) NULL,
    width       BIGINT NOT NULL,
    height      BIGINT NOT NULL,
    created_at  DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX chat_photos_message ON chat_photos (message_id, created_at);
CREATE INDEX chat_photos_between ON chat_photos (member_id, store_id);

CREATE TABLE chat_settings (
    store_id    BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    quiet_from  VARCHAR(5) NOT NULL DEFAULT '',
    quiet_until VARCHAR(5) NOT NULL DEFAULT '',
    away_text   VARCHAR(800) NOT NULL DEFAULT '',
    canned      TEXT NOT NULL,
    version     BIGINT NOT NULL,
    updated_at  DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE helper_answers (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    store_id    BINARY(16) NULL,
    words       TEXT NOT NULL,
    text        TEXT NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    updated_at  DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX helper_answers_street ON helper_answers (alliance_id, store_id);

CREATE TABLE helper_questions (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    store_id    BINARY(16) NULL,
    member_id   BINARY(16) NOT NULL,
    text        TEXT NOT NULL,
    state       VARCHAR(16) NOT NULL,
    answer      VARCHAR(2000) NOT NULL DEFAULT '',
    answered_by BINARY(16) NULL,
    answered_at DATETIME(6) NULL,
    created_at  DATETIME(6) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX helper_questions_store ON helper_questions (alliance_id, store_id, state, created_at);
CREATE INDEX helper_questions_member ON helper_questions (member_id, created_at);

-- +goose Down
DROP TABLE helper_questions;
DROP TABLE helper_answers;
DROP TABLE chat_settings;
DROP TABLE chat_photos;
DROP TABLE chat_messages;
DROP TABLE conversations;
