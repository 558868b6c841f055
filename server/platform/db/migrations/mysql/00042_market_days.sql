-- +goose Up
-- What goes by market days: a store's hours on them, coupons that work on them only, and who wants a letter the evening before.
ALTER TABLE stores ADD COLUMN market_hours TEXT NULL;
ALTER TABLE campaigns ADD COLUMN market_only BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN market_letters BOOLEAN NOT NULL DEFAULT 0;
CREATE INDEX members_market_letters ON members (alliance_id, market_letters);

-- +goose Down
DROP INDEX members_market_letters ON members;
ALTER TABLE members DROP COLUMN market_letters;
ALTER TABLE campaigns DROP COLUMN market_only;
ALTER TABLE stores DROP COLUMN market_hours;
