-- +goose Up
ALTER TABLE campaigns ADD COLUMN trigger_kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
ALTER TABLE campaigns ADD COLUMN trigger_store_id BINARY(16) NULL;
ALTER TABLE campaigns ADD COLUMN trigger_min BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN trigger_days BIGINT NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN transferable TINYINT(1) NOT NULL DEFAULT 0;
-- Codes on paper that nobody has taken yet: with remaining and claimed they are what may be given out.
ALTER TABLE campaigns ADD COLUMN printed BIGINT NOT NULL DEFAULT 0 CHECK (printed >= 0);
CREATE INDEX campaigns_trigger ON campaigns (alliance_id, trigger_kind, trigger_store_id);

-- The campaign that a link gives a coupon of, and that a gift is one of.
ALTER TABLE join_links ADD COLUMN campaign_id BINARY(16) NULL;
CREATE INDEX join_links_campaign ON join_links (campaign_id);

CREATE TABLE coupon_handouts (
    coupon_id   BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    campaign_id BINARY(16) NOT NULL,
    member_id   BINARY(16) NOT NULL,
    way         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    cause_id    BINARY(16) NOT NULL,
    source_id   BINARY(16) NULL,
    reason      VARCHAR(200) NOT NULL DEFAULT '',
    by_account  BINARY(16) NULL,
    at          DATETIME(6) NOT NULL,
    UNIQUE (campaign_id, member_id, cause_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX coupon_handouts_ways ON coupon_handouts (campaign_id, way);
CREATE INDEX coupon_handouts_member ON coupon_handouts (member_id);

CREATE TABLE coupon_sends (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    campaign_id BINARY(16) NOT NULL,
    store_id    BINARY(16) NOT NULL,
    private     TINYINT(1) NOT NULL DEFAULT 0,
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    total       BIGINT NOT NULL,
    given       BIGINT NOT NULL DEFAULT 0,
    had         BIGINT NOT NULL DEFAULT 0,
    none_left   BIGINT NOT NULL DEFAULT 0,
    missed      BIGINT NOT NULL DEFAULT 0,
    created_by  BINARY(16) NULL,
    created_at  DATETIME(6) NOT NULL,
    ended_at    DATETIME(6) NULL,
    CHECK (given + had + none_left + missed <= total)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX coupon_sends_campaign ON coupon_sends (campaign_id, id);
CREATE INDEX coupon_sends_state ON coupon_sends (state, id);

CREATE TABLE coupon_send_members (
    send_id   BINARY(16) NOT NULL,
    member_id BINARY(16) NOT NULL,
    outcome   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (send_id, member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX coupon_send_members_next ON coupon_send_members (send_id, outcome, member_id);

CREATE TABLE print_batches (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id BINARY(16) NOT NULL,
    campaign_id BINARY(16) NOT NULL,
    store_id    BINARY(16) NOT NULL,
    version     BIGINT NOT NULL,
    link_id     BINARY(16) NOT NULL,
    label       VARCHAR(80) NOT NULL,
    size        BIGINT NOT NULL CHECK (size > 0),
    taken       BIGINT NOT NULL DEFAULT 0,
    voided      BIGINT NOT NULL DEFAULT 0,
    until       DATETIME(6) NOT NULL,
    created_by  BINARY(16) NULL,
    created_at  DATETIME(6) NOT NULL,
    voided_by   BINARY(16) NULL,
    voided_at   DATETIME(6) NULL,
    CHECK (taken + voided <= size)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX print_batches_campaign ON print_batches (campaign_id, id);

CREATE TABLE printed_codes (
    batch_id    BINARY(16) NOT NULL,
    serial      BIGINT NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    code        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    coupon_id   BINARY(16) NULL,
    store_id    BINARY(16) NULL,
    by_account  BINARY(16) NULL,
    taken_at    DATETIME(6) NULL,
    PRIMARY KEY (batch_id, serial),
    UNIQUE (code),
    CHECK ((state = 'taken') = (coupon_id IS NOT NULL))
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE coupon_gifts (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id     BINARY(16) NOT NULL,
    campaign_id     BINARY(16) NOT NULL,
    coupon_id       BINARY(16) NOT NULL,
    open_coupon_id  BINARY(16) NULL UNIQUE,
    giver_id        BINARY(16) NOT NULL,
    link_id         BINARY(16) NOT NULL UNIQUE,
    state           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    made_at         DATETIME(6) NOT NULL,
    ended_at        DATETIME(6) NULL,
    taker_id        BINARY(16) NULL,
    taken_coupon_id BINARY(16) NULL UNIQUE,
    new_member      TINYINT(1) NOT NULL DEFAULT 0,
    CHECK ((state = 'open') = (open_coupon_id IS NOT NULL)),
    CHECK ((state = 'taken') = (taken_coupon_id IS NOT NULL))
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE INDEX coupon_gifts_giver ON coupon_gifts (giver_id, id);
CREATE INDEX coupon_gifts_coupon ON coupon_gifts (coupon_id);
CREATE INDEX coupon_gifts_campaign ON coupon_gifts (campaign_id, state);

-- +goose Down
DROP TABLE coupon_gifts;
DROP TABLE printed_codes;
DROP TABLE print_batches;
DROP TABLE coupon_send_members;
DROP TABLE coupon_sends;
DROP TABLE coupon_handouts;
DROP INDEX join_links_campaign ON join_links;
ALTER TABLE join_links DROP COLUMN campaign_id;
DROP INDEX campaigns_trigger ON campaigns;
ALTER TABLE campaigns DROP COLUMN printed;
ALTER TABLE campaigns DROP COLUMN transferable;
ALTER TABLE campaigns DROP COLUMN trigger_days;
ALTER TABLE campaigns DROP COLUMN trigger_min;
ALTER TABLE campaigns DROP COLUMN trigger_store_id;
ALTER TABLE campaigns DROP COLUMN trigger_kind;
