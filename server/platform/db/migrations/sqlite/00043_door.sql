-- +goose Up
-- Doors that go on without a network, and what a host gives at the door.
ALTER TABLE sign_up_terms ADD COLUMN gift_points INTEGER NOT NULL DEFAULT 0 CHECK (gift_points BETWEEN 0 AND 1000);
ALTER TABLE sign_up_terms ADD COLUMN gift_campaign_id BLOB;

CREATE TABLE doors (
    id            BLOB     NOT NULL PRIMARY KEY,
    alliance_id   BLOB     NOT NULL,
    occurrence_id BLOB     NOT NULL,
    store_id      BLOB     NOT NULL,
    name          TEXT     NOT NULL,
    public_key    BLOB     NOT NULL,
    room          INTEGER  NOT NULL DEFAULT 0,
    used          INTEGER  NOT NULL DEFAULT 0,
    opened_by     BLOB,
    opened_at     DATETIME NOT NULL,
    seen_at       DATETIME NOT NULL,
    clock_offset  INTEGER  NOT NULL DEFAULT 0,
    last_seq      INTEGER  NOT NULL DEFAULT 0,
    closed_at     DATETIME,
    CONSTRAINT doors_room CHECK (used BETWEEN 0 AND room)
);
CREATE INDEX doors_occurrence ON doors (occurrence_id);

CREATE TABLE door_entries (
    door_id       BLOB     NOT NULL,
    seq           INTEGER  NOT NULL,
    alliance_id   BLOB     NOT NULL,
    occurrence_id BLOB     NOT NULL,
    member_id     BLOB,
    people        INTEGER  NOT NULL,
    digits        TEXT     NOT NULL DEFAULT '',
    by_account    BLOB,
    signature     BLOB     NOT NULL,
    clock         DATETIME NOT NULL,
    at            DATETIME NOT NULL,
    wild          INTEGER  NOT NULL DEFAULT 0,
    received_at   DATETIME NOT NULL,
    outcome       TEXT     NOT NULL,
    code          TEXT     NOT NULL DEFAULT '',
    why_zh        TEXT     NOT NULL DEFAULT '',
    why_en        TEXT     NOT NULL DEFAULT '',
    PRIMARY KEY (door_id, seq)
);
CREATE INDEX door_entries_occurrence ON door_entries (occurrence_id);
CREATE INDEX door_entries_member ON door_entries (member_id);

-- +goose Down
DROP TABLE door_entries;
DROP TABLE doors;
ALTER TABLE sign_up_terms DROP COLUMN gift_campaign_id;
ALTER TABLE sign_up_terms DROP COLUMN gift_points;
