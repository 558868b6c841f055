-- +goose Up
CREATE TABLE audits (
    id          BINARY(16)    NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)    NOT NULL,
    state       VARCHAR(16)   NOT NULL,
    running     TINYINT       NULL,
    by_account  BINARY(16)    NULL,
    started_at  DATETIME(6)   NOT NULL,
    ended_at    DATETIME(6)   NULL,
    took_ms     BIGINT        NOT NULL DEFAULT 0,
    transfers   BIGINT        NOT NULL DEFAULT 0,
    accounts    BIGINT        NOT NULL DEFAULT 0,
    passed      VARCHAR(1000) NOT NULL DEFAULT '',
    found_check VARCHAR(64)   NOT NULL DEFAULT '',
    found_table VARCHAR(64)   NOT NULL DEFAULT '',
    found_row   VARCHAR(120)  NOT NULL DEFAULT '',
    found_seq   BIGINT        NOT NULL DEFAULT 0,
    problem     VARCHAR(1000) NOT NULL DEFAULT '',
    UNIQUE KEY audits_one_at_a_time (alliance_id, running),
    KEY audits_street (alliance_id, started_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE audits;
