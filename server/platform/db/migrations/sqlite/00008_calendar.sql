-- +goose Up
CREATE TABLE events (
    id           BLOB     PRIMARY KEY,
    alliance_id  BLOB     NOT NULL,
    store_id     BLOB     NOT NULL,
    title        TEXT     NOT NULL,
    story        TEXT     NOT NULL,
    place        TEXT     NOT NULL,
    capacity     INTEGER  NOT NULL,
    state        TEXT     NOT NULL,
    created_by   BLOB,
    created_at   DATETIME NOT NULL,
    updated_at   DATETIME NOT NULL,
    cancelled_at DATETIME
);
CREATE INDEX events_store ON events (store_id, created_at);

CREATE TABLE occurrences (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    event_id    BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    starts_at   DATETIME NOT NULL,
    ends_at     DATETIME NOT NULL,
    capacity    INTEGER  NOT NULL,
    taken       INTEGER  NOT NULL DEFAULT 0,
    state       TEXT     NOT NULL,
    sequence    INTEGER  NOT NULL DEFAULT 0,
    created_at  DATETIME NOT NULL,
    updated_at  DATETIME NOT NULL,
    CHECK (taken BETWEEN 0 AND capacity)
);
CREATE INDEX occurrences_time ON occurrences (alliance_id, starts_at);
CREATE INDEX occurrences_event ON occurrences (event_id);

CREATE TABLE sign_ups (
    id            BLOB     PRIMARY KEY,
    alliance_id   BLOB     NOT NULL,
    occurrence_id BLOB     NOT NULL,
    member_id     BLOB     NOT NULL,
    state         TEXT     NOT NULL,
    walk_in       INTEGER  NOT NULL DEFAULT 0,
    signed_up_at  DATETIME NOT NULL,
    checked_in_at DATETIME,
    checked_in_by BLOB,
    UNIQUE (occurrence_id, member_id)
);
CREATE INDEX sign_ups_member ON sign_ups (member_id);

-- +goose Down
DROP TABLE sign_ups;
DROP TABLE occurrences;
DROP TABLE events;
