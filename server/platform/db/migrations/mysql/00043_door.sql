-- +goose Up
-- Doors that go on without a network, and what a host gives at the door.
ALTER TABLE sign_up_terms
    ADD COLUMN gift_points BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN gift_campaign_id BINARY(16) NULL,
    ADD CONSTRAINT sign_up_terms_gift CHECK (gift_points BETWEEN 0 AND 1000);

CREATE TABLE doors (
    id            BINARY(16)    NOT NULL PRIMARY KEY,
    alliance_id   BINARY(16)    NOT NULL,
    occurrence_id BINARY(16)    NOT NULL,
    store_id      BINARY(16)    NOT NULL,
    name          VARCHAR(60)   NOT NULL,
    public_key    VARBINARY(200) NOT NULL,
    room          INT           NOT NULL DEFAULT 0,
    used          INT           NOT NULL DEFAULT 0,
    opened_by     BINARY(16)    NULL,
    opened_at     DATETIME(6)   NOT NULL,
    seen_at       DATETIME(6)   NOT NULL,
    clock_offset  BIGINT        NOT NULL DEFAULT 0,
    last_seq      BIGINT        NOT NULL DEFAULT 0,
    closed_at     DATETIME(6)   NULL,
    CONSTRAINT doors_room CHECK (used BETWEEN 0 AND room),
    KEY doors_occurrence (occurrence_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE door_entries (
    door_id       BINARY(16)    NOT NULL,
    seq           BIGINT        NOT NULL,
    alliance_id   BINARY(16)    NOT NULL,
    occurrence_id BINARY(16)    NOT NULL,
    member_id     BINARY(16)    NULL,
    people        INT           NOT NULL,
    digits        VARCHAR(8)    NOT NULL DEFAULT '',
    by_account    BINARY(16)    NULL,
    signature     VARBINARY(80) NOT NULL,
    clock         DATETIME(6)   NOT NULL,
    at            DATETIME(6)   NOT NULL,
    wild          BOOLEAN       NOT NULL DEFAULT FALSE,
    received_at   DATETIME(6)   NOT NULL,
    outcome       VARCHAR(16)   NOT NULL,
    code          VARCHAR(64)   NOT NULL DEFAULT '',
    why_zh        VARCHAR(300)  NOT NULL DEFAULT '',
    why_en        VARCHAR(300)  NOT NULL DEFAULT '',
    PRIMARY KEY (door_id, seq),
    KEY door_entries_occurrence (occurrence_id),
    KEY door_entries_member (member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE door_entries;
DROP TABLE doors;
ALTER TABLE sign_up_terms
    DROP CONSTRAINT sign_up_terms_gift,
    DROP COLUMN gift_campaign_id,
    DROP COLUMN gift_points;
