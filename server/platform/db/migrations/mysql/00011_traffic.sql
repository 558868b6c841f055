-- +goose Up
CREATE TABLE traffic_streets (
    alliance_id BINARY(16) NOT NULL PRIMARY KEY
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE traffic_days (
    alliance_id BINARY(16) NOT NULL,
    day         CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    store_id    BINARY(16) NOT NULL,
    visits      BIGINT     NOT NULL DEFAULT 0,
    joined      BIGINT     NOT NULL DEFAULT 0,
    redemptions BIGINT     NOT NULL DEFAULT 0,
    PRIMARY KEY (alliance_id, day, store_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE traffic_hours (
    alliance_id BINARY(16) NOT NULL,
    day         CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    store_id    BINARY(16) NOT NULL,
    hour        TINYINT    NOT NULL,
    visits      BIGINT     NOT NULL,
    PRIMARY KEY (alliance_id, day, store_id, hour)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE traffic_presences (
    alliance_id BINARY(16) NOT NULL,
    day         CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    hour        TINYINT    NOT NULL,
    member_id   BINARY(16) NOT NULL,
    weekday     TINYINT    NOT NULL,
    visits      BIGINT     NOT NULL,
    PRIMARY KEY (alliance_id, day, member_id, hour)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE traffic_moves (
    alliance_id BINARY(16) NOT NULL,
    day         CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    from_id     BINARY(16) NOT NULL,
    to_id       BINARY(16) NOT NULL,
    member_id   BINARY(16) NOT NULL,
    moves       BIGINT     NOT NULL,
    PRIMARY KEY (alliance_id, day, member_id, from_id, to_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE traffic_crossings (
    alliance_id BINARY(16) NOT NULL,
    day         CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    issuer_id   BINARY(16) NOT NULL,
    redeemer_id BINARY(16) NOT NULL,
    member_id   BINARY(16) NOT NULL,
    redemptions BIGINT     NOT NULL,
    PRIMARY KEY (alliance_id, day, member_id, issuer_id, redeemer_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE traffic_news (
    id          BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)   NOT NULL,
    kind        VARCHAR(16)  NOT NULL,
    reference   VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    store_id    BINARY(16)   NOT NULL,
    other_id    BINARY(16)   NULL,
    amount      BIGINT       NOT NULL DEFAULT 0,
    number      BIGINT       NOT NULL DEFAULT 0,
    title       VARCHAR(200) NOT NULL DEFAULT '',
    at          DATETIME(6)  NOT NULL,
    UNIQUE KEY traffic_news_reference (alliance_id, reference),
    KEY traffic_news_ticker (alliance_id, at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- the rollups read redemptions by their day
CREATE INDEX redemptions_day ON redemptions (alliance_id, local_date, store_id);

-- +goose Down
ALTER TABLE redemptions DROP KEY redemptions_day;
DROP TABLE traffic_news;
DROP TABLE traffic_crossings;
DROP TABLE traffic_moves;
DROP TABLE traffic_presences;
DROP TABLE traffic_hours;
DROP TABLE traffic_days;
DROP TABLE traffic_streets;
