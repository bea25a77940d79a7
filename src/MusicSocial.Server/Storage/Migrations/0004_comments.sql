CREATE TABLE comments (
    -- Ids sort by creation time: they are the keyset of the two chronological orders.
    id            TEXT    NOT NULL PRIMARY KEY,
    track_id      TEXT    NOT NULL,
    room_id       TEXT,
    parent_id     TEXT,
    author_id     TEXT    NOT NULL REFERENCES users (id),
    client_key    TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    position_ms   BIGINT,
    -- The position, or beyond every song for comments without one, so that every order lists every comment.
    position_key  BIGINT  NOT NULL,
    created_at_ms BIGINT  NOT NULL,
    edited_at_ms  BIGINT,
    deleted       INTEGER NOT NULL DEFAULT 0,
    likes         BIGINT  NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX comments_once ON comments (author_id, client_key);
CREATE INDEX comments_by_room ON comments (author_id, room_id, created_at_ms) WHERE room_id IS NOT NULL;
CREATE INDEX comments_by_time ON comments (track_id, id);
CREATE INDEX comments_by_position ON comments (track_id, position_key, id);
CREATE INDEX comments_by_likes ON comments (track_id, likes, id);

CREATE TABLE comment_likes (
    user_id    TEXT NOT NULL,
    comment_id TEXT NOT NULL,
    PRIMARY KEY (user_id, comment_id)
);

CREATE TABLE comment_totals (
    track_id TEXT   NOT NULL PRIMARY KEY,
    total    BIGINT NOT NULL
);

-- How many comments are pinned to each second of a song: the moments rail, kept current by every post.
CREATE TABLE comment_moments (
    track_id TEXT   NOT NULL,
    second   BIGINT NOT NULL,
    total    BIGINT NOT NULL,
    PRIMARY KEY (track_id, second)
);
