-- +goose Up
-- How far a campaign goes, and whom it is for. What each owner of its cost may pay and has paid stands in campaign_funds; what
-- limits count stands in campaign_counts.
ALTER TABLE campaigns ADD COLUMN per_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN per_household INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN per_store INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN per_store_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN budget INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN reserve TEXT NOT NULL DEFAULT 'claim';
ALTER TABLE campaigns ADD COLUMN notice_days INTEGER NOT NULL DEFAULT 7;
ALTER TABLE campaigns ADD COLUMN issuer_covers BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN audience TEXT NOT NULL DEFAULT '{}';
ALTER TABLE campaigns ADD COLUMN not_on TEXT;
ALTER TABLE campaigns ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN leave_due DATETIME;
ALTER TABLE coupons ADD COLUMN household_id BLOB;
ALTER TABLE members ADD COLUMN birth_month INTEGER NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN birth_day INTEGER NOT NULL DEFAULT 0;
CREATE INDEX campaigns_leaving ON campaigns (leave_due);

CREATE TABLE campaign_funds (
    campaign_id BLOB NOT NULL,
    owner_id    BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    most        INTEGER NOT NULL,
    spent       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, owner_id),
    CONSTRAINT campaign_funds_within CHECK (spent >= 0 AND spent <= most)
);

CREATE TABLE campaign_counts (
    campaign_id BLOB NOT NULL,
    kind        TEXT NOT NULL,
    bucket      TEXT NOT NULL,
    alliance_id BLOB NOT NULL,
    n           INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (campaign_id, kind, bucket)
);

CREATE TABLE campaign_terms (
    campaign_id BLOB NOT NULL,
    version     INTEGER NOT NULL,
    alliance_id BLOB NOT NULL,
    state       TEXT NOT NULL,
    terms       TEXT NOT NULL,
    proposed_by BLOB,
    proposed_at DATETIME NOT NULL,
    settled_at  DATETIME,
    PRIMARY KEY (campaign_id, version)
);

CREATE TABLE campaign_notices (
    campaign_id BLOB NOT NULL,
    store_id    BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    given_by    BLOB,
    given_at    DATETIME NOT NULL,
    leaves_at   DATETIME NOT NULL,
    settled_at  DATETIME,
    PRIMARY KEY (campaign_id, store_id)
);

CREATE TABLE campaign_seen (
    campaign_id BLOB NOT NULL,
    member_id   BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    at          DATETIME NOT NULL,
    PRIMARY KEY (campaign_id, member_id)
);

INSERT INTO campaign_funds (campaign_id, owner_id, alliance_id, most, spent)
SELECT s.campaign_id, s.store_id, s.alliance_id, s.cap, COALESCE((
    SELECT SUM(rs.amount) FROM redemption_shares rs JOIN redemptions r ON r.id = rs.redemption_id
    WHERE r.campaign_id = s.campaign_id AND r.state = 'posted' AND rs.store_id = s.store_id), 0)
FROM campaign_shares s JOIN campaigns c ON c.id = s.campaign_id AND c.version = s.version WHERE c.signed_at IS NOT NULL;

INSERT INTO campaign_funds (campaign_id, owner_id, alliance_id, most, spent)
SELECT c.id, c.id, c.alliance_id, c.stock * CASE WHEN c.kind IN ('amount', 'gift') THEN c.off ELSE c.cap END, COALESCE((
    SELECT SUM(r.cost) FROM redemptions r WHERE r.campaign_id = c.id AND r.state = 'posted'), 0)
FROM campaigns c WHERE c.signed_at IS NOT NULL;

-- +goose Down
DROP TABLE campaign_seen;
DROP TABLE campaign_notices;
DROP TABLE campaign_terms;
DROP TABLE campaign_counts;
DROP TABLE campaign_funds;
DROP INDEX campaigns_leaving;
ALTER TABLE members DROP COLUMN birth_day;
ALTER TABLE members DROP COLUMN birth_month;
ALTER TABLE coupons DROP COLUMN household_id;
ALTER TABLE campaigns DROP COLUMN leave_due;
ALTER TABLE campaigns DROP COLUMN proposed;
ALTER TABLE campaigns DROP COLUMN not_on;
ALTER TABLE campaigns DROP COLUMN audience;
ALTER TABLE campaigns DROP COLUMN issuer_covers;
ALTER TABLE campaigns DROP COLUMN notice_days;
ALTER TABLE campaigns DROP COLUMN reserve;
ALTER TABLE campaigns DROP COLUMN budget;
ALTER TABLE campaigns DROP COLUMN per_store_day;
ALTER TABLE campaigns DROP COLUMN per_store;
ALTER TABLE campaigns DROP COLUMN per_household;
ALTER TABLE campaigns DROP COLUMN per_day;
