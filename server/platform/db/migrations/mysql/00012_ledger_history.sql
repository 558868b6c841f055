-- +goose Up
-- What an account holds after each batch that touched it: its balance as of any time is one look at this table.
CREATE TABLE ledger_balances (
    account_id      BINARY(16)  NOT NULL,
    recorded_at     DATETIME(6) NOT NULL,
    seq             BIGINT      NOT NULL,
    alliance_id     BINARY(16)  NOT NULL,
    debits          BIGINT      NOT NULL,
    credits         BIGINT      NOT NULL,
    pending_debits  BIGINT      NOT NULL,
    pending_credits BIGINT      NOT NULL,
    PRIMARY KEY (account_id, recorded_at, seq)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

INSERT INTO ledger_balances (account_id, recorded_at, seq, alliance_id, debits, credits, pending_debits, pending_credits)
SELECT account_id, recorded_at, seq, alliance_id,
    SUM(CASE WHEN out_side AND step IN ('single', 'post') THEN amount ELSE 0 END) OVER so_far,
    SUM(CASE WHEN NOT out_side AND step IN ('single', 'post') THEN amount ELSE 0 END) OVER so_far,
    SUM(CASE WHEN NOT out_side OR step = 'single' THEN 0 WHEN step = 'pending' THEN amount ELSE -amount END) OVER so_far,
    SUM(CASE WHEN out_side OR step = 'single' THEN 0 WHEN step = 'pending' THEN amount ELSE -amount END) OVER so_far
FROM (
    SELECT debit_id AS account_id, 1 AS out_side, recorded_at, seq, alliance_id, step, amount FROM ledger_transfers
    UNION ALL
    SELECT credit_id, 0, recorded_at, seq, alliance_id, step, amount FROM ledger_transfers
) AS sides
WINDOW so_far AS (PARTITION BY account_id ORDER BY seq);

-- The time of the last transfer: recorded times never run backwards, whatever the clocks of the nodes say.
ALTER TABLE ledger_heads ADD COLUMN recorded_at DATETIME(6) NULL;
UPDATE ledger_heads SET recorded_at = (SELECT MAX(recorded_at) FROM ledger_transfers AS t WHERE t.alliance_id = ledger_heads.alliance_id);

-- The limits, held by the database itself. 4611686018427387904 is 2 to the power of 62.
ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_within CHECK (
    debits >= 0 AND credits >= 0 AND pending_debits >= 0 AND pending_credits >= 0
    AND debits <= 4611686018427387904 - pending_debits AND credits <= 4611686018427387904 - pending_credits
    AND (limited <> 'debits_within_credits' OR debits + pending_debits <= credits)
    AND (limited <> 'credits_within_debits' OR credits + pending_credits <= debits)
);

-- +goose StatementBegin
CREATE TRIGGER ledger_balances_no_update BEFORE UPDATE ON ledger_balances FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a past balance is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_balances_no_delete BEFORE DELETE ON ledger_balances FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a past balance is never deleted';
-- +goose StatementEnd

-- +goose Down
ALTER TABLE ledger_accounts DROP CONSTRAINT ledger_accounts_within;
ALTER TABLE ledger_heads DROP COLUMN recorded_at;
DROP TABLE ledger_balances;
