-- +goose Up
CREATE TABLE accounts (
    id         BLOB     PRIMARY KEY,
    phone      TEXT,
    phone_hash BLOB     NOT NULL,
    name       TEXT     NOT NULL DEFAULT '',
    face       TEXT     NOT NULL DEFAULT '',
    locale     TEXT     NOT NULL DEFAULT 'zh-CN',
    created_at DATETIME NOT NULL,
    UNIQUE (phone_hash)
);

CREATE TABLE login_codes (
    id         BLOB     PRIMARY KEY,
    phone_hash BLOB     NOT NULL,
    address    TEXT     NOT NULL,
    code_hash  BLOB     NOT NULL,
    tries      INTEGER  NOT NULL DEFAULT 0,
    sent_at    DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    used_at    DATETIME
);
CREATE INDEX login_codes_phone ON login_codes (phone_hash, sent_at);
CREATE INDEX login_codes_address ON login_codes (address, sent_at);

CREATE TABLE sessions (
    id           BLOB     PRIMARY KEY,
    account_id   BLOB     NOT NULL,
    alliance_id  BLOB     NOT NULL,
    refresh_hash BLOB     NOT NULL,
    generation   INTEGER  NOT NULL DEFAULT 0,
    created_at   DATETIME NOT NULL,
    expires_at   DATETIME NOT NULL,
    ended_at     DATETIME
);
CREATE INDEX sessions_account ON sessions (account_id, alliance_id);

CREATE TABLE grants (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    account_id  BLOB     NOT NULL,
    scope       TEXT     NOT NULL,
    role        TEXT     NOT NULL,
    store_id    BLOB,
    member_id   BLOB,
    created_at  DATETIME NOT NULL,
    UNIQUE (alliance_id, account_id, scope)
);
CREATE INDEX grants_store ON grants (store_id);

-- +goose Down
DROP TABLE grants;
DROP TABLE sessions;
DROP TABLE login_codes;
DROP TABLE accounts;
