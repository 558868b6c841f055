-- +goose Up
-- Punch cards, offers that look at goods and pieces, and several coupons on one bill. What was signed before went with
-- nothing else.
ALTER TABLE campaigns
    ADD COLUMN times BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN goods VARCHAR(80) NOT NULL DEFAULT '',
    ADD COLUMN per_piece BOOLEAN NOT NULL DEFAULT 0,
    ADD COLUMN stackable BOOLEAN NOT NULL DEFAULT 0,
    ADD COLUMN stack_category VARCHAR(80) NOT NULL DEFAULT '';

ALTER TABLE coupons
    ADD COLUMN times BIGINT NOT NULL DEFAULT 1,
    ADD COLUMN spent BIGINT NOT NULL DEFAULT 0;
UPDATE coupons SET spent = 1 WHERE state = 'used';
ALTER TABLE coupons ADD CONSTRAINT coupons_spent CHECK (spent BETWEEN 0 AND times);

ALTER TABLE redemptions
    ADD COLUMN bill_id BINARY(16) NULL,
    ADD COLUMN position BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN paid BIGINT NOT NULL DEFAULT 0;
UPDATE redemptions SET bill_id = id, paid = to_pay;
ALTER TABLE redemptions MODIFY COLUMN bill_id BINARY(16) NOT NULL;
CREATE UNIQUE INDEX redemptions_bill ON redemptions (bill_id, position);

-- +goose Down
DROP INDEX redemptions_bill ON redemptions;
ALTER TABLE redemptions DROP COLUMN paid, DROP COLUMN position, DROP COLUMN bill_id;
ALTER TABLE coupons DROP CONSTRAINT coupons_spent;
ALTER TABLE coupons DROP COLUMN spent, DROP COLUMN times;
ALTER TABLE campaigns DROP COLUMN stack_category, DROP COLUMN stackable, DROP COLUMN per_piece, DROP COLUMN goods, DROP COLUMN times;
