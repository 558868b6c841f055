-- +goose Up
-- Tills that redeem without a network. What all of them and the street redeem together never passes the stock.
CREATE TABLE campaign_stocks (
    campaign_id BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    capacity    BIGINT NOT NULL,
    redeemed    BIGINT NOT NULL CHECK (redeemed >= 0),
    allotted    BIGINT NOT NULL CHECK (allotted >= 0),
    CONSTRAINT campaign_stocks_hold CHECK (redeemed + allotted <= capacity)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE tills (
    id            BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id   BINARY(16) NOT NULL,
    store_id      BINARY(16) NOT NULL,
    name          VARCHAR(60) NOT NULL,
    public_key    VARBINARY(128) NOT NULL,
    registered_by BINARY(16) NULL,
    registered_at DATETIME(6) NOT NULL,
    seen_at       DATETIME(6) NOT NULL,
    clock_offset  BIGINT NOT NULL DEFAULT 0,
    last_seq      BIGINT NOT NULL DEFAULT 0,
    revoked_at    DATETIME(6) NULL,
    revoked_by    BINARY(16) NULL,
    KEY tills_store (store_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE till_allotments (
    till_id     BINARY(16) NOT NULL,
    campaign_id BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    allotted    BIGINT NOT NULL CHECK (allotted >= 0),
    used        BIGINT NOT NULL CHECK (used >= 0),
    wanted      BIGINT NOT NULL DEFAULT -1,
    until       DATETIME(6) NOT NULL,
    PRIMARY KEY (till_id, campaign_id),
    CONSTRAINT till_allotments_hold CHECK (used <= allotted),
    KEY till_allotments_campaign (campaign_id, until)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE till_entries (
    till_id       BINARY(16) NOT NULL,
    seq           BIGINT NOT NULL,
    alliance_id   BINARY(16) NOT NULL,
    store_id      BINARY(16) NOT NULL,
    coupon_id     BINARY(16) NULL,
    campaign_id   BINARY(16) NULL,
    by_account    BINARY(16) NULL,
    token         VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    bill          BIGINT NOT NULL,
    off           BIGINT NOT NULL,
    signature     VARBINARY(128) NOT NULL,
    clock         DATETIME(6) NOT NULL,
    at            DATETIME(6) NOT NULL,
    wild          TINYINT(1) NOT NULL,
    received_at   DATETIME(6) NOT NULL,
    outcome       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    code          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    why_zh        VARCHAR(300) NOT NULL DEFAULT '',
    why_en        VARCHAR(300) NOT NULL DEFAULT '',
    redemption_id BINARY(16) NULL,
    PRIMARY KEY (till_id, seq),
    KEY till_entries_coupon (coupon_id),
    KEY till_entries_store (store_id, received_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Who made a coupon void, and why.
CREATE TABLE coupon_voids (
    coupon_id   BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    store_id    BINARY(16) NOT NULL,
    by_account  BINARY(16) NOT NULL,
    at          DATETIME(6) NOT NULL,
    reason      VARCHAR(200) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE coupon_voids;
DROP TABLE till_entries;
DROP TABLE till_allotments;
DROP TABLE tills;
DROP TABLE campaign_stocks;
