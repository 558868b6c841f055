-- +goose Up
CREATE TABLE campaigns (
    id          BLOB PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    store_id    BLOB NOT NULL,
    title       TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    kind        TEXT NOT NULL,
    off         INTEGER NOT NULL DEFAULT 0,
    percent_bps INTEGER NOT NULL DEFAULT 0,
    cap         INTEGER NOT NULL DEFAULT 0,
    price       INTEGER NOT NULL DEFAULT 0,
    gift        TEXT NOT NULL DEFAULT '',
    buy_pieces  INTEGER NOT NULL DEFAULT 0,
    get_pieces  INTEGER NOT NULL DEFAULT 0,
    min_spend   INTEGER NOT NULL DEFAULT 0,
    valid_from  DATETIME,
    valid_until DATETIME,
    valid_days  INTEGER NOT NULL DEFAULT 0,
    weekdays    INTEGER NOT NULL DEFAULT 0,
    hours_from  TEXT NOT NULL DEFAULT '',
    hours_to    TEXT NOT NULL DEFAULT '',
    given       TEXT NOT NULL DEFAULT 'public',
    stock       INTEGER NOT NULL CHECK (stock > 0),
    remaining   INTEGER NOT NULL CHECK (remaining >= 0),
    claimed     INTEGER NOT NULL DEFAULT 0,
    per_member  INTEGER NOT NULL CHECK (per_member > 0),
    claim_from  DATETIME NOT NULL,
    claim_until DATETIME NOT NULL,
    state       TEXT NOT NULL,
    version     INTEGER NOT NULL,
    created_by  BLOB,
    created_at  DATETIME NOT NULL,
    signed_at   DATETIME,
    started_at  DATETIME,
    ended_at    DATETIME
);
CREATE INDEX campaigns_street ON campaigns (alliance_id, state, id);
CREATE INDEX campaigns_store ON campaigns (store_id, id);
CREATE INDEX campaigns_due ON campaigns (state, claim_from);

CREATE TABLE campaign_shares (
    campaign_id BLOB NOT NULL,
    version     INTEGER NOT NULL,
    store_id    BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    position    INTEGER NOT NULL,
    share_bps   INTEGER NOT NULL CHECK (share_bps BETWEEN 0 AND 10000),
    worst_case  INTEGER NOT NULL,
    cap         INTEGER NOT NULL CHECK (cap BETWEEN 0 AND worst_case),
    state       TEXT NOT NULL,
    signed_by   BLOB,
    signed_at   DATETIME,
    PRIMARY KEY (campaign_id, version, store_id)
);
CREATE INDEX campaign_shares_store ON campaign_shares (store_id, state);

CREATE TABLE coupons (
    id            BLOB PRIMARY KEY,
    alliance_id   BLOB NOT NULL,
    campaign_id   BLOB NOT NULL,
    version       INTEGER NOT NULL,
    member_id     BLOB NOT NULL,
    number        INTEGER NOT NULL,
    code          TEXT NOT NULL,
    state         TEXT NOT NULL,
    valid_from    DATETIME NOT NULL,
    valid_until   DATETIME NOT NULL,
    claimed_at    DATETIME NOT NULL,
    uses          INTEGER NOT NULL DEFAULT 0,
    redemption_id BLOB,
    used_at       DATETIME,
    UNIQUE (campaign_id, member_id, number),
    UNIQUE (alliance_id, code)
);
CREATE INDEX coupons_wallet ON coupons (member_id, state, valid_until, id);

CREATE TABLE redemptions (
    id               BLOB PRIMARY KEY,
    alliance_id      BLOB NOT NULL,
    coupon_id        BLOB NOT NULL,
    use_number       INTEGER NOT NULL,
    campaign_id      BLOB NOT NULL,
    store_id         BLOB NOT NULL,
    member_id        BLOB NOT NULL,
    visit_id         BLOB,
    by_account       BLOB,
    at               DATETIME NOT NULL,
    local_date       TEXT NOT NULL,
    bill             INTEGER NOT NULL,
    off              INTEGER NOT NULL,
    cost             INTEGER NOT NULL,
    to_pay           INTEGER NOT NULL,
    commission_store BLOB,
    commission       INTEGER NOT NULL DEFAULT 0,
    commission_bps   INTEGER NOT NULL DEFAULT 0,
    keeps            INTEGER NOT NULL,
    points           INTEGER NOT NULL DEFAULT 0,
    state            TEXT NOT NULL,
    reversed_at      DATETIME,
    reversed_by      BLOB,
    reversal_reason  TEXT NOT NULL DEFAULT '',
    UNIQUE (coupon_id, use_number)
);
CREATE INDEX redemptions_store ON redemptions (store_id, id);
CREATE INDEX redemptions_campaign ON redemptions (campaign_id, state);
CREATE INDEX redemptions_street ON redemptions (alliance_id, id);

CREATE TABLE redemption_shares (
    redemption_id BLOB NOT NULL,
    store_id      BLOB NOT NULL,
    alliance_id   BLOB NOT NULL,
    position      INTEGER NOT NULL,
    share_bps     INTEGER NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (redemption_id, store_id)
);

CREATE TABLE till_presences (
    alliance_id BLOB NOT NULL,
    store_id    BLOB NOT NULL,
    member_id   BLOB NOT NULL,
    at          DATETIME NOT NULL,
    PRIMARY KEY (store_id, member_id)
);

-- +goose Down
DROP TABLE till_presences;
DROP TABLE redemption_shares;
DROP TABLE redemptions;
DROP TABLE coupons;
DROP TABLE campaign_shares;
DROP TABLE campaigns;
