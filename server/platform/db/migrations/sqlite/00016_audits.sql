-- +goose Up
CREATE TABLE audits (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    state       TEXT     NOT NULL,
    running     INTEGER,
    by_account  BLOB,
    started_at  DATETIME NOT NULL,
    ended_at    DATETIME,
    took_ms     INTEGER  NOT NULL DEFAULT 0,
    transfers   INTEGER  NOT NULL DEFAULT 0,
    accounts    INTEGER  NOT NULL DEFAULT 0,
    passed      TEXT     NOT NULL DEFAULT '',
    found_check TEXT     NOT NULL DEFAULT '',
    found_table TEXT     NOT NULL DEFAULT '',
    found_row   TEXT     NOT NULL DEFAULT '',
    found_seq   INTEGER  NOT NULL DEFAULT 0,
    problem     TEXT     NOT NULL DEFAULT '',
    UNIQUE (alliance_id, running)
);
CREATE INDEX audits_street ON audits (alliance_id, started_at);

-- +goose Down
DROP TABLE audits;
