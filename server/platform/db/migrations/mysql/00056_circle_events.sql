-- +goose Up
-- Events that are for a circle.
ALTER TABLE sign_up_terms ADD COLUMN circle_id BINARY(16) NULL;

-- +goose Down
ALTER TABLE sign_up_terms DROP COLUMN circle_id;
