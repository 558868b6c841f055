-- +goose Up
CREATE TABLE outbox (
    id           BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
    alliance_id  BINARY(16)   NOT NULL,
    kind         VARCHAR(64)  NOT NULL,
    payload      MEDIUMTEXT   NOT NULL,
    at           DATETIME(6)  NOT NULL,
    attempts     INT          NOT NULL DEFAULT 0,
    next_at      DATETIME(6)  NOT NULL,
    done_at      DATETIME(6)  NULL,
    last_error   VARCHAR(500) NOT NULL DEFAULT '',
    KEY outbox_pending (done_at, next_at, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE outbox_handled (
    event_id BIGINT      NOT NULL,
    handler  VARCHAR(96) NOT NULL,
    PRIMARY KEY (event_id, handler)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE idempotency_keys (
    scope      VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `key`      VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    body_hash  BINARY(32)   NOT NULL,
    status     INT          NOT NULL DEFAULT 0,
    response   MEDIUMBLOB   NULL,
    created_at DATETIME(6)  NOT NULL,
    PRIMARY KEY (scope, `key`),
    KEY idempotency_keys_age (created_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE streams (
    id          BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)   NOT NULL,
    name        VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    head        BIGINT       NOT NULL DEFAULT 0,
    UNIQUE KEY streams_name (alliance_id, name)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE stream_items (
    stream_id   BINARY(16)  NOT NULL,
    seq         BIGINT      NOT NULL,
    alliance_id BINARY(16)  NOT NULL,
    kind        VARCHAR(64) NOT NULL,
    at          DATETIME(6) NOT NULL,
    data        MEDIUMTEXT  NOT NULL,
    PRIMARY KEY (stream_id, seq)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE stream_items;
DROP TABLE streams;
DROP TABLE idempotency_keys;
DROP TABLE outbox_handled;
DROP TABLE outbox;
