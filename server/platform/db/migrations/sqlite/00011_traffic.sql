-- +goose Up
CREATE TABLE traffic_streets (
    alliance_id BLOB PRIMARY KEY
);

CREATE TABLE traffic_days (
    alliance_id BLOB    NOT NULL,
    day         TEXT    NOT NULL,
    store_id    BLOB    NOT NULL,
    visits      INTEGER NOT NULL DEFAULT 0,
    joined      INTEGER NOT NULL DEFAULT 0,
    redemptions INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (alliance_id, day, store_id)
) WITHOUT ROWID;

CREATE TABLE traffic_hours (
    alliance_id BLOB    NOT NULL,
    day         TEXT    NOT NULL,
    store_id    BLOB    NOT NULL,
    hour        INTEGER NOT NULL,
    visits      INTEGER NOT NULL,
    PRIMARY KEY (alliance_id, day, store_id, hour)
) WITHOUT ROWID;

CREATE TABLE traffic_presences (
    alliance_id BLOB    NOT NULL,
    day         TEXT    NOT NULL,
    hour        INTEGER NOT NULL,
    member_id   BLOB    NOT NULL,
    weekday     INTEGER NOT NULL,
    visits      INTEGER NOT NULL,
    PRIMARY KEY (alliance_id, day, member_id, hour)
) WITHOUT ROWID;

CREATE TABLE traffic_moves (
    alliance_id BLOB    NOT NULL,
    day         TEXT    NOT NULL,
    from_id     BLOB    NOT NULL,
    to_id       BLOB    NOT NULL,
    member_id   BLOB    NOT NULL,
    moves       INTEGER NOT NULL,
    PRIMARY KEY (alliance_id, day, member_id, from_id, to_id)
) WITHOUT ROWID;

CREATE TABLE traffic_crossings (
    alliance_id BLOB    NOT NULL,
    day         TEXT    NOT NULL,
    issuer_id   BLOB    NOT NULL,
    redeemer_id BLOB    NOT NULL,
    member_id   BLOB    NOT NULL,
    redemptions INTEGER NOT NULL,
    PRIMARY KEY (alliance_id, day, member_id, issuer_id, redeemer_id)
) WITHOUT ROWID;

CREATE TABLE traffic_news (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    kind        TEXT     NOT NULL,
    reference   TEXT     NOT NULL,
    store_id    BLOB     NOT NULL,
    other_id    BLOB,
    amount      INTEGER  NOT NULL DEFAULT 0,
    number      INTEGER  NOT NULL DEFAULT 0,
    title       TEXT     NOT NULL DEFAULT '',
    at          DATETIME NOT NULL,
    UNIQUE (alliance_id, reference)
);
CREATE INDEX traffic_news_ticker ON traffic_news (alliance_id, at);

-- the rollups read redemptions by their day
CREATE INDEX redemptions_day ON redemptions (alliance_id, local_date, store_id);

-- +goose Down
DROP INDEX redemptions_day;
DROP TABLE traffic_news;
DROP TABLE traffic_crossings;
DROP TABLE traffic_moves;
DROP TABLE traffic_presences;
DROP TABLE traffic_hours;
DROP TABLE traffic_days;
DROP TABLE traffic_streets;
