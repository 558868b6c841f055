-- +goose Up
CREATE TABLE campaigns (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    store_id    BINARY(16) NOT NULL,
    title       VARCHAR(80) NOT NULL,
    description VARCHAR(1000) NOT NULL DEFAULT '',
    kind        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    off         BIGINT NOT NULL DEFAULT 0,
    percent_bps BIGINT NOT NULL DEFAULT 0,
    cap         BIGINT NOT NULL DEFAULT 0,
    price       BIGINT NOT NULL DEFAULT 0,
    gift        VARCHAR(80) NOT NULL DEFAULT '',
    buy_pieces  BIGINT NOT NULL DEFAULT 0,
    get_pieces  BIGINT NOT NULL DEFAULT 0,
    min_spend   BIGINT NOT NULL DEFAULT 0,
    valid_from  DATETIME(6) NULL,
    valid_until DATETIME(6) NULL,
    valid_days  BIGINT NOT NULL DEFAULT 0,
    weekdays    TINYINT UNSIGNED NOT NULL DEFAULT 0,
    hours_from  VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    hours_to    VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    given       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'public',
    stock       BIGINT NOT NULL CHECK (stock > 0),
    remaining   BIGINT NOT NULL CHECK (remaining >= 0),
    claimed     BIGINT NOT NULL DEFAULT 0,
    per_member  BIGINT NOT NULL CHECK (per_member > 0),
    claim_from  DATETIME(6) NOT NULL,
    claim_until DATETIME(6) NOT NULL,
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version     BIGINT NOT NULL,
    created_by  BINARY(16) NULL,
    created_at  DATETIME(6) NOT NULL,
    signed_at   DATETIME(6) NULL,
    started_at  DATETIME(6) NULL,
    ended_at    DATETIME(6) NULL,
    KEY campaigns_street (alliance_id, state, id),
    KEY campaigns_store (store_id, id),
    KEY campaigns_due (state, claim_from)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE campaign_shares (
    campaign_id BINARY(16) NOT NULL,
    version     BIGINT NOT NULL,
    store_id    BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    position    BIGINT NOT NULL,
    share_bps   BIGINT NOT NULL CHECK (share_bps BETWEEN 0 AND 10000),
    worst_case  BIGINT NOT NULL,
    cap         BIGINT NOT NULL CHECK (cap BETWEEN 0 AND worst_case),
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    signed_by   BINARY(16) NULL,
    signed_at   DATETIME(6) NULL,
    PRIMARY KEY (campaign_id, version, store_id),
    KEY campaign_shares_store (store_id, state)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE coupons (
    id            BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id   BINARY(16) NOT NULL,
    campaign_id   BINARY(16) NOT NULL,
    version       BIGINT NOT NULL,
    member_id     BINARY(16) NOT NULL,
    number        BIGINT NOT NULL,
    code          VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    valid_from    DATETIME(6) NOT NULL,
    valid_until   DATETIME(6) NOT NULL,
    claimed_at    DATETIME(6) NOT NULL,
    uses          BIGINT NOT NULL DEFAULT 0,
    redemption_id BINARY(16) NULL,
    used_at       DATETIME(6) NULL,
    UNIQUE KEY coupons_limit (campaign_id, member_id, number),
    UNIQUE KEY coupons_code (alliance_id, code),
    KEY coupons_wallet (member_id, state, valid_until, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE redemptions (
    id               BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id      BINARY(16) NOT NULL,
    coupon_id        BINARY(16) NOT NULL,
    use_number       BIGINT NOT NULL,
    campaign_id      BINARY(16) NOT NULL,
    store_id         BINARY(16) NOT NULL,
    member_id        BINARY(16) NOT NULL,
    visit_id         BINARY(16) NULL,
    by_account       BINARY(16) NULL,
    at               DATETIME(6) NOT NULL,
    local_date       VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    bill             BIGINT NOT NULL,
    off              BIGINT NOT NULL,
    cost             BIGINT NOT NULL,
    to_pay           BIGINT NOT NULL,
    commission_store BINARY(16) NULL,
    commission       BIGINT NOT NULL DEFAULT 0,
    commission_bps   BIGINT NOT NULL DEFAULT 0,
    keeps            BIGINT NOT NULL,
    points           BIGINT NOT NULL DEFAULT 0,
    state            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reversed_at      DATETIME(6) NULL,
    reversed_by      BINARY(16) NULL,
    reversal_reason  VARCHAR(200) NOT NULL DEFAULT '',
    UNIQUE KEY redemptions_once (coupon_id, use_number),
    KEY redemptions_store (store_id, id),
    KEY redemptions_campaign (campaign_id, state),
    KEY redemptions_street (alliance_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE redemption_shares (
    redemption_id BINARY(16) NOT NULL,
    store_id      BINARY(16) NOT NULL,
    alliance_id   BINARY(16) NOT NULL,
    position      BIGINT NOT NULL,
    share_bps     BIGINT NOT NULL,
    amount        BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (redemption_id, store_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE till_presences (
    alliance_id BINARY(16) NOT NULL,
    store_id    BINARY(16) NOT NULL,
    member_id   BINARY(16) NOT NULL,
    at          DATETIME(6) NOT NULL,
    PRIMARY KEY (store_id, member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE till_presences;
DROP TABLE redemption_shares;
DROP TABLE redemptions;
DROP TABLE coupons;
DROP TABLE campaign_shares;
DROP TABLE campaigns;
