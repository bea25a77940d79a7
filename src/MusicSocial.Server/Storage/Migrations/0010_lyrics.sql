-- How a revision came about, and what its list shows without reading the bytes; numbers are those of RevisionKind and LyricTiming.
ALTER TABLE lyric_revisions ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lyric_revisions ADD COLUMN from_revision BIGINT;
ALTER TABLE lyric_revisions ADD COLUMN timing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lyric_revisions ADD COLUMN line_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lyric_revisions ADD COLUMN offset_ms BIGINT NOT NULL DEFAULT 0;

CREATE TABLE lyric_reports (
    track_id      TEXT    NOT NULL,
    revision      BIGINT  NOT NULL,
    user_id       TEXT    NOT NULL REFERENCES users (id),
    reason        INTEGER NOT NULL,
    note          TEXT,
    created_at_ms BIGINT  NOT NULL,
    PRIMARY KEY (track_id, revision, user_id),
    FOREIGN KEY (track_id, revision) REFERENCES lyric_revisions (track_id, revision)
);

-- Small numbers by which LRCLIB's API names tracks; given once, in the order in which they were asked for.
CREATE TABLE lrclib_numbers (
    number   BIGINT NOT NULL PRIMARY KEY,
    track_id TEXT   NOT NULL UNIQUE REFERENCES tracks (id)
);

-- What a lyrics server answered; without texts it had none, and is asked again after a while.
CREATE TABLE lrclib_answers (
    track_id      TEXT   NOT NULL PRIMARY KEY REFERENCES tracks (id),
    plain_lyrics  TEXT,
    synced_lyrics TEXT,
    fetched_at_ms BIGINT NOT NULL
);
