-- +goose Up
CREATE TABLE events (
    id           BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id  BINARY(16)   NOT NULL,
    store_id     BINARY(16)   NOT NULL,
    title        VARCHAR(80)  NOT NULL,
    story        TEXT         NOT NULL,
    place        VARCHAR(120) NOT NULL,
    capacity     INT          NOT NULL,
    state        VARCHAR(16)  NOT NULL,
    created_by   BINARY(16)   NULL,
    created_at   DATETIME(6)  NOT NULL,
    updated_at   DATETIME(6)  NOT NULL,
    cancelled_at DATETIME(6)  NULL,
    KEY events_store (store_id, created_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE occurrences (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)  NOT NULL,
    event_id    BINARY(16)  NOT NULL,
    store_id    BINARY(16)  NOT NULL,
    starts_at   DATETIME(6) NOT NULL,
    ends_at     DATETIME(6) NOT NULL,
    capacity    INT         NOT NULL,
    taken       INT         NOT NULL DEFAULT 0,
    state       VARCHAR(16) NOT NULL,
    sequence    INT         NOT NULL DEFAULT 0,
    created_at  DATETIME(6) NOT NULL,
    updated_at  DATETIME(6) NOT NULL,
    KEY occurrences_time (alliance_id, starts_at),
    KEY occurrences_event (event_id),
    CHECK (taken BETWEEN 0 AND capacity)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE sign_ups (
    id            BINARY(16)  NOT NULL PRIMARY KEY,
    alliance_id   BINARY(16)  NOT NULL,
    occurrence_id BINARY(16)  NOT NULL,
    member_id     BINARY(16)  NOT NULL,
    state         VARCHAR(16) NOT NULL,
    walk_in       TINYINT(1)  NOT NULL DEFAULT 0,
    signed_up_at  DATETIME(6) NOT NULL,
    checked_in_at DATETIME(6) NULL,
    checked_in_by BINARY(16)  NULL,
    UNIQUE KEY sign_ups_once (occurrence_id, member_id),
    KEY sign_ups_member (member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE sign_ups;
DROP TABLE occurrences;
DROP TABLE events;
