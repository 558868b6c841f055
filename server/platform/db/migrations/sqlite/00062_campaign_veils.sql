-- +goose Up
-- What private sends hold back of a campaign's stock, so that nobody can count by it whom they reached.
ALTER TABLE campaigns ADD COLUMN veiled INTEGER NOT NULL DEFAULT 0 CHECK (veiled >= 0);
CREATE TABLE campaign_veils (
    send_id     BLOB NOT NULL,
    version     INTEGER NOT NULL,
    day         TEXT NOT NULL,
    campaign_id BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    given       INTEGER NOT NULL CHECK (given >= 0),
    n           INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (send_id, version, day)
);
CREATE INDEX campaign_veils_campaign ON campaign_veils (campaign_id);

-- +goose Down
DROP TABLE campaign_veils;
ALTER TABLE campaigns DROP COLUMN veiled;
