-- +goose Up
-- Most transfers are posted at once and name no referral: indexes that leave out what nobody looks for there cost nothing
-- to keep for them.
DROP INDEX ledger_transfers_waiting;
DROP INDEX ledger_transfers_visit;
DROP INDEX ledger_transfers_referral;
CREATE INDEX ledger_transfers_waiting ON ledger_transfers (credit_id, step, at, amount) WHERE step IN ('pending', 'post', 'void');
CREATE INDEX ledger_transfers_visit ON ledger_transfers (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX ledger_transfers_referral ON ledger_transfers (referral_id) WHERE referral_id IS NOT NULL;

-- +goose Down
DROP INDEX ledger_transfers_waiting;
DROP INDEX ledger_transfers_visit;
DROP INDEX ledger_transfers_referral;
CREATE INDEX ledger_transfers_waiting ON ledger_transfers (credit_id, step, at, amount);
CREATE INDEX ledger_transfers_visit ON ledger_transfers (visit_id);
CREATE INDEX ledger_transfers_referral ON ledger_transfers (referral_id);
