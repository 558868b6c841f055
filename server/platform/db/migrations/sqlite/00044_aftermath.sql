-- +goose Up
-- Stores that host together, and the thanks after an event.
CREATE TABLE event_hosts (
    event_id    BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    alliance_id BLOB     NOT NULL,
    state       TEXT     NOT NULL,
    asked_by    BLOB,
    asked_at    DATETIME NOT NULL,
    answered_by BLOB,
    answered_at DATETIME,
    PRIMARY KEY (event_id, store_id)
);
CREATE INDEX event_hosts_store ON event_hosts (store_id, state);

CREATE TABLE event_thanks (
    occurrence_id    BLOB     NOT NULL PRIMARY KEY,
    id               BLOB     NOT NULL,
    alliance_id      BLOB     NOT NULL,
    store_id         BLOB     NOT NULL,
    by_account       BLOB,
    words            TEXT     NOT NULL,
    gift_campaign_id BLOB,
    guests           INTEGER  NOT NULL,
    at               DATETIME NOT NULL
);

-- +goose Down
DROP TABLE event_thanks;
DROP TABLE event_hosts;
