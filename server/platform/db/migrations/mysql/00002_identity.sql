-- +goose Up
CREATE TABLE accounts (
    id         BINARY(16)   NOT NULL PRIMARY KEY,
    phone      VARCHAR(20)  NULL,
    phone_hash BINARY(32)   NOT NULL,
    name       VARCHAR(80)  NOT NULL DEFAULT '',
    face       VARCHAR(200) NOT NULL DEFAULT '',
    locale     VARCHAR(16)  NOT NULL DEFAULT 'zh-CN',
    created_at DATETIME(6)  NOT NULL,
    UNIQUE KEY accounts_phone (phone_hash)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE login_codes (
    id         BINARY(16)  NOT NULL PRIMARY KEY,
    phone_hash BINARY(32)  NOT NULL,
    address    VARCHAR(64) NOT NULL,
    code_hash  BINARY(32)  NOT NULL,
    tries      INT         NOT NULL DEFAULT 0,
    sent_at    DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    used_at    DATETIME(6) NULL,
    KEY login_codes_phone (phone_hash, sent_at),
    KEY login_codes_address (address, sent_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE sessions (
    id           BINARY(16)  NOT NULL PRIMARY KEY,
    account_id   BINARY(16)  NOT NULL,
    alliance_id  BINARY(16)  NOT NULL,
    refresh_hash BINARY(32)  NOT NULL,
    generation   BIGINT      NOT NULL DEFAULT 0,
    created_at   DATETIME(6) NOT NULL,
    expires_at   DATETIME(6) NOT NULL,
    ended_at     DATETIME(6) NULL,
    KEY sessions_account (account_id, alliance_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE grants (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    account_id  BINARY(16)  NOT NULL,
    scope       VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    role        VARCHAR(16) NOT NULL,
    store_id    BINARY(16)  NULL,
    member_id   BINARY(16)  NULL,
    created_at  DATETIME(6) NOT NULL,
    UNIQUE KEY grants_scope (alliance_id, account_id, scope),
    KEY grants_store (store_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE grants;
DROP TABLE sessions;
DROP TABLE login_codes;
DROP TABLE accounts;
