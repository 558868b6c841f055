-- +goose Up
CREATE TABLE ledger_heads (
    alliance_id BLOB    PRIMARY KEY,
    seq         INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE ledger_accounts (
    id              BLOB     PRIMARY KEY,
    alliance_id     BLOB     NOT NULL,
    owner           TEXT     NOT NULL,
    owner_id        BLOB     NOT NULL,
    unit            TEXT     NOT NULL,
    limited         TEXT     NOT NULL DEFAULT '',
    debits          INTEGER  NOT NULL DEFAULT 0,
    credits         INTEGER  NOT NULL DEFAULT 0,
    pending_debits  INTEGER  NOT NULL DEFAULT 0,
    pending_credits INTEGER  NOT NULL DEFAULT 0,
    created_at      DATETIME NOT NULL,
    UNIQUE (alliance_id, owner, owner_id, unit)
);

CREATE TABLE ledger_transfers (
    id            BLOB     PRIMARY KEY,
    alliance_id   BLOB     NOT NULL,
    seq           INTEGER  NOT NULL,
    reference     TEXT     NOT NULL,
    step          TEXT     NOT NULL,
    kind          TEXT     NOT NULL,
    unit          TEXT     NOT NULL,
    debit_id      BLOB     NOT NULL REFERENCES ledger_accounts (id),
    credit_id     BLOB     NOT NULL REFERENCES ledger_accounts (id),
    amount        INTEGER  NOT NULL CHECK (amount > 0),
    settles_id    BLOB     REFERENCES ledger_transfers (id),
    reverses_id   BLOB     REFERENCES ledger_transfers (id),
    reason        TEXT     NOT NULL DEFAULT '',
    expires_at    DATETIME,
    member_id     BLOB,
    store_id      BLOB,
    visit_id      BLOB,
    campaign_id   BLOB,
    coupon_id     BLOB,
    redemption_id BLOB,
    referral_id   BLOB,
    at            DATETIME NOT NULL,
    recorded_at   DATETIME NOT NULL,
    leaf          BLOB     NOT NULL,
    UNIQUE (alliance_id, seq),
    UNIQUE (alliance_id, reference),
    UNIQUE (settles_id),
    UNIQUE (reverses_id)
);
CREATE INDEX ledger_transfers_debit ON ledger_transfers (debit_id, at, seq);
CREATE INDEX ledger_transfers_credit ON ledger_transfers (credit_id, at, seq);
CREATE INDEX ledger_transfers_waiting ON ledger_transfers (credit_id, step, at, amount);
CREATE INDEX ledger_transfers_visit ON ledger_transfers (visit_id);
CREATE INDEX ledger_transfers_referral ON ledger_transfers (referral_id);

-- What is written stays: neither UPDATE nor DELETE, nor an INSERT OR REPLACE that would delete in passing.
-- +goose StatementBegin
CREATE TRIGGER ledger_transfers_no_update BEFORE UPDATE ON ledger_transfers
BEGIN
    SELECT RAISE(ABORT, 'a transfer is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_transfers_no_delete BEFORE DELETE ON ledger_transfers
BEGIN
    SELECT RAISE(ABORT, 'a transfer is never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_transfers_no_replace BEFORE INSERT ON ledger_transfers
WHEN EXISTS (SELECT 1 FROM ledger_transfers WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM ledger_transfers WHERE alliance_id = NEW.alliance_id AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM ledger_transfers WHERE alliance_id = NEW.alliance_id AND reference = NEW.reference)
    OR EXISTS (SELECT 1 FROM ledger_transfers WHERE settles_id = NEW.settles_id)
    OR EXISTS (SELECT 1 FROM ledger_transfers WHERE reverses_id = NEW.reverses_id)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: a transfer is never replaced');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE ledger_transfers;
DROP TABLE ledger_accounts;
DROP TABLE ledger_heads;
