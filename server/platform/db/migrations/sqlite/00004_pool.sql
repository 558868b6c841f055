-- +goose Up
CREATE TABLE alliances (
    id               BLOB     PRIMARY KEY,
    slug             TEXT     NOT NULL,
    name             TEXT     NOT NULL,
    time_zone        TEXT     NOT NULL,
    referral_credit  INTEGER  NOT NULL,
    commission_bps   INTEGER  NOT NULL,
    commission_cap   INTEGER  NOT NULL,
    vest_days        INTEGER  NOT NULL,
    attribution_days INTEGER  NOT NULL,
    quiet_days       INTEGER  NOT NULL,
    points_per_yuan  INTEGER  NOT NULL,
    inviter_points   INTEGER  NOT NULL,
    k                INTEGER  NOT NULL,
    market_rule      TEXT     NOT NULL DEFAULT '',
    weekly_limit     INTEGER  NOT NULL,
    last_number      INTEGER  NOT NULL DEFAULT 0,
    roster           INTEGER  NOT NULL DEFAULT 0,
    version          INTEGER  NOT NULL DEFAULT 1,
    created_at       DATETIME NOT NULL,
    UNIQUE (slug)
);

CREATE TABLE stores (
    id             BLOB     PRIMARY KEY,
    alliance_id    BLOB     NOT NULL,
    slug           TEXT     NOT NULL,
    name           TEXT     NOT NULL,
    short_name     TEXT     NOT NULL,
    color          TEXT     NOT NULL,
    color_night    TEXT     NOT NULL,
    front          TEXT     NOT NULL,
    position       INTEGER  NOT NULL,
    width          INTEGER  NOT NULL,
    persona_name   TEXT     NOT NULL DEFAULT '',
    persona_face   TEXT     NOT NULL DEFAULT '',
    story_title    TEXT     NOT NULL DEFAULT '',
    story          TEXT     NOT NULL,
    address        TEXT     NOT NULL DEFAULT '',
    hours          TEXT     NOT NULL,
    live           TEXT     NOT NULL DEFAULT '',
    live_until     DATETIME,
    status         TEXT     NOT NULL DEFAULT 'active',
    suspend_reason TEXT     NOT NULL DEFAULT '',
    version        INTEGER  NOT NULL DEFAULT 1,
    created_at     DATETIME NOT NULL,
    UNIQUE (alliance_id, slug)
);

CREATE TABLE members (
    id              BLOB     PRIMARY KEY,
    alliance_id     BLOB     NOT NULL,
    account_id      BLOB     NOT NULL,
    number          INTEGER  NOT NULL,
    name            TEXT     NOT NULL DEFAULT '',
    face            TEXT     NOT NULL DEFAULT '',
    origin_store_id BLOB,
    inviter_id      BLOB,
    join_link_id    BLOB,
    device_id       BLOB,
    secret          TEXT     NOT NULL DEFAULT '',
    pseudonym       TEXT     NOT NULL,
    joined_at       DATETIME NOT NULL,
    left_at         DATETIME,
    UNIQUE (alliance_id, account_id),
    UNIQUE (alliance_id, number)
);
CREATE INDEX members_origin ON members (alliance_id, origin_store_id, joined_at);
CREATE INDEX members_inviter ON members (inviter_id);
CREATE INDEX members_link ON members (join_link_id);
CREATE INDEX members_device ON members (device_id);

CREATE TABLE member_privacy (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    member_id   BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    phone       BOOLEAN  NOT NULL DEFAULT 0,
    muted       BOOLEAN  NOT NULL DEFAULT 0,
    updated_at  DATETIME NOT NULL,
    UNIQUE (member_id, store_id)
);

CREATE TABLE join_links (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    code        TEXT     NOT NULL,
    kind        TEXT     NOT NULL,
    label       TEXT     NOT NULL DEFAULT '',
    account_id  BLOB,
    member_id   BLOB,
    customer_id BLOB,
    created_at  DATETIME NOT NULL,
    expires_at  DATETIME,
    UNIQUE (code)
);
CREATE INDEX join_links_store ON join_links (store_id, kind, created_at);
CREATE INDEX join_links_member ON join_links (member_id);

CREATE TABLE touches (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    device_id   BLOB     NOT NULL,
    link_id     BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    kind        TEXT     NOT NULL,
    at          DATETIME NOT NULL
);
CREATE INDEX touches_device ON touches (device_id, at);
CREATE INDEX touches_age ON touches (at);

CREATE TABLE customers (
    id            BLOB     PRIMARY KEY,
    alliance_id   BLOB     NOT NULL,
    store_id      BLOB     NOT NULL,
    member_id     BLOB,
    phone         TEXT,
    phone_hash    BLOB     NOT NULL,
    name          TEXT     NOT NULL DEFAULT '',
    tags          TEXT     NOT NULL,
    note          TEXT     NOT NULL,
    last_purchase TEXT     NOT NULL DEFAULT '',
    purchases     INTEGER  NOT NULL DEFAULT 0,
    spent         INTEGER  NOT NULL DEFAULT 0,
    link_id       BLOB,
    source_hash   BLOB,
    imported_at   DATETIME,
    created_at    DATETIME NOT NULL,
    updated_at    DATETIME NOT NULL,
    UNIQUE (store_id, phone_hash)
);
CREATE INDEX customers_member ON customers (store_id, member_id);
CREATE INDEX customers_phone ON customers (alliance_id, phone_hash, imported_at);
CREATE INDEX customers_person ON customers (member_id);

CREATE TABLE imports (
    id              BLOB     PRIMARY KEY,
    alliance_id     BLOB     NOT NULL,
    store_id        BLOB     NOT NULL,
    account_id      BLOB     NOT NULL,
    file_name       TEXT     NOT NULL,
    encoding        TEXT     NOT NULL,
    state           TEXT     NOT NULL,
    found_columns   TEXT     NOT NULL,
    count_rows      INTEGER  NOT NULL DEFAULT 0,
    count_valid     INTEGER  NOT NULL DEFAULT 0,
    count_new       INTEGER  NOT NULL DEFAULT 0,
    count_known     INTEGER  NOT NULL DEFAULT 0,
    count_duplicate INTEGER  NOT NULL DEFAULT 0,
    count_invalid   INTEGER  NOT NULL DEFAULT 0,
    done            INTEGER  NOT NULL DEFAULT 0,
    attempts        INTEGER  NOT NULL DEFAULT 0,
    created_at      DATETIME NOT NULL,
    started_at      DATETIME,
    ended_at        DATETIME
);
CREATE INDEX imports_store ON imports (store_id, created_at);
CREATE INDEX imports_state ON imports (state, created_at);

CREATE TABLE import_rows (
    id           BLOB    PRIMARY KEY,
    alliance_id  BLOB    NOT NULL,
    import_id    BLOB    NOT NULL,
    line         INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    name         TEXT    NOT NULL DEFAULT '',
    phone_masked TEXT    NOT NULL DEFAULT '',
    phone_hash   BLOB,
    problem      TEXT    NOT NULL DEFAULT '',
    detail       TEXT    NOT NULL DEFAULT '',
    same_as_line INTEGER NOT NULL DEFAULT 0,
    person       TEXT    NOT NULL,
    outcome      TEXT    NOT NULL DEFAULT '',
    UNIQUE (import_id, line)
);
CREATE INDEX import_rows_person ON import_rows (alliance_id, phone_hash);

-- +goose Down
DROP TABLE import_rows;
DROP TABLE imports;
DROP TABLE customers;
DROP TABLE touches;
DROP TABLE join_links;
DROP TABLE member_privacy;
DROP TABLE members;
DROP TABLE stores;
DROP TABLE alliances;
