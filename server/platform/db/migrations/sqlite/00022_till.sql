-- +goose Up
-- Tills that redeem without a network. What all of them and the street redeem together never passes the stock.
CREATE TABLE campaign_stocks (
    campaign_id BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    capacity    INTEGER NOT NULL,
    redeemed    INTEGER NOT NULL CHECK (redeemed >= 0),
    allotted    INTEGER NOT NULL CHECK (allotted >= 0),
    CONSTRAINT campaign_stocks_hold CHECK (redeemed + allotted <= capacity)
);

CREATE TABLE tills (
    id            BLOB NOT NULL PRIMARY KEY,
    alliance_id   BLOB NOT NULL,
    store_id      BLOB NOT NULL,
    name          TEXT NOT NULL,
    public_key    BLOB NOT NULL,
    registered_by BLOB,
    registered_at DATETIME NOT NULL,
    seen_at       DATETIME NOT NULL,
    clock_offset  INTEGER NOT NULL DEFAULT 0,
    last_seq      INTEGER NOT NULL DEFAULT 0,
    revoked_at    DATETIME,
    revoked_by    BLOB
);
CREATE INDEX tills_store ON tills (store_id, id);

CREATE TABLE till_allotments (
    till_id     BLOB NOT NULL,
    campaign_id BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    allotted    INTEGER NOT NULL CHECK (allotted >= 0),
    used        INTEGER NOT NULL CHECK (used >= 0),
    wanted      INTEGER NOT NULL DEFAULT -1,
    until       DATETIME NOT NULL,
    PRIMARY KEY (till_id, campaign_id),
    CONSTRAINT till_allotments_hold CHECK (used <= allotted)
);
CREATE INDEX till_allotments_campaign ON till_allotments (campaign_id, until);

CREATE TABLE till_entries (
    till_id       BLOB NOT NULL,
    seq           INTEGER NOT NULL,
    alliance_id   BLOB NOT NULL,
    store_id      BLOB NOT NULL,
    coupon_id     BLOB,
    campaign_id   BLOB,
    by_account    BLOB,
    token         TEXT NOT NULL,
    bill          INTEGER NOT NULL,
    off           INTEGER NOT NULL,
    signature     BLOB NOT NULL,
    clock         DATETIME NOT NULL,
    at            DATETIME NOT NULL,
    wild          BOOLEAN NOT NULL,
    received_at   DATETIME NOT NULL,
    outcome       TEXT NOT NULL,
    code          TEXT NOT NULL DEFAULT '',
    why_zh        TEXT NOT NULL DEFAULT '',
    why_en        TEXT NOT NULL DEFAULT '',
    redemption_id BLOB,
    PRIMARY KEY (till_id, seq)
);
CREATE INDEX till_entries_coupon ON till_entries (coupon_id);
CREATE INDEX till_entries_store ON till_entries (store_id, received_at);

-- Who made a coupon void, and why.
CREATE TABLE coupon_voids (
    coupon_id   BLOB NOT NULL PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    store_id    BLOB NOT NULL,
    by_account  BLOB NOT NULL,
    at          DATETIME NOT NULL,
    reason      TEXT NOT NULL
);

-- +goose Down
DROP TABLE coupon_voids;
DROP TABLE till_entries;
DROP TABLE till_allotments;
DROP TABLE tills;
DROP TABLE campaign_stocks;
