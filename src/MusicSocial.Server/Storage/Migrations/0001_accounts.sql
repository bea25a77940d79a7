CREATE TABLE users (
    id             TEXT    NOT NULL PRIMARY KEY,
    handle         TEXT    NOT NULL,
    handle_key     TEXT    NOT NULL UNIQUE,
    display_name   TEXT    NOT NULL,
    guest          INTEGER NOT NULL,
    password_hash  TEXT,
    security_stamp TEXT    NOT NULL,
    created_at_ms  BIGINT  NOT NULL
);

CREATE TABLE notices (
    id              TEXT   NOT NULL PRIMARY KEY,
    user_id         TEXT   NOT NULL REFERENCES users (id),
    type            TEXT   NOT NULL,
    data            TEXT   NOT NULL,
    at_ms           BIGINT NOT NULL,
    read_at_ms      BIGINT,
    idempotency_key TEXT   NOT NULL,
    UNIQUE (user_id, idempotency_key)
);

CREATE INDEX notices_by_user ON notices (user_id, id);
CREATE INDEX notices_unread ON notices (user_id) WHERE read_at_ms IS NULL;
