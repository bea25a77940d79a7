CREATE TABLE privacy (
    user_id         TEXT    NOT NULL PRIMARY KEY REFERENCES users (id),
    private_session INTEGER NOT NULL,
    audience        INTEGER NOT NULL
);

-- track_key is the catalog's id, or the folded names of a track it does not have; the names are kept as they were heard.
CREATE TABLE listens (
    id            TEXT   NOT NULL PRIMARY KEY,
    user_id       TEXT   NOT NULL REFERENCES users (id),
    track_id      TEXT,
    track_key     TEXT   NOT NULL,
    title         TEXT   NOT NULL,
    artist        TEXT   NOT NULL,
    album         TEXT,
    duration_ms   BIGINT,
    started_at_ms BIGINT NOT NULL,
    counted_at_ms BIGINT NOT NULL
);

CREATE INDEX listens_by_user ON listens (user_id, id);
CREATE INDEX listens_by_track ON listens (user_id, track_key, counted_at_ms);
