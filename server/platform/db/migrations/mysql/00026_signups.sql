-- +goose Up
-- Places with companions, a waiting list with timed offers, and the terms of signing up.
ALTER TABLE occurrences
    ADD COLUMN held INT NOT NULL DEFAULT 0,
    ADD COLUMN unnamed INT NOT NULL DEFAULT 0,
    ADD COLUMN waiting_places INT NOT NULL DEFAULT 0,
    ADD COLUMN waiting INT NOT NULL DEFAULT 0,
    ADD COLUMN arrivals BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN moved_at DATETIME(6) NULL,
    ADD KEY occurrences_ended (ends_at),
    ADD CONSTRAINT occurrences_held CHECK (held >= 0 AND taken + held <= capacity),
    ADD CONSTRAINT occurrences_unnamed CHECK (unnamed BETWEEN 0 AND taken),
    ADD CONSTRAINT occurrences_waiting CHECK (waiting BETWEEN 0 AND waiting_places);

ALTER TABLE sign_ups
    ADD COLUMN arrival BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN companions INT NOT NULL DEFAULT 0,
    ADD COLUMN came INT NOT NULL DEFAULT 0,
    ADD COLUMN answers VARCHAR(4000) NOT NULL DEFAULT '{}',
    ADD CONSTRAINT sign_ups_companions CHECK (companions BETWEEN 0 AND 9),
    ADD CONSTRAINT sign_ups_came CHECK (came BETWEEN 0 AND companions + 1);
UPDATE sign_ups SET came = 1 WHERE state = 'checked_in';

CREATE TABLE waiters (
    id            BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id   BINARY(16) NOT NULL,
    occurrence_id BINARY(16) NOT NULL,
    member_id     BINARY(16) NOT NULL,
    arrival       BIGINT NOT NULL,
    state         VARCHAR(16) NOT NULL,
    companions    INT NOT NULL,
    answers       VARCHAR(4000) NOT NULL,
    places        INT NOT NULL DEFAULT 0,
    offered_until DATETIME(6) NULL,
    since         DATETIME(6) NOT NULL,
    CONSTRAINT waiters_companions CHECK (companions BETWEEN 0 AND 9),
    CONSTRAINT waiters_places CHECK (places BETWEEN 0 AND companions + 1),
    CONSTRAINT waiters_offer CHECK ((state = 'offered') = (places > 0)),
    UNIQUE KEY waiters_once (occurrence_id, member_id),
    UNIQUE KEY waiters_order (occurrence_id, arrival),
    KEY waiters_due (state, offered_until),
    KEY waiters_member (member_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE sign_up_terms (
    event_id       BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id    BINARY(16) NOT NULL,
    per_member     INT NOT NULL CHECK (per_member BETWEEN 1 AND 10),
    waiting_places INT NOT NULL CHECK (waiting_places >= 0),
    offer_minutes  INT NOT NULL CHECK (offer_minutes > 0),
    cancel_hours   INT NOT NULL CHECK (cancel_hours >= 0),
    who            VARCHAR(16) NOT NULL,
    level          TINYINT NOT NULL DEFAULT 0,
    no_shows       INT NOT NULL DEFAULT 0,
    fee            VARCHAR(16) NOT NULL,
    points         BIGINT NOT NULL DEFAULT 0 CHECK (points >= 0),
    price          BIGINT NOT NULL DEFAULT 0 CHECK (price >= 0),
    questions      TEXT NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- +goose Down
DROP TABLE sign_up_terms;
DROP TABLE waiters;
ALTER TABLE sign_ups
    DROP CONSTRAINT sign_ups_came, DROP CONSTRAINT sign_ups_companions,
    DROP COLUMN answers, DROP COLUMN came, DROP COLUMN companions, DROP COLUMN arrival;
ALTER TABLE occurrences
    DROP CONSTRAINT occurrences_waiting, DROP CONSTRAINT occurrences_unnamed, DROP CONSTRAINT occurrences_held,
    DROP KEY occurrences_ended,
    DROP COLUMN moved_at, DROP COLUMN arrivals, DROP COLUMN waiting, DROP COLUMN waiting_places, DROP COLUMN unnamed, DROP COLUMN held;
