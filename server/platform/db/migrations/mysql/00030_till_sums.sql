-- +goose Up
-- What the books took off for a line of a till's log; a till that took off another sum is told so, and found by its receipt.
ALTER TABLE till_entries ADD COLUMN booked_off BIGINT NOT NULL DEFAULT 0;
UPDATE till_entries SET booked_off = (SELECT r.off FROM redemptions r WHERE r.id = till_entries.redemption_id)
WHERE outcome = 'booked' AND EXISTS (SELECT 1 FROM redemptions r WHERE r.id = till_entries.redemption_id);
CREATE INDEX till_entries_redemption ON till_entries (redemption_id);

-- +goose Down
DROP INDEX till_entries_redemption ON till_entries;
ALTER TABLE till_entries DROP COLUMN booked_off;
