-- +goose Up
-- Stores that host together, and the thanks after an event.
CREATE TABLE event_hosts (
    event_id    BINARY(16)  NOT NULL,
    store_id    BINARY(16)  NOT NULL,
    alliance_id BINARY(16)  NOT NULL,
    state       VARCHAR(16) NOT NULL,
    asked_by    BINARY(16)  NULL,
    asked_at    DATETIME(6) NOT NULL,
    answered_by BINARY(16)  NULL,
    answered_at DATETIME(6) NULL,
    PRIMARY KEY (event_id, store_id),
    KEY event_hosts_store (store_id, state)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE event_thanks (
    occurrence_id    BINARY(16)   NOT NULL PRIMARY KEY,
    id               BINARY(16)   NOT NULL,
    alliance_id      BINARY(16)   NOT NULL,
    store_id         BINARY(16)   NOT NULL,
    by_account       BINARY(16)   NULL,
    words            VARCHAR(400) NOT NULL,
    gift_campaign_id BINARY(16)   NULL,
    guests           INT          NOT NULL,
    at               DATETIME(6)  NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE event_thanks;
DROP TABLE event_hosts;
