-- +goose Up
-- A phone that the organiser took off the door: what it still brings lets nobody in.
ALTER TABLE doors ADD COLUMN taken_off_by BINARY(16) NULL;

-- +goose Down
ALTER TABLE doors DROP COLUMN taken_off_by;
