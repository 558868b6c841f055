-- +goose Up
CREATE TABLE notices (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    member_id   BLOB     NOT NULL,
    kind        TEXT     NOT NULL,
    reference   TEXT     NOT NULL,
    store_id    BLOB,
    link        TEXT     NOT NULL DEFAULT '',
    facts       TEXT     NOT NULL,
    at          DATETIME NOT NULL,
    read_at     DATETIME,
    UNIQUE (member_id, reference)
);
CREATE INDEX notices_inbox ON notices (member_id, at, id);
CREATE INDEX notices_unread ON notices (member_id, read_at);

CREATE TABLE desk_notices (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    store_id    BLOB     NOT NULL,
    kind        TEXT     NOT NULL,
    reference   TEXT     NOT NULL,
    facts       TEXT     NOT NULL,
    amount      INTEGER  NOT NULL DEFAULT 0,
    at          DATETIME NOT NULL,
    UNIQUE (store_id, reference)
);
CREATE INDEX desk_notices_recent ON desk_notices (store_id, at, id);

-- +goose Down
DROP TABLE desk_notices;
DROP TABLE notices;
