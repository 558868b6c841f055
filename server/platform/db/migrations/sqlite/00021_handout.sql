-- +goose Up
ALTER TABLE campaigns ADD COLUMN trigger_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE campaigns ADD COLUMN trigger_store_id BLOB;
ALTER TABLE campaigns ADD COLUMN trigger_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN trigger_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN transferable INTEGER NOT NULL DEFAULT 0;
-- Codes on paper that nobody has taken yet: with remaining and claimed they are what may be given out.
ALTER TABLE campaigns ADD COLUMN printed INTEGER NOT NULL DEFAULT 0 CHECK (printed >= 0);
CREATE INDEX campaigns_trigger ON campaigns (alliance_id, trigger_kind, trigger_store_id);

-- The campaign that a link gives a coupon of, and that a gift is one of.
ALTER TABLE join_links ADD COLUMN campaign_id BLOB;
CREATE INDEX join_links_campaign ON join_links (campaign_id);

CREATE TABLE coupon_handouts (
    coupon_id   BLOB PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    campaign_id BLOB NOT NULL,
    member_id   BLOB NOT NULL,
    way         TEXT NOT NULL,
    cause_id    BLOB NOT NULL,
    source_id   BLOB,
    reason      TEXT NOT NULL DEFAULT '',
    by_account  BLOB,
    at          DATETIME NOT NULL,
    UNIQUE (campaign_id, member_id, cause_id)
);
CREATE INDEX coupon_handouts_ways ON coupon_handouts (campaign_id, way);
CREATE INDEX coupon_handouts_member ON coupon_handouts (member_id);

CREATE TABLE coupon_sends (
    id          BLOB PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    campaign_id BLOB NOT NULL,
    store_id    BLOB NOT NULL,
    private     INTEGER NOT NULL DEFAULT 0,
    state       TEXT NOT NULL,
    total       INTEGER NOT NULL,
    given       INTEGER NOT NULL DEFAULT 0,
    had         INTEGER NOT NULL DEFAULT 0,
    none_left   INTEGER NOT NULL DEFAULT 0,
    missed      INTEGER NOT NULL DEFAULT 0,
    created_by  BLOB,
    created_at  DATETIME NOT NULL,
    ended_at    DATETIME,
    CHECK (given + had + none_left + missed <= total)
);
CREATE INDEX coupon_sends_campaign ON coupon_sends (campaign_id, id);
CREATE INDEX coupon_sends_state ON coupon_sends (state, id);

CREATE TABLE coupon_send_members (
    send_id   BLOB NOT NULL,
    member_id BLOB NOT NULL,
    outcome   TEXT NOT NULL,
    PRIMARY KEY (send_id, member_id)
);
CREATE INDEX coupon_send_members_next ON coupon_send_members (send_id, outcome, member_id);

CREATE TABLE print_batches (
    id          BLOB PRIMARY KEY,
    alliance_id BLOB NOT NULL,
    campaign_id BLOB NOT NULL,
    store_id    BLOB NOT NULL,
    version     INTEGER NOT NULL,
    link_id     BLOB NOT NULL,
    label       TEXT NOT NULL,
    size        INTEGER NOT NULL CHECK (size > 0),
    taken       INTEGER NOT NULL DEFAULT 0,
    voided      INTEGER NOT NULL DEFAULT 0,
    until       DATETIME NOT NULL,
    created_by  BLOB,
    created_at  DATETIME NOT NULL,
    voided_by   BLOB,
    voided_at   DATETIME,
    CHECK (taken + voided <= size)
);
CREATE INDEX print_batches_campaign ON print_batches (campaign_id, id);

CREATE TABLE printed_codes (
    batch_id    BLOB NOT NULL,
    serial      INTEGER NOT NULL,
    alliance_id BLOB NOT NULL,
    code        TEXT NOT NULL,
    state       TEXT NOT NULL,
    coupon_id   BLOB,
    store_id    BLOB,
    by_account  BLOB,
    taken_at    DATETIME,
    PRIMARY KEY (batch_id, serial),
    UNIQUE (code),
    CHECK ((state = 'taken') = (coupon_id IS NOT NULL))
);

CREATE TABLE coupon_gifts (
    id              BLOB PRIMARY KEY,
    alliance_id     BLOB NOT NULL,
    campaign_id     BLOB NOT NULL,
    coupon_id       BLOB NOT NULL,
    open_coupon_id  BLOB UNIQUE,
    giver_id        BLOB NOT NULL,
    link_id         BLOB NOT NULL UNIQUE,
    state           TEXT NOT NULL,
    made_at         DATETIME NOT NULL,
    ended_at        DATETIME,
    taker_id        BLOB,
    taken_coupon_id BLOB UNIQUE,
    new_member      INTEGER NOT NULL DEFAULT 0,
    CHECK ((state = 'open') = (open_coupon_id IS NOT NULL)),
    CHECK ((state = 'taken') = (taken_coupon_id IS NOT NULL))
);
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
DROP INDEX join_links_campaign;
ALTER TABLE join_links DROP COLUMN campaign_id;
DROP INDEX campaigns_trigger;
ALTER TABLE campaigns DROP COLUMN printed;
ALTER TABLE campaigns DROP COLUMN transferable;
ALTER TABLE campaigns DROP COLUMN trigger_days;
ALTER TABLE campaigns DROP COLUMN trigger_min;
ALTER TABLE campaigns DROP COLUMN trigger_store_id;
ALTER TABLE campaigns DROP COLUMN trigger_kind;
