-- +goose Up
CREATE TABLE ledger_checkpoints (
    id          BINARY(16)     NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)     NOT NULL,
    size        BIGINT         NOT NULL CHECK (size > 0),
    root        BINARY(32)     NOT NULL,
    note        VARCHAR(600)   NOT NULL,
    day         CHAR(10)       CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sealed_at   DATETIME(6)    NOT NULL,
    UNIQUE KEY ledger_checkpoints_size (alliance_id, size),
    UNIQUE KEY ledger_checkpoints_day (alliance_id, day)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE ledger_tiles (
    alliance_id BINARY(16)      NOT NULL,
    level       INT             NOT NULL,
    idx         BIGINT          NOT NULL,
    hashes      VARBINARY(8192) NOT NULL,
    PRIMARY KEY (alliance_id, level, idx)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- What is sealed stays, as what is written does (00003).
-- +goose StatementBegin
CREATE TRIGGER ledger_checkpoints_no_update BEFORE UPDATE ON ledger_checkpoints FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a checkpoint is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_checkpoints_no_delete BEFORE DELETE ON ledger_checkpoints FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a checkpoint is never deleted';
-- +goose StatementEnd

-- +goose Down
DROP TABLE ledger_tiles;
DROP TABLE ledger_checkpoints;
