-- +goose Up
CREATE TABLE ledger_heads (
    alliance_id BINARY(16) NOT NULL PRIMARY KEY,
    seq         BIGINT     NOT NULL DEFAULT 0
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE ledger_accounts (
    id              BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id     BINARY(16)  NOT NULL,
    owner           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner_id        BINARY(16)  NOT NULL,
    unit            VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    limited         VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
    debits          BIGINT      NOT NULL DEFAULT 0,
    credits         BIGINT      NOT NULL DEFAULT 0,
    pending_debits  BIGINT      NOT NULL DEFAULT 0,
    pending_credits BIGINT      NOT NULL DEFAULT 0,
    created_at      DATETIME(6) NOT NULL,
    UNIQUE KEY ledger_accounts_key (alliance_id, owner, owner_id, unit)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE ledger_transfers (
    id            BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id   BINARY(16)   NOT NULL,
    seq           BIGINT       NOT NULL,
    reference     VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    step          VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind          VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    unit          VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    debit_id      BINARY(16)   NOT NULL,
    credit_id     BINARY(16)   NOT NULL,
    amount        BIGINT       NOT NULL CHECK (amount > 0),
    settles_id    BINARY(16)   NULL,
    reverses_id   BINARY(16)   NULL,
    reason        VARCHAR(400) NOT NULL DEFAULT '',
    expires_at    DATETIME(6)  NULL,
    member_id     BINARY(16)   NULL,
    store_id      BINARY(16)   NULL,
    visit_id      BINARY(16)   NULL,
    campaign_id   BINARY(16)   NULL,
    coupon_id     BINARY(16)   NULL,
    redemption_id BINARY(16)   NULL,
    referral_id   BINARY(16)   NULL,
    at            DATETIME(6)  NOT NULL,
    recorded_at   DATETIME(6)  NOT NULL,
    leaf          BINARY(32)   NOT NULL,
    UNIQUE KEY ledger_transfers_seq (alliance_id, seq),
    UNIQUE KEY ledger_transfers_reference (alliance_id, reference),
    UNIQUE KEY ledger_transfers_settles (settles_id),
    UNIQUE KEY ledger_transfers_reverses (reverses_id),
    KEY ledger_transfers_debit (debit_id, at, seq),
    KEY ledger_transfers_credit (credit_id, at, seq),
    KEY ledger_transfers_waiting (credit_id, step, at, amount),
    KEY ledger_transfers_visit (visit_id),
    KEY ledger_transfers_referral (referral_id),
    CONSTRAINT ledger_transfers_debit_account FOREIGN KEY (debit_id) REFERENCES ledger_accounts (id),
    CONSTRAINT ledger_transfers_credit_account FOREIGN KEY (credit_id) REFERENCES ledger_accounts (id),
    CONSTRAINT ledger_transfers_settled FOREIGN KEY (settles_id) REFERENCES ledger_transfers (id),
    CONSTRAINT ledger_transfers_reversed FOREIGN KEY (reverses_id) REFERENCES ledger_transfers (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- What is written stays. Where the binary log is on, MySQL lets an ordinary user create triggers only with
-- log_bin_trust_function_creators = 1.
-- +goose StatementBegin
CREATE TRIGGER ledger_transfers_no_update BEFORE UPDATE ON ledger_transfers FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a transfer is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_transfers_no_delete BEFORE DELETE ON ledger_transfers FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a transfer is never deleted';
-- +goose StatementEnd

-- +goose Down
DROP TABLE ledger_transfers;
DROP TABLE ledger_accounts;
DROP TABLE ledger_heads;
