-- +goose Up
-- What a street agreed on for its talk.
CREATE TABLE conduct_rules (
    alliance_id   BINARY(16) NOT NULL,
    hold_doubtful BOOLEAN NOT NULL DEFAULT 0,
    first_review  BOOLEAN NOT NULL DEFAULT 0,
    slow_minutes  BIGINT NOT NULL DEFAULT 0,
    fine          BIGINT NOT NULL DEFAULT 0,
    updated_by    BINARY(16),
    updated_at    DATETIME(6) NOT NULL,
    PRIMARY KEY (alliance_id),
    CHECK (fine >= 0),
    CHECK (slow_minutes >= 0)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The street's own words.
CREATE TABLE conduct_terms (
    id          BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    word        VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    does        VARCHAR(16) NOT NULL,
    added_by    BINARY(16),
    created_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE UNIQUE INDEX conduct_terms_word ON conduct_terms (alliance_id, word);

-- A post or comment that somebody has to look at, or that a rule was sure of: one a text.
CREATE TABLE conduct_cases (
    id          BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    subject_id  BINARY(16) NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    post_id     BINARY(16),
    account_id  BINARY(16),
    member_id   BINARY(16),
    store_id    BINARY(16),
    feed        VARCHAR(64) NOT NULL,
    text        TEXT NOT NULL,
    draft       TEXT NOT NULL,
    why         VARCHAR(16) NOT NULL,
    rule        VARCHAR(32) NOT NULL,
    evidence    TEXT NOT NULL,
    state       VARCHAR(16) NOT NULL,
    reports     BIGINT NOT NULL DEFAULT 0,
    created_at  DATETIME(6) NOT NULL,
    decided_at  DATETIME(6),
    decided_by  BINARY(16),
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE UNIQUE INDEX conduct_cases_subject ON conduct_cases (subject_id);
CREATE INDEX conduct_cases_queue ON conduct_cases (alliance_id, state, created_at);
CREATE INDEX conduct_cases_account ON conduct_cases (alliance_id, account_id);

CREATE TABLE conduct_reports (
    case_id     BINARY(16) NOT NULL,
    account_id  BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    reason      VARCHAR(200) NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (case_id, account_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE conduct_strikes (
    id          BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    case_id     BINARY(16) NOT NULL,
    account_id  BINARY(16) NOT NULL,
    member_id   BINARY(16),
    nth         BIGINT NOT NULL DEFAULT 0,
    points      BIGINT NOT NULL DEFAULT 0,
    text        TEXT NOT NULL,
    rule        VARCHAR(32) NOT NULL,
    evidence    TEXT NOT NULL,
    decided_by  BINARY(16),
    created_at  DATETIME(6) NOT NULL,
    expires_at  DATETIME(6) NOT NULL,
    appeal      TEXT NOT NULL,
    appealed_at DATETIME(6),
    state       VARCHAR(16) NOT NULL,
    answered_by BINARY(16),
    answered_at DATETIME(6),
    answer      TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK (points >= 0),
    CHECK (nth >= 1)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
CREATE UNIQUE INDEX conduct_strikes_case ON conduct_strikes (case_id);
CREATE INDEX conduct_strikes_account ON conduct_strikes (alliance_id, account_id, created_at);
CREATE INDEX conduct_strikes_state ON conduct_strikes (alliance_id, state);

CREATE TABLE conduct_standings (
    alliance_id  BINARY(16) NOT NULL,
    account_id   BINARY(16) NOT NULL,
    muted_until  DATETIME(6),
    last_post_at DATETIME(6),
    passed       BOOLEAN NOT NULL DEFAULT 0,
    PRIMARY KEY (alliance_id, account_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE conduct_blocks (
    alliance_id BINARY(16) NOT NULL,
    account_id  BINARY(16) NOT NULL,
    blocked_id  BINARY(16) NOT NULL,
    created_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (alliance_id, account_id, blocked_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE conduct_moderators (
    alliance_id BINARY(16) NOT NULL,
    account_id  BINARY(16) NOT NULL,
    member_id   BINARY(16),
    granted_by  BINARY(16),
    created_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (alliance_id, account_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The trail: who did what.
CREATE TABLE conduct_lines (
    id          BINARY(16) NOT NULL,
    alliance_id BINARY(16) NOT NULL,
    at          DATETIME(6) NOT NULL,
    by_id       BINARY(16),
    what        VARCHAR(32) NOT NULL,
    account_id  BINARY(16),
    case_id     BINARY(16),
    words       TEXT NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
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
