-- +goose Up
CREATE TABLE visits (
    id           BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id  BINARY(16)   NOT NULL,
    store_id     BINARY(16)   NOT NULL,
    member_id    BINARY(16)   NOT NULL,
    kind         VARCHAR(16)  NOT NULL,
    amount       BIGINT       NOT NULL DEFAULT 0 CHECK (amount >= 0),
    points       BIGINT       NOT NULL DEFAULT 0 CHECK (points >= 0),
    by_id        BINARY(16)   NULL,
    reference    VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at           DATETIME(6)  NOT NULL,
    cancelled_at DATETIME(6)  NULL,
    UNIQUE KEY visits_reference (alliance_id, reference),
    KEY visits_relation (store_id, member_id, at),
    KEY visits_member (member_id, at),
    KEY visits_store (store_id, at),
    KEY visits_alliance (alliance_id, at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE participations (
    id          BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)   NOT NULL,
    store_id    BINARY(16)   NOT NULL,
    member_id   BINARY(16)   NOT NULL,
    kind        VARCHAR(16)  NOT NULL,
    reference   VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at          DATETIME(6)  NOT NULL,
    UNIQUE KEY participations_reference (alliance_id, reference),
    KEY participations_relation (store_id, member_id, at),
    KEY participations_member (member_id, at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE relations (
    id             BINARY(16)    NOT NULL PRIMARY KEY,
    alliance_id    BINARY(16)    NOT NULL,
    store_id       BINARY(16)    NOT NULL,
    member_id      BINARY(16)    NOT NULL,
    remark         VARCHAR(80)   NOT NULL DEFAULT '',
    tags           VARCHAR(1000) NOT NULL DEFAULT '[]',
    note           VARCHAR(1000) NOT NULL DEFAULT '',
    visits         BIGINT        NOT NULL DEFAULT 0,
    purchases      BIGINT        NOT NULL DEFAULT 0,
    spent          BIGINT        NOT NULL DEFAULT 0,
    took_part      BIGINT        NOT NULL DEFAULT 0,
    brought        BIGINT        NOT NULL DEFAULT 0,
    last_visit_at  DATETIME(6)   NULL,
    last_active_at DATETIME(6)   NULL,
    level          TINYINT       NOT NULL DEFAULT 0,
    falls_at       DATETIME(6)   NULL,
    complaint      VARCHAR(500)  NOT NULL DEFAULT '',
    complained_at  DATETIME(6)   NULL,
    updated_at     DATETIME(6)   NOT NULL,
    UNIQUE KEY relations_pair (store_id, member_id),
    KEY relations_member (alliance_id, member_id, level),
    KEY relations_falls (falls_at),
    KEY relations_care (store_id, level, falls_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE relations;
DROP TABLE participations;
DROP TABLE visits;
