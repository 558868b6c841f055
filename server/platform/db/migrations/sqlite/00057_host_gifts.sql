-- +goose Up
-- What a store that hosts with others gives the guests.
ALTER TABLE event_hosts ADD COLUMN gift_campaign_id BLOB;

-- +goose Down
ALTER TABLE event_hosts DROP COLUMN gift_campaign_id;
