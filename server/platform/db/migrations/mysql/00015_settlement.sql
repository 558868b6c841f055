-- +goose Up
-- What 100 points are worth between a store and the alliance, in fen.
ALTER TABLE alliances ADD COLUMN points_rate BIGINT NOT NULL DEFAULT 100;

CREATE TABLE settlements (
    id          BINARY(16)                                    NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)                                    NOT NULL,
    month       CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    from_seq    BIGINT                                        NOT NULL,
    to_seq      BIGINT                                        NOT NULL,
    points_rate BIGINT                                        NOT NULL,
    closed_at   DATETIME(6)                                   NOT NULL,
    closed_by   BINARY(16)                                    NULL,
    CHECK (to_seq >= from_seq),
    UNIQUE KEY settlements_once (alliance_id, month)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE statements (
    id              BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id     BINARY(16) NOT NULL,
    settlement_id   BINARY(16) NOT NULL,
    party_id        BINARY(16) NOT NULL,
    earned          BIGINT     NOT NULL,
    owed            BIGINT     NOT NULL,
    net             BIGINT     NOT NULL,
    points_issued   BIGINT     NOT NULL,
    points_honoured BIGINT     NOT NULL,
    points_value    BIGINT     NOT NULL,
    CHECK (net = earned - owed),
    UNIQUE KEY statements_once (settlement_id, party_id),
    KEY statements_party_id (party_id),
    CONSTRAINT statements_of_settlements FOREIGN KEY (settlement_id) REFERENCES settlements (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE statement_lines (
    id           BINARY(16)                                        NOT NULL PRIMARY KEY,
    alliance_id  BINARY(16)                                        NOT NULL,
    statement_id BINARY(16)                                        NOT NULL,
    position     BIGINT                                            NOT NULL,
    kind         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    other_id     BINARY(16)                                        NULL,
    count        BIGINT                                            NOT NULL,
    amount       BIGINT                                            NOT NULL,
    UNIQUE KEY statement_lines_once (statement_id, position),
    CONSTRAINT statement_lines_of_statements FOREIGN KEY (statement_id) REFERENCES statements (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE settlement_payments (
    id            BINARY(16) NOT NULL PRIMARY KEY,
    alliance_id   BINARY(16) NOT NULL,
    settlement_id BINARY(16) NOT NULL,
    position      BIGINT     NOT NULL,
    from_id       BINARY(16) NOT NULL,
    to_id         BINARY(16) NOT NULL,
    amount        BIGINT     NOT NULL,
    CHECK (amount > 0),
    UNIQUE KEY settlement_payments_once (settlement_id, position),
    KEY settlement_payments_from_id (from_id),
    KEY settlement_payments_to_id (to_id),
    CONSTRAINT settlement_payments_of_settlements FOREIGN KEY (settlement_id) REFERENCES settlements (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE statement_answers (
    id           BINARY(16)                                        NOT NULL PRIMARY KEY,
    alliance_id  BINARY(16)                                        NOT NULL,
    statement_id BINARY(16)                                        NOT NULL,
    step         BIGINT                                            NOT NULL,
    kind         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    text         VARCHAR(400)                                      NOT NULL,
    account_id   BINARY(16)                                        NOT NULL,
    at           DATETIME(6)                                       NOT NULL,
    UNIQUE KEY statement_answers_once (statement_id, step),
    CONSTRAINT statement_answers_of_statements FOREIGN KEY (statement_id) REFERENCES statements (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE payment_marks (
    id          BINARY(16)                                       NOT NULL PRIMARY KEY,
    alliance_id BINARY(16)                                       NOT NULL,
    payment_id  BINARY(16)                                       NOT NULL,
    step        BIGINT                                           NOT NULL,
    side        VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    given       BOOLEAN                                          NOT NULL,
    note        VARCHAR(60)                                      NOT NULL,
    account_id  BINARY(16)                                       NOT NULL,
    at          DATETIME(6)                                      NOT NULL,
    UNIQUE KEY payment_marks_once (payment_id, step),
    CONSTRAINT payment_marks_of_settlement_payments FOREIGN KEY (payment_id) REFERENCES settlement_payments (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE corrections (
    id           BINARY(16)   NOT NULL PRIMARY KEY,
    alliance_id  BINARY(16)   NOT NULL,
    from_id      BINARY(16)   NOT NULL,
    to_id        BINARY(16)   NOT NULL,
    amount       BIGINT       NOT NULL,
    reason       VARCHAR(400) NOT NULL,
    statement_id BINARY(16)   NULL,
    account_id   BINARY(16)   NOT NULL,
    at           DATETIME(6)  NOT NULL,
    CHECK (amount > 0),
    KEY corrections_at (alliance_id, at),
    KEY corrections_statement_id (statement_id),
    CONSTRAINT corrections_of_statements FOREIGN KEY (statement_id) REFERENCES statements (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- A closed month stays as it is, and what anybody said of it too.
-- +goose StatementBegin
CREATE TRIGGER settlements_no_update BEFORE UPDATE ON settlements FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of settlements is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlements_no_delete BEFORE DELETE ON settlements FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of settlements is never deleted';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of statements is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of statements is never deleted';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_lines_no_update BEFORE UPDATE ON statement_lines FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of statement_lines is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_lines_no_delete BEFORE DELETE ON statement_lines FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of statement_lines is never deleted';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlement_payments_no_update BEFORE UPDATE ON settlement_payments FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of settlement_payments is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settlement_payments_no_delete BEFORE DELETE ON settlement_payments FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of settlement_payments is never deleted';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_answers_no_update BEFORE UPDATE ON statement_answers FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of statement_answers is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER statement_answers_no_delete BEFORE DELETE ON statement_answers FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of statement_answers is never deleted';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_marks_no_update BEFORE UPDATE ON payment_marks FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of payment_marks is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_marks_no_delete BEFORE DELETE ON payment_marks FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of payment_marks is never deleted';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER corrections_no_update BEFORE UPDATE ON corrections FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of corrections is never changed';
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER corrections_no_delete BEFORE DELETE ON corrections FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a row of corrections is never deleted';
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
