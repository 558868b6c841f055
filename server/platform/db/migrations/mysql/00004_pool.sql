-- +goose Up
CREATE TABLE alliances (
    id               BINARY(16)  NOT NULL PRIMARY KEY,
    slug             VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name             VARCHAR(80) NOT NULL,
    time_zone        VARCHAR(64) NOT NULL,
    referral_credit  BIGINT      NOT NULL,
    commission_bps   BIGINT      NOT NULL,
    commission_cap   BIGINT      NOT NULL,
    vest_days        INT         NOT NULL,
    attribution_days INT         NOT NULL,
    quiet_days       INT         NOT NULL,
    points_per_yuan  BIGINT      NOT NULL,
    inviter_points   BIGINT      NOT NULL,
    k                INT         NOT NULL,
    market_rule      VARCHAR(500) NOT NULL DEFAULT '',
    weekly_limit     INT         NOT NULL,
    last_number      BIGINT      NOT NULL DEFAULT 0,
    roster           BIGINT      NOT NULL DEFAULT 0,
    version          BIGINT      NOT NULL DEFAULT 1,
    created_at       DATETIME(6) NOT NULL,
    UNIQUE KEY alliances_slug (slug)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE stores (
    id             BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id    BINARY(16)   NOT NULL,
    slug           VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name           VARCHAR(80)  NOT NULL,
    short_name     VARCHAR(16)  NOT NULL,
    color          VARCHAR(9)   NOT NULL,
    color_night    VARCHAR(9)   NOT NULL,
    front          VARCHAR(32)  NOT NULL,
    position       INT          NOT NULL,
    width          INT          NOT NULL,
    persona_name   VARCHAR(40)  NOT NULL DEFAULT '',
    persona_face   VARCHAR(200) NOT NULL DEFAULT '',
    story_title    VARCHAR(120) NOT NULL DEFAULT '',
    story          TEXT         NOT NULL,
    address        VARCHAR(200) NOT NULL DEFAULT '',
    hours          TEXT         NOT NULL,
    live           VARCHAR(40)  NOT NULL DEFAULT '',
    live_until     DATETIME(6)  NULL,
    status         VARCHAR(16)  NOT NULL DEFAULT 'active',
    suspend_reason VARCHAR(500) NOT NULL DEFAULT '',
    version        BIGINT       NOT NULL DEFAULT 1,
    created_at     DATETIME(6)  NOT NULL,
    UNIQUE KEY stores_slug (alliance_id, slug)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE members (
    id              BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id     BINARY(16)   NOT NULL,
    account_id      BINARY(16)   NOT NULL,
    number          BIGINT       NOT NULL,
    name            VARCHAR(80)  NOT NULL DEFAULT '',
    face            VARCHAR(200) NOT NULL DEFAULT '',
    origin_store_id BINARY(16)   NULL,
    inviter_id      BINARY(16)   NULL,
    join_link_id    BINARY(16)   NULL,
    device_id       BINARY(16)   NULL,
    secret          VARCHAR(64)  NOT NULL DEFAULT '',
    pseudonym       VARCHAR(40)  NOT NULL,
    joined_at       DATETIME(6)  NOT NULL,
    left_at         DATETIME(6)  NULL,
    UNIQUE KEY members_account (alliance_id, account_id),
    UNIQUE KEY members_number (alliance_id, number),
    KEY members_origin (alliance_id, origin_store_id, joined_at),
    KEY members_inviter (inviter_id),
    KEY members_link (join_link_id),
    KEY members_device (device_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE member_privacy (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    member_id   BINARY(16)  NOT NULL,
    store_id    BINARY(16)  NOT NULL,
    phone       BOOLEAN     NOT NULL DEFAULT 0,
    muted       BOOLEAN     NOT NULL DEFAULT 0,
    updated_at  DATETIME(6) NOT NULL,
    UNIQUE KEY member_privacy_store (member_id, store_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE join_links (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    store_id    BINARY(16)  NOT NULL,
    code        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    label       VARCHAR(80) NOT NULL DEFAULT '',
    account_id  BINARY(16)  NULL,
    member_id   BINARY(16)  NULL,
    customer_id BINARY(16)  NULL,
    created_at  DATETIME(6) NOT NULL,
    expires_at  DATETIME(6) NULL,
    UNIQUE KEY join_links_code (code),
    KEY join_links_store (store_id, kind, created_at),
    KEY join_links_member (member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE touches (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    device_id   BINARY(16)  NOT NULL,
    link_id     BINARY(16)  NOT NULL,
    store_id    BINARY(16)  NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    at          DATETIME(6) NOT NULL,
    KEY touches_device (device_id, at),
    KEY touches_age (at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE customers (
    id            BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id   BINARY(16)  NOT NULL,
    store_id      BINARY(16)  NOT NULL,
    member_id     BINARY(16)  NULL,
    phone         VARCHAR(20) NULL,
    phone_hash    BINARY(32)  NOT NULL,
    name          VARCHAR(80) NOT NULL DEFAULT '',
    tags          TEXT        NOT NULL,
    note          TEXT        NOT NULL,
    last_purchase VARCHAR(10) NOT NULL DEFAULT '',
    purchases     INT         NOT NULL DEFAULT 0,
    spent         BIGINT      NOT NULL DEFAULT 0,
    link_id       BINARY(16)  NULL,
    source_hash   BINARY(32)  NULL,
    imported_at   DATETIME(6) NULL,
    created_at    DATETIME(6) NOT NULL,
    updated_at    DATETIME(6) NOT NULL,
    UNIQUE KEY customers_phone_hash (store_id, phone_hash),
    KEY customers_member (store_id, member_id),
    KEY customers_phone (alliance_id, phone_hash, imported_at),
    KEY customers_person (member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE imports (
    id              BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id     BINARY(16)   NOT NULL,
    store_id        BINARY(16)   NOT NULL,
    account_id      BINARY(16)   NOT NULL,
    file_name       VARCHAR(200) NOT NULL,
    encoding        VARCHAR(16)  NOT NULL,
    state           VARCHAR(16)  NOT NULL,
    found_columns   MEDIUMTEXT   NOT NULL,
    count_rows      INT          NOT NULL DEFAULT 0,
    count_valid     INT          NOT NULL DEFAULT 0,
    count_new       INT          NOT NULL DEFAULT 0,
    count_known     INT          NOT NULL DEFAULT 0,
    count_duplicate INT          NOT NULL DEFAULT 0,
    count_invalid   INT          NOT NULL DEFAULT 0,
    done            INT          NOT NULL DEFAULT 0,
    attempts        INT          NOT NULL DEFAULT 0,
    created_at      DATETIME(6)  NOT NULL,
    started_at      DATETIME(6)  NULL,
    ended_at        DATETIME(6)  NULL,
    KEY imports_store (store_id, created_at),
    KEY imports_state (state, created_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE import_rows (
    id           BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id  BINARY(16)   NOT NULL,
    import_id    BINARY(16)   NOT NULL,
    line         INT          NOT NULL,
    state        VARCHAR(16)  NOT NULL,
    name         VARCHAR(80)  NOT NULL DEFAULT '',
    phone_masked VARCHAR(20)  NOT NULL DEFAULT '',
    phone_hash   BINARY(32)   NULL,
    problem      VARCHAR(40)  NOT NULL DEFAULT '',
    detail       VARCHAR(200) NOT NULL DEFAULT '',
    same_as_line INT          NOT NULL DEFAULT 0,
    person       TEXT         NOT NULL,
    outcome      VARCHAR(16)  NOT NULL DEFAULT '',
    UNIQUE KEY import_rows_line (import_id, line),
    KEY import_rows_person (alliance_id, phone_hash)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

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
