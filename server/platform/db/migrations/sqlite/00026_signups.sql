-- +goose Up
-- Places with companions, a waiting list with timed offers, and the terms of signing up.
ALTER TABLE occurrences ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0 AND taken + held <= capacity);
ALTER TABLE occurrences ADD COLUMN unnamed INTEGER NOT NULL DEFAULT 0 CHECK (unnamed BETWEEN 0 AND taken);
ALTER TABLE occurrences ADD COLUMN waiting_places INTEGER NOT NULL DEFAULT 0;
ALTER TABLE occurrences ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting BETWEEN 0 AND waiting_places);
ALTER TABLE occurrences ADD COLUMN arrivals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE occurrences ADD COLUMN moved_at DATETIME;
CREATE INDEX occurrences_ended ON occurrences (ends_at);

ALTER TABLE sign_ups ADD COLUMN arrival INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sign_ups ADD COLUMN companions INTEGER NOT NULL DEFAULT 0 CHECK (companions BETWEEN 0 AND 9);
ALTER TABLE sign_ups ADD COLUMN came INTEGER NOT NULL DEFAULT 0 CHECK (came BETWEEN 0 AND companions + 1);
ALTER TABLE sign_ups ADD COLUMN answers TEXT NOT NULL DEFAULT '{}';
UPDATE sign_ups SET came = 1 WHERE state = 'checked_in';

CREATE TABLE waiters (
    id            BLOB NOT NULL PRIMARY KEY,
    alliance_id   BLOB NOT NULL,
    occurrence_id BLOB NOT NULL,
    member_id     BLOB NOT NULL,
    arrival       INTEGER NOT NULL,
    state         TEXT NOT NULL,
    companions    INTEGER NOT NULL CHECK (companions BETWEEN 0 AND 9),
    answers       TEXT NOT NULL,
    places        INTEGER NOT NULL DEFAULT 0 CHECK (places BETWEEN 0 AND companions + 1),
    offered_until DATETIME,
    since         DATETIME NOT NULL,
    CONSTRAINT waiters_offer CHECK ((state = 'offered') = (places > 0)),
    UNIQUE (occurrence_id, member_id)
);
CREATE UNIQUE INDEX waiters_order ON waiters (occurrence_id, arrival);
CREATE INDEX waiters_due ON waiters (state, offered_until);
CREATE INDEX waiters_member ON waiters (member_id);

CREATE TABLE sign_up_terms (
    event_id       BLOB NOT NULL PRIMARY KEY,
    alliance_id    BLOB NOT NULL,
    per_member     INTEGER NOT NULL CHECK (per_member BETWEEN 1 AND 10),
    waiting_places INTEGER NOT NULL CHECK (waiting_places >= 0),
    offer_minutes  INTEGER NOT NULL CHECK (offer_minutes > 0),
    cancel_hours   INTEGER NOT NULL CHECK (cancel_hours >= 0),
    who            TEXT NOT NULL,
    level          INTEGER NOT NULL DEFAULT 0,
    no_shows       INTEGER NOT NULL DEFAULT 0,
    fee            TEXT NOT NULL,
    points         INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
    price          INTEGER NOT NULL DEFAULT 0 CHECK (price >= 0),
    questions      TEXT NOT NULL
);

-- +goose Down
DROP TABLE sign_up_terms;
DROP TABLE waiters;
ALTER TABLE sign_ups DROP COLUMN answers;
ALTER TABLE sign_ups DROP COLUMN came;
ALTER TABLE sign_ups DROP COLUMN companions;
ALTER TABLE sign_ups DROP COLUMN arrival;
DROP INDEX occurrences_ended;
ALTER TABLE occurrences DROP COLUMN moved_at;
ALTER TABLE occurrences DROP COLUMN arrivals;
ALTER TABLE occurrences DROP COLUMN waiting;
ALTER TABLE occurrences DROP COLUMN waiting_places;
ALTER TABLE occurrences DROP COLUMN unnamed;
ALTER TABLE occurrences DROP COLUMN held;
