-- +goose Up
-- Events that are for a circle.
ALTER TABLE sign_up_terms ADD COLUMN circle_id BLOB;

-- +goose Down
ALTER TABLE sign_up_terms DROP COLUMN circle_id;
