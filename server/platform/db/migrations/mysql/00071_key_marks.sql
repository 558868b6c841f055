-- +goose Up
-- A key is marked in the transaction of what was done under it: whoever takes it over does not do it again.
ALTER TABLE idempotency_keys ADD COLUMN done TINYINT(1) NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE idempotency_keys DROP COLUMN done;
