-- Every upload is a revision; the newest is what everybody reads. The bytes are kept as they came, to be read better later.
CREATE TABLE lyric_revisions (
    track_id      TEXT    NOT NULL REFERENCES tracks (id),
    revision      BIGINT  NOT NULL,
    source        BLOB    NOT NULL,
    format        TEXT,
    encoding      TEXT,
    user_id       TEXT    NOT NULL REFERENCES users (id),
    created_at_ms BIGINT  NOT NULL,
    PRIMARY KEY (track_id, revision)
);
