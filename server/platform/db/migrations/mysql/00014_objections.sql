-- +goose Up
ALTER TABLE referrals
    ADD COLUMN settled_why VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    ADD KEY referrals_store (alliance_id, store_id, state);
UPDATE referrals SET settled_why = 'late' WHERE state = 'voided';

CREATE TABLE referral_claims (
    referral_id  BINARY(16)  NOT NULL,
    position     INT         NOT NULL,
    alliance_id  BINARY(16)  NOT NULL,
    store_id     BINARY(16)  NOT NULL,
    kind         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    link_id      BINARY(16)  NULL,
    inviter_id   BINARY(16)  NULL,
    at           DATETIME(6) NOT NULL,
    won          TINYINT(1)  NOT NULL,
    why          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    dismissed_at DATETIME(6) NULL,
    dismissed_by BINARY(16)  NULL,
    PRIMARY KEY (referral_id, position),
    KEY referral_claims_store (alliance_id, store_id, at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The claims of the referrals that are there, out of their evidence.
INSERT INTO referral_claims (referral_id, position, alliance_id, store_id, kind, link_id, inviter_id, at, won, why)
SELECT r.id, c.position, r.alliance_id, UNHEX(REPLACE(c.store_id, '-', '')), c.kind, UNHEX(REPLACE(c.link_id, '-', '')),
       UNHEX(REPLACE(c.inviter_id, '-', '')), CAST(REPLACE(REPLACE(c.at, 'T', ' '), 'Z', '') AS DATETIME(6)), c.won = 'true', c.why
FROM referrals AS r
JOIN JSON_TABLE(r.evidence, '$.claims[*]' COLUMNS (
    position   FOR ORDINALITY,
    store_id   VARCHAR(36) PATH '$.store_id',
    kind       VARCHAR(16) PATH '$.kind',
    link_id    VARCHAR(36) PATH '$.link_id',
    inviter_id VARCHAR(36) PATH '$.inviter_id',
    at         VARCHAR(40) PATH '$.at',
    won        VARCHAR(5)  PATH '$.won',
    why        VARCHAR(16) PATH '$.why'
)) AS c;

CREATE TABLE objections (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    referral_id BINARY(16)  NOT NULL,
    round       BIGINT      NOT NULL,
    store_id    BINARY(16)  NOT NULL,
    origin_id   BINARY(16)  NOT NULL,
    account_id  BINARY(16)  NOT NULL,
    reason      TEXT        NOT NULL,
    state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at          DATETIME(6) NOT NULL,
    answer_by   DATETIME(6) NOT NULL,
    answer      TEXT        NOT NULL,
    answered_by BINARY(16)  NULL,
    answered_at DATETIME(6) NULL,
    decision    TEXT        NOT NULL,
    decided_for BINARY(16)  NULL,
    decided_by  BINARY(16)  NULL,
    decided_at  DATETIME(6) NULL,
    UNIQUE KEY objections_once (referral_id, store_id),
    KEY objections_list (alliance_id, state, at),
    KEY objections_store (alliance_id, store_id),
    KEY objections_origin (alliance_id, origin_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- What was said stays: each word is written once, and a case that is closed is not opened again.
-- +goose StatementBegin
CREATE TRIGGER objections_no_update BEFORE UPDATE ON objections FOR EACH ROW
    IF OLD.state <> 'open'
        OR NEW.id <> OLD.id OR NEW.alliance_id <> OLD.alliance_id OR NEW.referral_id <> OLD.referral_id OR NEW.round <> OLD.round
        OR NEW.store_id <> OLD.store_id OR NEW.origin_id <> OLD.origin_id OR NEW.account_id <> OLD.account_id
        OR BINARY NEW.reason <> BINARY OLD.reason OR NEW.at <> OLD.at OR NEW.answer_by <> OLD.answer_by
        OR (OLD.answered_at IS NOT NULL AND (BINARY NEW.answer <> BINARY OLD.answer OR NOT NEW.answered_at <=> OLD.answered_at
            OR NOT NEW.answered_by <=> OLD.answered_by)) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what was said in an objection is never changed';
    END IF;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER objections_no_delete BEFORE DELETE ON objections FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an objection is never deleted';
-- +goose StatementEnd

-- A visit's commission may be posted anew when another store becomes the origin.
ALTER TABLE commissions
    ADD COLUMN round BIGINT NOT NULL DEFAULT 1,
    DROP KEY commissions_visit,
    ADD UNIQUE KEY commissions_visit (visit_id, round);

-- +goose Down
ALTER TABLE commissions DROP KEY commissions_visit, DROP COLUMN round, ADD UNIQUE KEY commissions_visit (visit_id);
DROP TABLE objections;
DROP TABLE referral_claims;
ALTER TABLE referrals DROP KEY referrals_store, DROP COLUMN settled_why;
