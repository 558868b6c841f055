-- +goose Up
-- How far a campaign goes, and whom it is for. What each owner of its cost may pay and has paid stands in campaign_funds; what
-- limits count stands in campaign_counts.
ALTER TABLE campaigns ADD COLUMN per_day BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN per_household BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN per_store BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN per_store_day BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN budget BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN reserve VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'claim';
ALTER TABLE campaigns ADD COLUMN notice_days BIGINT NOT NULL DEFAULT 7;
ALTER TABLE campaigns ADD COLUMN issuer_covers TINYINT(1) NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN audience VARCHAR(4000) NOT NULL DEFAULT '{}';
ALTER TABLE campaigns ADD COLUMN not_on VARCHAR(4000);
ALTER TABLE campaigns ADD COLUMN proposed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN leave_due DATETIME(6) NULL;
ALTER TABLE coupons ADD COLUMN household_id BINARY(16);
ALTER TABLE members ADD COLUMN birth_month BIGINT NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN birth_day BIGINT NOT NULL DEFAULT 0;
CREATE INDEX campaigns_leaving ON campaigns (leave_due);

CREATE TABLE campaign_funds (
    campaign_id BINARY(16) NOT NULL,
    owner_id    BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    most        BIGINT NOT NULL,
    spent       BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, owner_id),
    CONSTRAINT campaign_funds_within CHECK (spent >= 0 AND spent <= most)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE campaign_counts (
    campaign_id BINARY(16) NOT NULL,
    kind        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    bucket      VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    n           BIGINT NOT NULL CHECK (n >= 0),
    PRIMARY KEY (campaign_id, kind, bucket)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE campaign_terms (
    campaign_id BINARY(16) NOT NULL,
    version     BIGINT NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    terms       MEDIUMTEXT NOT NULL,
    proposed_by BINARY(16),
    proposed_at DATETIME(6) NOT NULL,
    settled_at  DATETIME(6),
    PRIMARY KEY (campaign_id, version)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE campaign_notices (
    campaign_id BINARY(16) NOT NULL,
    store_id    BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    given_by    BINARY(16),
    given_at    DATETIME(6) NOT NULL,
    leaves_at   DATETIME(6) NOT NULL,
    settled_at  DATETIME(6),
    PRIMARY KEY (campaign_id, store_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE campaign_seen (
    campaign_id BINARY(16) NOT NULL,
    member_id   BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    at          DATETIME(6) NOT NULL,
    PRIMARY KEY (campaign_id, member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

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
DROP INDEX campaigns_leaving ON campaigns;
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
