-- +goose Up
-- Punch cards, offers that look at goods and pieces, and several coupons on one bill. What was signed before went with
-- nothing else.
ALTER TABLE campaigns ADD COLUMN times INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN goods TEXT NOT NULL DEFAULT '';
ALTER TABLE campaigns ADD COLUMN per_piece BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN stackable BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE campaigns ADD COLUMN stack_category TEXT NOT NULL DEFAULT '';

ALTER TABLE coupons ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
ALTER TABLE coupons ADD COLUMN spent INTEGER NOT NULL DEFAULT 0 CHECK (spent BETWEEN 0 AND times);
UPDATE coupons SET spent = 1 WHERE state = 'used';

ALTER TABLE redemptions ADD COLUMN bill_id BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
ALTER TABLE redemptions ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE redemptions ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;
UPDATE redemptions SET bill_id = id, paid = to_pay;
CREATE UNIQUE INDEX redemptions_bill ON redemptions (bill_id, position);

-- +goose Down
DROP INDEX redemptions_bill;
ALTER TABLE redemptions DROP COLUMN paid;
ALTER TABLE redemptions DROP COLUMN position;
ALTER TABLE redemptions DROP COLUMN bill_id;
ALTER TABLE coupons DROP COLUMN spent;
ALTER TABLE coupons DROP COLUMN times;
ALTER TABLE campaigns DROP COLUMN stack_category;
ALTER TABLE campaigns DROP COLUMN stackable;
ALTER TABLE campaigns DROP COLUMN per_piece;
ALTER TABLE campaigns DROP COLUMN goods;
ALTER TABLE campaigns DROP COLUMN times;
