-- +goose Up
-- What private sends hold back of a campaign's stock, so that nobody can count by it whom they reached.
ALTER TABLE campaigns ADD COLUMN veiled BIGINT NOT NULL DEFAULT 0 CHECK (veiled >= 0);
CREATE TABLE campaign_veils (
    send_id     BINARY(16) NOT NULL,
    version     BIGINT NOT NULL,
    day         VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    campaign_id BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    given       BIGINT NOT NULL CHECK (given >= 0),
    n           BIGINT NOT NULL CHECK (n >= 0),
    PRIMARY KEY (send_id, version, day),
    KEY campaign_veils_campaign (campaign_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE campaign_veils;
ALTER TABLE campaigns DROP COLUMN veiled;
