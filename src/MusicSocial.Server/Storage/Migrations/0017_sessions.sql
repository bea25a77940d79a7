-- A sign-in on one device. Refresh tokens carry the session's id and the generation they were issued in; a token of an older one that comes back was stolen.
CREATE TABLE sessions (
    id            TEXT   NOT NULL PRIMARY KEY,
    user_id       TEXT   NOT NULL REFERENCES users (id),
    generation    BIGINT NOT NULL,
    command_id    TEXT,
    device        TEXT,
    network       TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    used_at_ms    BIGINT NOT NULL,
    ended_at_ms   BIGINT
);

CREATE INDEX sessions_by_user ON sessions (user_id, id);

-- Access tokens of ended sessions are refused until they have expired; then the row goes.
CREATE INDEX sessions_ended ON sessions (ended_at_ms) WHERE ended_at_ms IS NOT NULL;
CREATE INDEX sessions_by_use ON sessions (used_at_ms);
