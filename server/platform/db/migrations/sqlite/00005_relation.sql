-- +goose Up
CREATE TABLE visits (
    id           BLOB     PRIMARY KEY,
    alliance_id  BLOB     NOT NULL,
    store_id     BLOB     NOT NULL,
    member_id    BLOB     NOT NULL,
    kind         TEXT     NOT NULL,
    amount       INTEGER  NOT NULL DEFAULT 0 CHECK (amount >= 0),
    points       INTEGER  NOT NULL DEFAULT 0 CHECK (points >= 0),
    by_id        BLOB,
    reference    TEXT     NOT NULL,
    at           DATETIME NOT NULL,
    cancelled_at DATETIME,
    UNIQUE (alliance_id, reference)
);
CREATE INDEX visits_relation ON visits (store_id, member_id, at);
CREATE INDEX visits_member ON visits (member_id, at);
CREATE INDEX visits_store ON visits (store_id, at);
CREATE INDEX visits_alliance ON visits (alliance_id, at);

CREATE TABLE participations (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    member_id   BLOB     NOT NULL,
    kind        TEXT     NOT NULL,
    reference   TEXT     NOT NULL,
    at          DATETIME NOT NULL,
    UNIQUE (alliance_id, reference)
);
CREATE INDEX participations_relation ON participations (store_id, member_id, at);
CREATE INDEX participations_member ON participations (member_id, at);

CREATE TABLE relations (
    id             BLOB     PRIMARY KEY,
    alliance_id    BLOB     NOT NULL,
    store_id       BLOB     NOT NULL,
    member_id      BLOB     NOT NULL,
    remark         TEXT     NOT NULL DEFAULT '',
    tags           TEXT     NOT NULL DEFAULT '[]',
    note           TEXT     NOT NULL DEFAULT '',
    visits         INTEGER  NOT NULL DEFAULT 0,
    purchases      INTEGER  NOT NULL DEFAULT 0,
    spent          INTEGER  NOT NULL DEFAULT 0,
    took_part      INTEGER  NOT NULL DEFAULT 0,
    brought        INTEGER  NOT NULL DEFAULT 0,
    last_visit_at  DATETIME,
    last_active_at DATETIME,
    level          INTEGER  NOT NULL DEFAULT 0,
    falls_at       DATETIME,
    complaint      TEXT     NOT NULL DEFAULT '',
    complained_at  DATETIME,
    updated_at     DATETIME NOT NULL,
    UNIQUE (store_id, member_id)
);
CREATE INDEX relations_member ON relations (alliance_id, member_id, level);
CREATE INDEX relations_falls ON relations (falls_at);
CREATE INDEX relations_care ON relations (store_id, level, falls_at);

-- +goose Down
DROP TABLE relations;
DROP TABLE participations;
DROP TABLE visits;
