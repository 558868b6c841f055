-- +goose Up
-- MySQL has no partial indexes: nothing changes here, and the numbers stay together with SQLite's.
SELECT 1;

-- +goose Down
SELECT 1;
