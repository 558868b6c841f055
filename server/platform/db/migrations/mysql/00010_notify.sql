-- +goose Up
CREATE TABLE notices (
    id          BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)   NOT NULL,
    member_id   BINARY(16)   NOT NULL,
    kind        VARCHAR(32)  NOT NULL,
    reference   VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    store_id    BINARY(16)   NULL,
    link        VARCHAR(200) NOT NULL DEFAULT '',
    facts       TEXT         NOT NULL,
    at          DATETIME(6)  NOT NULL,
    read_at     DATETIME(6)  NULL,
    UNIQUE KEY notices_once (member_id, reference),
    KEY notices_inbox (member_id, at, id),
    KEY notices_unread (member_id, read_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE desk_notices (
    id          BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)   NOT NULL,
    store_id    BINARY(16)   NOT NULL,
    kind        VARCHAR(32)  NOT NULL,
    reference   VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    facts       TEXT         NOT NULL,
    amount      BIGINT       NOT NULL DEFAULT 0,
    at          DATETIME(6)  NOT NULL,
    UNIQUE KEY desk_notices_once (store_id, reference),
    KEY desk_notices_recent (store_id, at, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE desk_notices;
DROP TABLE notices;
