-- Until when a person may not sign in; NULL when they may. A suspension without an end lasts until it is lifted.
ALTER TABLE users ADD COLUMN suspended_until_ms BIGINT;
ALTER TABLE users ADD COLUMN suspended_for TEXT;

-- What operators decided; rows are only ever added.
CREATE TABLE audit (
    id      TEXT   NOT NULL PRIMARY KEY,
    at_ms   BIGINT NOT NULL,
    by_id   TEXT   NOT NULL REFERENCES users (id),
    action  TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    reason  TEXT
);
