-- +goose Up
-- The store that keeps the alliance's purse: it pays and is paid for the fund, so that only stores pay each other.
ALTER TABLE alliances ADD COLUMN treasurer_id BINARY(16) NULL;
ALTER TABLE settlements ADD COLUMN treasurer_id BINARY(16) NULL;

-- +goose Down
ALTER TABLE settlements DROP COLUMN treasurer_id;
ALTER TABLE alliances DROP COLUMN treasurer_id;
