-- +goose Up
-- Whom a send was for; the ones before it did not say.
ALTER TABLE coupon_sends ADD COLUMN target VARCHAR(16) NOT NULL DEFAULT '';
ALTER TABLE coupon_sends ADD COLUMN audience VARCHAR(4000) NOT NULL DEFAULT '{}';
ALTER TABLE coupon_sends ADD COLUMN within VARCHAR(4000) NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE coupon_sends DROP COLUMN within;
ALTER TABLE coupon_sends DROP COLUMN audience;
ALTER TABLE coupon_sends DROP COLUMN target;
