-- +goose Up
-- What a street agreed on for its talk.
CREATE TABLE conduct_rules (
    alliance_id   BLOB NOT NULL,
    hold_doubtful BOOLEAN NOT NULL DEFAULT 0,
    first_review  BOOLEAN NOT NULL DEFAULT 0,
    slow_minutes  INTEGER NOT NULL DEFAULT 0,
    fine          INTEGER NOT NULL DEFAULT 0,
    updated_by    BLOB,
    updated_at    DATETIME NOT NULL,
    PRIMARY KEY (alliance_id),
    CHECK (fine >= 0),
    CHECK (slow_minutes >= 0)
);

-- The street's own words.
CREATE TABLE conduct_terms (
    id          BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    word        TEXT NOT NULL,
    does        TEXT NOT NULL,
    added_by    BLOB,
    created_at  DATETIME NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX conduct_terms_word ON conduct_terms (alliance_id, word);

-- A post or comment that somebody has to look at, or that a rule was sure of: one a text.
CREATE TABLE conduct_cases (
    id          BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    subject_id  BLOB NOT NULL,
    kind        TEXT NOT NULL,
    post_id     BLOB,
    account_id  BLOB,
    member_id   BLOB,
    store_id    BLOB,
    feed        TEXT NOT NULL,
    text        TEXT NOT NULL,
    draft       TEXT NOT NULL,
    why         TEXT NOT NULL,
    rule        TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    state       TEXT NOT NULL,
    reports     INTEGER NOT NULL DEFAULT 0,
    created_at  DATETIME NOT NULL,
    decided_at  DATETIME,
    decided_by  BLOB,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX conduct_cases_subject ON conduct_cases (subject_id);
CREATE INDEX conduct_cases_queue ON conduct_cases (alliance_id, state, created_at);
CREATE INDEX conduct_cases_account ON conduct_cases (alliance_id, account_id);

CREATE TABLE conduct_reports (
    case_id     BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    reason      TEXT NOT NULL,
    created_at  DATETIME NOT NULL,
    PRIMARY KEY (case_id, account_id)
);

CREATE TABLE conduct_strikes (
    id          BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    case_id     BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    member_id   BLOB,
    nth         INTEGER NOT NULL DEFAULT 0,
    points      INTEGER NOT NULL DEFAULT 0,
    text        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    decided_by  BLOB,
    created_at  DATETIME NOT NULL,
    expires_at  DATETIME NOT NULL,
    appeal      TEXT NOT NULL,
    appealed_at DATETIME,
    state       TEXT NOT NULL,
    answered_by BLOB,
    answered_at DATETIME,
    answer      TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (points >= 0),
    CHECK (nth >= 1)
);
CREATE UNIQUE INDEX conduct_strikes_case ON conduct_strikes (case_id);
CREATE INDEX conduct_strikes_account ON conduct_strikes (alliance_id, account_id, created_at);
CREATE INDEX conduct_strikes_state ON conduct_strikes (alliance_id, state);

CREATE TABLE conduct_standings (
    alliance_id  BLOB NOT NULL,
    account_id   BLOB NOT NULL,
    muted_until  DATETIME,
    last_post_at DATETIME,
    passed       BOOLEAN NOT NULL DEFAULT 0,
    PRIMARY KEY (alliance_id, account_id)
);

CREATE TABLE conduct_blocks (
    alliance_id BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    blocked_id  BLOB NOT NULL,
    created_at  DATETIME NOT NULL,
    PRIMARY KEY (alliance_id, account_id, blocked_id)
);

CREATE TABLE conduct_moderators (
    alliance_id BLOB NOT NULL,
    account_id  BLOB NOT NULL,
    member_id   BLOB,
    granted_by  BLOB,
    created_at  DATETIME NOT NULL,
    PRIMARY KEY (alliance_id, account_id)
);

-- The trail: who did what.
CREATE TABLE conduct_lines (
    id          BLOB NOT NULL,
    alliance_id BLOB NOT NULL,
    at          DATETIME NOT NULL,
    by_id       BLOB,
    what        TEXT NOT NULL,
    account_id  BLOB,
    case_id     BLOB,
    words       TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX conduct_lines_street ON conduct_lines (alliance_id, id);

-- +goose Down
DROP TABLE conduct_lines;
DROP TABLE conduct_moderators;
DROP TABLE conduct_blocks;
DROP TABLE conduct_standings;
DROP TABLE conduct_strikes;
DROP TABLE conduct_reports;
DROP TABLE conduct_cases;
DROP TABLE conduct_terms;
DROP TABLE conduct_rules;
