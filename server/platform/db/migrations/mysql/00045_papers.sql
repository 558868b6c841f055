-- +goose Up
-- Points paid for places when they are taken; drafts and templates of events.
ALTER TABLE sign_ups
    ADD COLUMN paid BIGINT NOT NULL DEFAULT 0,
    ADD CONSTRAINT sign_ups_paid CHECK (paid >= 0);

CREATE TABLE event_papers (
    id          BINARY(16)    NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)    NOT NULL,
    store_id    BINARY(16)    NOT NULL,
    kind        VARCHAR(16)   NOT NULL,
    title       VARCHAR(160)  NOT NULL,
    story       TEXT          NOT NULL,
    place       VARCHAR(240)  NOT NULL,
    capacity    INT           NOT NULL,
    starts_at   DATETIME(6)   NULL,
    ends_at     DATETIME(6)   NULL,
    terms       TEXT          NOT NULL,
    created_by  BINARY(16)    NULL,
    created_at  DATETIME(6)   NOT NULL,
    updated_at  DATETIME(6)   NOT NULL,
    KEY event_papers_store (store_id, updated_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE event_papers;
ALTER TABLE sign_ups
    DROP CONSTRAINT sign_ups_paid,
    DROP COLUMN paid;
