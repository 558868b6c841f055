-- +goose Up
-- Events of the street itself: the store whose staff checked a guest in, where that is not the host.
ALTER TABLE sign_ups ADD COLUMN seen_in BLOB;

-- +goose Down
ALTER TABLE sign_ups DROP COLUMN seen_in;
