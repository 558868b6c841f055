-- +goose Up
-- What 100 points are worth between a store and the alliance, in fen.
ALTER TABLE alliances ADD COLUMN points_rate INTEGER NOT NULL DEFAULT 100;

CREATE TABLE settlements (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    month       TEXT     NOT NULL,
    from_seq    INTEGER  NOT NULL,
    to_seq      INTEGER  NOT NULL,
    points_rate INTEGER  NOT NULL,
    closed_at   DATETIME NOT NULL,
    closed_by   BLOB,
    CHECK (to_seq >= from_seq),
    UNIQUE (alliance_id, month)
);

CREATE TABLE statements (
    id              BLOB    PRIMARY KEY,
    alliance_id     BLOB    NOT NULL,
    settlement_id   BLOB    NOT NULL REFERENCES settlements (id),
    party_id        BLOB    NOT NULL,
    earned          INTEGER NOT NULL,
    owed            INTEGER NOT NULL,
    net             INTEGER NOT NULL,
    points_issued   INTEGER NOT NULL,
    points_honoured INTEGER NOT NULL,
    points_value    INTEGER NOT NULL,
    CHECK (net = earned - owed),
    UNIQUE (settlement_id, party_id)
);
CREATE INDEX statements_party_id ON statements (party_id);

CREATE TABLE statement_lines (
    id           BLOB    PRIMARY KEY,
    alliance_id  BLOB    NOT NULL,
    statement_id BLOB    NOT NULL REFERENCES statements (id),
    position     INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    other_id     BLOB,
    count        INTEGER NOT NULL,
    amount       INTEGER NOT NULL,
    UNIQUE (statement_id, position)
);

CREATE TABLE settlement_payments (
    id            BLOB    PRIMARY KEY,
    alliance_id   BLOB    NOT NULL,
    settlement_id BLOB    NOT NULL REFERENCES settlements (id),
    position      INTEGER NOT NULL,
    from_id       BLOB    NOT NULL,
    to_id         BLOB    NOT NULL,
    amount        INTEGER NOT NULL,
    CHECK (amount > 0),
    UNIQUE (settlement_id, position)
);
CREATE INDEX settlement_payments_from_id ON settlement_payments (from_id);
CREATE INDEX settlement_payments_to_id ON settlement_payments (to_id);

CREATE TABLE statement_answers (
    id           BLOB     PRIMARY KEY,
    alliance_id  BLOB     NOT NULL,
    statement_id BLOB     NOT NULL REFERENCES statements (id),
    step         INTEGER  NOT NULL,
    kind         TEXT     NOT NULL,
    text         TEXT     NOT NULL,
    account_id   BLOB     NOT NULL,
    at           DATETIME NOT NULL,
    UNIQUE (statement_id, step)
);

CREATE TABLE payment_marks (
    id          BLOB     PRIMARY KEY,
    alliance_id BLOB     NOT NULL,
    payment_id  BLOB     NOT NULL REFERENCES settlement_payments (id),
    step        INTEGER  NOT NULL,
    side        TEXT     NOT NULL,
    given       BOOLEAN  NOT NULL,
    note        TEXT     NOT NULL,
    account_id  BLOB     NOT NULL,
    at          DATETIME NOT NULL,
    UNIQUE (payment_id, step)
);

CREATE TABLE corrections (
    id           BLOB     PRIMARY KEY,
    alliance_id  BLOB     NOT NULL,
    from_id      BLOB     NOT NULL,
    to_id        BLOB     NOT NULL,
    amount       INTEGER  NOT NULL,
    reason       TEXT     NOT NULL,
    statement_id BLOB     REFERENCES statements (id),
    account_id   BLOB     NOT NULL,
    at           DATETIME NOT NULL,
    CHECK (amount > 0)
);
CREATE INDEX corrections_at ON corrections (alliance_id, at);
CREATE INDEX corrections_statement_id ON corrections (statement_id);

-- A closed month stays as it is, and what anybody said of it too: neither UPDATE nor DELETE, nor an INSERT OR
-- REPLACE that would delete in passing.
-- +goose StatementBegin
CREATE TRIGGER settlements_no_update BEFORE UPDATE ON settlements
BEGIN
    SELECT RAISE(ABORT, 'a row of settlements is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlements_no_delete BEFORE DELETE ON settlements
BEGIN
    SELECT RAISE(ABORT, 'a row of settlements is never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlements_no_replace BEFORE INSERT ON settlements
WHEN EXISTS (SELECT 1 FROM settlements WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM settlements WHERE alliance_id = NEW.alliance_id AND month = NEW.month)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: a row of settlements is never replaced');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements
BEGIN
    SELECT RAISE(ABORT, 'a row of statements is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements
BEGIN
    SELECT RAISE(ABORT, 'a row of statements is never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statements_no_replace BEFORE INSERT ON statements
WHEN EXISTS (SELECT 1 FROM statements WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM statements WHERE settlement_id = NEW.settlement_id AND party_id = NEW.party_id)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: a row of statements is never replaced');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_lines_no_update BEFORE UPDATE ON statement_lines
BEGIN
    SELECT RAISE(ABORT, 'a row of statement_lines is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_lines_no_delete BEFORE DELETE ON statement_lines
BEGIN
    SELECT RAISE(ABORT, 'a row of statement_lines is never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_lines_no_replace BEFORE INSERT ON statement_lines
WHEN EXISTS (SELECT 1 FROM statement_lines WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM statement_lines WHERE statement_id = NEW.statement_id AND position = NEW.position)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: a row of statement_lines is never replaced');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlement_payments_no_update BEFORE UPDATE ON settlement_payments
BEGIN
    SELECT RAISE(ABORT, 'a row of settlement_payments is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlement_payments_no_delete BEFORE DELETE ON settlement_payments
BEGIN
    SELECT RAISE(ABORT, 'a row of settlement_payments is never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlement_payments_no_replace BEFORE INSERT ON settlement_payments
WHEN EXISTS (SELECT 1 FROM settlement_payments WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM settlement_payments WHERE settlement_id = NEW.settlement_id AND position = NEW.position)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: a row of settlement_payments is never replaced');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_answers_no_update BEFORE UPDATE ON statement_answers
BEGIN
    SELECT RAISE(ABORT, 'a row of statement_answers is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_answers_no_delete BEFORE DELETE ON statement_answers
BEGIN
    SELECT RAISE(ABORT, 'a row of statement_answers is never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_answers_no_replace BEFORE INSERT ON statement_answers
WHEN EXISTS (SELECT 1 FROM statement_answers WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM statement_answers WHERE statement_id = NEW.statement_id AND step = NEW.step)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: a row of statement_answers is never replaced');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_marks_no_update BEFORE UPDATE ON payment_marks
BEGIN
    SELECT RAISE(ABORT, 'a row of payment_marks is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_marks_no_delete BEFORE DELETE ON payment_marks
BEGIN
    SELECT RAISE(ABORT, 'a row of payment_marks is never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_marks_no_replace BEFORE INSERT ON payment_marks
WHEN EXISTS (SELECT 1 FROM payment_marks WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM payment_marks WHERE payment_id = NEW.payment_id AND step = NEW.step)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: a row of payment_marks is never replaced');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER corrections_no_update BEFORE UPDATE ON corrections
BEGIN
    SELECT RAISE(ABORT, 'a row of corrections is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER corrections_no_delete BEFORE DELETE ON corrections
BEGIN
    SELECT RAISE(ABORT, 'a row of corrections is never deleted');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER corrections_no_replace BEFORE INSERT ON corrections
WHEN EXISTS (SELECT 1 FROM corrections WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: a row of corrections is never replaced');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE corrections;
DROP TABLE payment_marks;
DROP TABLE statement_answers;
DROP TABLE settlement_payments;
DROP TABLE statement_lines;
DROP TABLE statements;
DROP TABLE settlements;
ALTER TABLE alliances DROP COLUMN points_rate;
