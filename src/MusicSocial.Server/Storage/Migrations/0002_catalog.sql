-- A track outlives its file: when the file vanishes the row stays, hidden (present = 0), because comments hang on it.
-- title_key and words are folded for search (see Catalog/SearchText); path is '<folder key>/<relative path>'.
CREATE TABLE tracks (
    id              TEXT    NOT NULL PRIMARY KEY,
    title           TEXT    NOT NULL,
    artist          TEXT    NOT NULL,
    album           TEXT,
    duration_ms     BIGINT  NOT NULL,
    title_key       TEXT    NOT NULL,
    words           TEXT    NOT NULL,
    present         INTEGER NOT NULL,
    path            TEXT    NOT NULL,
    size_bytes      BIGINT  NOT NULL,
    modified_ms     BIGINT  NOT NULL,
    fingerprint     TEXT    NOT NULL,
    content_type    TEXT    NOT NULL,
    cover_path      TEXT,
    cover_stamp     BIGINT  NOT NULL,
    lyrics_path     TEXT,
    lyrics_stamp    BIGINT  NOT NULL,
    lyrics_uploaded INTEGER NOT NULL,
    added_at_ms     BIGINT  NOT NULL
);

CREATE INDEX tracks_by_title ON tracks (present, title_key, id);
CREATE INDEX tracks_by_path ON tracks (path);
CREATE INDEX tracks_by_fingerprint ON tracks (fingerprint);

-- Every word of a present track; prefixes are ranges. Words of scripts without blanks are stored from each character on.
CREATE TABLE track_words (
    word     TEXT NOT NULL,
    track_id TEXT NOT NULL REFERENCES tracks (id),
    PRIMARY KEY (word, track_id)
);

CREATE INDEX track_words_by_track ON track_words (track_id);
