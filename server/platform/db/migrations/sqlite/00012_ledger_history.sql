-- +goose Up
-- What an account holds after each batch that touched it: its balance as of any time is one look at this table.
CREATE TABLE ledger_balances (
    account_id      BLOB     NOT NULL,
    recorded_at     DATETIME NOT NULL,
    seq             INTEGER  NOT NULL,
    alliance_id     BLOB     NOT NULL,
    debits          INTEGER  NOT NULL,
    credits         INTEGER  NOT NULL,
    pending_debits  INTEGER  NOT NULL,
    pending_credits INTEGER  NOT NULL,
    PRIMARY KEY (account_id, recorded_at, seq)
) WITHOUT ROWID;

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
ALTER TABLE ledger_heads ADD COLUMN recorded_at DATETIME;
UPDATE ledger_heads SET recorded_at = (SELECT MAX(recorded_at) FROM ledger_transfers AS t WHERE t.alliance_id = ledger_heads.alliance_id);

-- The limits, held by the database itself. 4611686018427387904 is 2 to the power of 62.
-- +goose StatementBegin
CREATE TRIGGER ledger_accounts_open_within BEFORE INSERT ON ledger_accounts
WHEN NEW.debits < 0 OR NEW.credits < 0 OR NEW.pending_debits < 0 OR NEW.pending_credits < 0
    OR NEW.debits > 4611686018427387904 - NEW.pending_debits OR NEW.credits > 4611686018427387904 - NEW.pending_credits
    OR (NEW.limited = 'debits_within_credits' AND NEW.debits + NEW.pending_debits > NEW.credits)
    OR (NEW.limited = 'credits_within_debits' AND NEW.credits + NEW.pending_credits > NEW.debits)
BEGIN
    SELECT RAISE(ABORT, 'CHECK constraint failed: ledger_accounts_within');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_accounts_within BEFORE UPDATE ON ledger_accounts
WHEN NEW.debits < 0 OR NEW.credits < 0 OR NEW.pending_debits < 0 OR NEW.pending_credits < 0
    OR NEW.debits > 4611686018427387904 - NEW.pending_debits OR NEW.credits > 4611686018427387904 - NEW.pending_credits
    OR (NEW.limited = 'debits_within_credits' AND NEW.debits + NEW.pending_debits > NEW.credits)
    OR (NEW.limited = 'credits_within_debits' AND NEW.credits + NEW.pending_credits > NEW.debits)
BEGIN
    SELECT RAISE(ABORT, 'CHECK constraint failed: ledger_accounts_within');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_balances_no_update BEFORE UPDATE ON ledger_balances
BEGIN
    SELECT RAISE(ABORT, 'a past balance is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_balances_no_delete BEFORE DELETE ON ledger_balances
BEGIN
    SELECT RAISE(ABORT, 'a past balance is never deleted');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER ledger_accounts_open_within;
DROP TRIGGER ledger_accounts_within;
DROP TABLE ledger_balances;
ALTER TABLE ledger_heads DROP COLUMN recorded_at;
