-- Moderators look after what people write; operators also after the hub. 0 is a member.
ALTER TABLE users ADD COLUMN moderator INTEGER NOT NULL DEFAULT 0;

-- One case for everything that is reported about one thing while it is open; state 0 open, 1 upheld, 2 dismissed.
CREATE TABLE report_cases (
    id            TEXT    NOT NULL PRIMARY KEY,
    kind          TEXT    NOT NULL,
    subject_id    TEXT    NOT NULL,
    author_id     TEXT,
    excerpt       TEXT,
    state         INTEGER NOT NULL,
    opened_at_ms  BIGINT  NOT NULL,
    decided_at_ms BIGINT,
    decided_by    TEXT,
    note          TEXT
);

CREATE UNIQUE INDEX report_cases_open ON report_cases (kind, subject_id) WHERE state = 0;
CREATE INDEX report_cases_by_state ON report_cases (state, id);

CREATE TABLE reports (
    case_id     TEXT   NOT NULL REFERENCES report_cases (id),
    reporter_id TEXT   NOT NULL REFERENCES users (id),
    reason      TEXT   NOT NULL,
    note        TEXT,
    at_ms       BIGINT NOT NULL,
    PRIMARY KEY (case_id, reporter_id)
);

CREATE INDEX reports_by_reporter ON reports (reporter_id, case_id);
