-- +goose Up
-- What is counted anew with every visit and redemption is counted from the index alone.
DROP INDEX redemptions_day ON redemptions;
CREATE INDEX redemptions_day ON redemptions (alliance_id, local_date, store_id, state, member_id, campaign_id);
DROP INDEX visits_store ON visits;
CREATE INDEX visits_store ON visits (store_id, at, cancelled_at);

-- +goose Down
DROP INDEX redemptions_day ON redemptions;
CREATE INDEX redemptions_day ON redemptions (alliance_id, local_date, store_id);
DROP INDEX visits_store ON visits;
CREATE INDEX visits_store ON visits (store_id, at);
