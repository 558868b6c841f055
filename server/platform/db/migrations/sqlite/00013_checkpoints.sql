-- +goose Up
CREATE TABLE ledger_checkpoints (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    size        INTEGER  NOT NULL CHECK (size > 0),
    root        BLOB     NOT NULL,
    note        TEXT     NOT NULL,
    day         TEXT     NOT NULL,
    sealed_at   DATETIME NOT NULL,
    UNIQUE (alliance_id, size),
    UNIQUE (alliance_id, day)
);

CREATE TABLE ledger_tiles (
    alliance_id BLOB    NOT NULL,
    level       INTEGER NOT NULL,
    idx         INTEGER NOT NULL,
    hashes      BLOB    NOT NULL,
    PRIMARY KEY (alliance_id, level, idx)
);

-- What is sealed stays, as what is written does (00003).
-- +goose StatementBegin
CREATE TRIGGER ledger_checkpoints_no_update BEFORE UPDATE ON ledger_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'a checkpoint is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_checkpoints_no_delete BEFORE DELETE ON ledger_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'a checkpoint is never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_checkpoints_no_replace BEFORE INSERT ON ledger_checkpoints
WHEN EXISTS (SELECT 1 FROM ledger_checkpoints WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM ledger_checkpoints WHERE alliance_id = NEW.alliance_id AND size = NEW.size)
    OR EXISTS (SELECT 1 FROM ledger_checkpoints WHERE alliance_id = NEW.alliance_id AND day = NEW.day)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: a checkpoint is never replaced');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE ledger_tiles;
DROP TABLE ledger_checkpoints;
