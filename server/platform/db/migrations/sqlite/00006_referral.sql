-- +goose Up
CREATE TABLE referrals (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    member_id   BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    inviter_id  BLOB,
    link_id     BLOB,
    link_kind   TEXT     NOT NULL DEFAULT '',
    state       TEXT     NOT NULL,
    amount      INTEGER  NOT NULL CHECK (amount >= 0),
    points      INTEGER  NOT NULL DEFAULT 0 CHECK (points >= 0),
    rewarded    INTEGER  NOT NULL DEFAULT 0,
    evidence    TEXT     NOT NULL,
    joined_at   DATETIME NOT NULL,
    vests_by    DATETIME NOT NULL,
    round       INTEGER  NOT NULL DEFAULT 1,
    visit_id    BLOB,
    settled_at  DATETIME,
    created_at  DATETIME NOT NULL,
    UNIQUE (alliance_id, member_id)
);
CREATE INDEX referrals_due ON referrals (state, vests_by);
CREATE INDEX referrals_list ON referrals (alliance_id, joined_at, id);
CREATE INDEX referrals_inviter ON referrals (inviter_id);
CREATE INDEX referrals_visit ON referrals (visit_id);

CREATE TABLE commissions (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    visit_id    BLOB     NOT NULL,
    member_id   BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    origin_id   BLOB     NOT NULL,
    month       TEXT     NOT NULL,
    paid        INTEGER  NOT NULL CHECK (paid >= 0),
    bps         INTEGER  NOT NULL,
    uncapped    INTEGER  NOT NULL,
    prior       INTEGER  NOT NULL,
    amount      INTEGER  NOT NULL CHECK (amount >= 0),
    at          DATETIME NOT NULL,
    reversed_at DATETIME,
    UNIQUE (visit_id)
);
CREATE INDEX commissions_month ON commissions (alliance_id, member_id, month);

CREATE TABLE commission_months (
    alliance_id BLOB    NOT NULL,
    member_id   BLOB    NOT NULL,
    month       TEXT    NOT NULL,
    amount      INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),
    PRIMARY KEY (alliance_id, member_id, month)
);

-- +goose Down
DROP TABLE commission_months;
DROP TABLE commissions;
DROP TABLE referrals;
