-- +goose Up
CREATE TABLE outbox (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    alliance_id  BLOB     NOT NULL,
    kind         TEXT     NOT NULL,
    payload      TEXT     NOT NULL,
    at           DATETIME NOT NULL,
    attempts     INTEGER  NOT NULL DEFAULT 0,
    next_at      DATETIME NOT NULL,
    done_at      DATETIME,
    last_error   TEXT     NOT NULL DEFAULT ''
);
CREATE INDEX outbox_pending ON outbox (done_at, next_at, id);

CREATE TABLE outbox_handled (
    event_id INTEGER NOT NULL,
    handler  TEXT    NOT NULL,
    PRIMARY KEY (event_id, handler)
);

CREATE TABLE idempotency_keys (
    scope      TEXT     NOT NULL,
    key        TEXT     NOT NULL,
    body_hash  BLOB     NOT NULL,
    status     INTEGER  NOT NULL DEFAULT 0,
    response   BLOB,
    created_at DATETIME NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

CREATE TABLE streams (
    id          BLOB    PRIMARY KEY,
    alliance_id BLOB    NOT NULL,
    name        TEXT    NOT NULL,
    head        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (alliance_id, name)
);

CREATE TABLE stream_items (
    stream_id   BLOB     NOT NULL,
    seq         INTEGER  NOT NULL,
    alliance_id BLOB     NOT NULL,
    kind        TEXT     NOT NULL,
    at          DATETIME NOT NULL,
    data        TEXT     NOT NULL,
    PRIMARY KEY (stream_id, seq)
);

-- +goose Down
DROP TABLE stream_items;
DROP TABLE streams;
DROP TABLE idempotency_keys;
DROP TABLE outbox_handled;
DROP TABLE outbox;
