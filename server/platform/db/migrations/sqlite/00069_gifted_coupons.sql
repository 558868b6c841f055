-- +goose Up
-- A friend's gift is its taker's alone, and the wallet says so before anybody tries to give it on.
ALTER TABLE coupons ADD COLUMN gifted BOOLEAN NOT NULL DEFAULT 0;
UPDATE coupons SET gifted = 1 WHERE id IN (SELECT taken_coupon_id FROM coupon_gifts WHERE state = 'taken');

-- +goose Down
ALTER TABLE coupons DROP COLUMN gifted;
