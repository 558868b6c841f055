-- +goose Up
CREATE TABLE referrals (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    member_id   BINARY(16)  NOT NULL,
    store_id    BINARY(16)  NOT NULL,
    inviter_id  BINARY(16)  NULL,
    link_id     BINARY(16)  NULL,
    link_kind   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount      BIGINT      NOT NULL CHECK (amount >= 0),
    points      BIGINT      NOT NULL DEFAULT 0 CHECK (points >= 0),
    rewarded    TINYINT(1)  NOT NULL DEFAULT 0,
    evidence    MEDIUMTEXT  NOT NULL,
    joined_at   DATETIME(6) NOT NULL,
    vests_by    DATETIME(6) NOT NULL,
    round       BIGINT      NOT NULL DEFAULT 1,
    visit_id    BINARY(16)  NULL,
    settled_at  DATETIME(6) NULL,
    created_at  DATETIME(6) NOT NULL,
    UNIQUE KEY referrals_member (alliance_id, member_id),
    KEY referrals_due (state, vests_by),
    KEY referrals_list (alliance_id, joined_at, id),
    KEY referrals_inviter (inviter_id),
    KEY referrals_visit (visit_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE commissions (
    id          BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)   NOT NULL,
    visit_id    BINARY(16)   NOT NULL,
    member_id   BINARY(16)   NOT NULL,
    store_id    BINARY(16)   NOT NULL,
    origin_id   BINARY(16)   NOT NULL,
    month       CHAR(7)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    paid        BIGINT       NOT NULL CHECK (paid >= 0),
    bps         BIGINT       NOT NULL,
    uncapped    BIGINT       NOT NULL,
    prior       BIGINT       NOT NULL,
    amount      BIGINT       NOT NULL CHECK (amount >= 0),
    at          DATETIME(6)  NOT NULL,
    reversed_at DATETIME(6)  NULL,
    UNIQUE KEY commissions_visit (visit_id),
    KEY commissions_month (alliance_id, member_id, month)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE commission_months (
    alliance_id BINARY(16) NOT NULL,
    member_id   BINARY(16) NOT NULL,
    month       CHAR(7)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount      BIGINT     NOT NULL DEFAULT 0 CHECK (amount >= 0),
    PRIMARY KEY (alliance_id, member_id, month)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE commission_months;
DROP TABLE commissions;
DROP TABLE referrals;
