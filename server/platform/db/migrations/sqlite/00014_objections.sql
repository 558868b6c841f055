-- +goose Up
ALTER TABLE referrals ADD COLUMN settled_why TEXT NOT NULL DEFAULT '';
UPDATE referrals SET settled_why = 'late' WHERE state = 'voided';
CREATE INDEX referrals_store ON referrals (alliance_id, store_id, state);

CREATE TABLE referral_claims (
    referral_id  BLOB     NOT NULL,
    position     INTEGER  NOT NULL,
    alliance_id  BLOB     NOT NULL,
    store_id     BLOB     NOT NULL,
    kind         TEXT     NOT NULL,
    link_id      BLOB,
    inviter_id   BLOB,
    at           DATETIME NOT NULL,
    won          INTEGER  NOT NULL,
    why          TEXT     NOT NULL,
    dismissed_at DATETIME,
    dismissed_by BLOB,
    PRIMARY KEY (referral_id, position)
) WITHOUT ROWID;
CREATE INDEX referral_claims_store ON referral_claims (alliance_id, store_id, at);

-- The claims of the referrals that are there, out of their evidence.
INSERT INTO referral_claims (referral_id, position, alliance_id, store_id, kind, link_id, inviter_id, at, won, why)
SELECT r.id, c.key + 1, r.alliance_id,
       unhex(replace(json_extract(c.value, '$.store_id'), '-', '')), json_extract(c.value, '$.kind'),
       unhex(replace(json_extract(c.value, '$.link_id'), '-', '')), unhex(replace(json_extract(c.value, '$.inviter_id'), '-', '')),
       replace(replace(json_extract(c.value, '$.at'), 'T', ' '), 'Z', '+00:00'), json_extract(c.value, '$.won'), json_extract(c.value, '$.why')
FROM referrals AS r, json_each(r.evidence, '$.claims') AS c WHERE c.type = 'object';

CREATE TABLE objections (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    referral_id BLOB     NOT NULL,
    round       INTEGER  NOT NULL,
    store_id    BLOB     NOT NULL,
    origin_id   BLOB     NOT NULL,
    account_id  BLOB     NOT NULL,
    reason      TEXT     NOT NULL,
    state       TEXT     NOT NULL,
    at          DATETIME NOT NULL,
    answer_by   DATETIME NOT NULL,
    answer      TEXT     NOT NULL DEFAULT '',
    answered_by BLOB,
    answered_at DATETIME,
    decision    TEXT     NOT NULL DEFAULT '',
    decided_for BLOB,
    decided_by  BLOB,
    decided_at  DATETIME,
    UNIQUE (referral_id, store_id)
);
CREATE INDEX objections_list ON objections (alliance_id, state, at);
CREATE INDEX objections_store ON objections (alliance_id, store_id);
CREATE INDEX objections_origin ON objections (alliance_id, origin_id);

-- What was said stays: each word is written once, and a case that is closed is not opened again.
-- +goose StatementBegin
CREATE TRIGGER objections_no_update BEFORE UPDATE ON objections
WHEN OLD.state <> 'open'
    OR NEW.id <> OLD.id OR NEW.alliance_id <> OLD.alliance_id OR NEW.referral_id <> OLD.referral_id OR NEW.round <> OLD.round
    OR NEW.store_id <> OLD.store_id OR NEW.origin_id <> OLD.origin_id OR NEW.account_id <> OLD.account_id
    OR NEW.reason <> OLD.reason OR NEW.at <> OLD.at OR NEW.answer_by <> OLD.answer_by
    OR (OLD.answered_at IS NOT NULL AND (NEW.answer <> OLD.answer OR NEW.answered_at IS NOT OLD.answered_at OR NEW.answered_by IS NOT OLD.answered_by))
BEGIN
    SELECT RAISE(ABORT, 'what was said in an objection is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER objections_no_delete BEFORE DELETE ON objections
BEGIN
    SELECT RAISE(ABORT, 'an objection is never deleted');
END;
-- +goose StatementEnd

-- A visit's commission may be posted anew when another store becomes the origin.
ALTER TABLE commissions RENAME TO commissions_before;
DROP INDEX commissions_month;
CREATE TABLE commissions (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    visit_id    BLOB     NOT NULL,
    round       INTEGER  NOT NULL DEFAULT 1,
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
    UNIQUE (visit_id, round)
);
CREATE INDEX commissions_month ON commissions (alliance_id, member_id, month);
INSERT INTO commissions (id, alliance_id, visit_id, member_id, store_id, origin_id, month, paid, bps, uncapped, prior, amount, at, reversed_at)
SELECT id, alliance_id, visit_id, member_id, store_id, origin_id, month, paid, bps, uncapped, prior, amount, at, reversed_at FROM commissions_before;
DROP TABLE commissions_before;

-- +goose Down
DROP TABLE objections;
DROP TABLE referral_claims;
DROP INDEX referrals_store;
ALTER TABLE referrals DROP COLUMN settled_why;
