-- +goose Up
-- Whom a send was for; the ones before it did not say.
ALTER TABLE coupon_sends ADD COLUMN target TEXT NOT NULL DEFAULT '';
ALTER TABLE coupon_sends ADD COLUMN audience TEXT NOT NULL DEFAULT '{}';
ALTER TABLE coupon_sends ADD COLUMN within TEXT NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE coupon_sends DROP COLUMN within;
ALTER TABLE coupon_sends DROP COLUMN audience;
ALTER TABLE coupon_sends DROP COLUMN target;
