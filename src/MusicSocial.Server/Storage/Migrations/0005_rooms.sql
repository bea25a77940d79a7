-- document is the room's whole state (Sync/RoomDocument) at a revision; the other columns are what it is found by.
-- awake: somebody is in it, so time moves it and its people are looked after; listeners: how many, as last counted.
CREATE TABLE rooms (
    id            TEXT    NOT NULL PRIMARY KEY,
    code          TEXT    NOT NULL UNIQUE,
    revision      BIGINT  NOT NULL,
    document      TEXT    NOT NULL,
    listed        INTEGER NOT NULL,
    awake         INTEGER NOT NULL,
    listeners     INTEGER NOT NULL,
    created_at_ms BIGINT  NOT NULL
);

CREATE INDEX rooms_listed ON rooms (listeners DESC, id DESC) WHERE listed = 1;
CREATE INDEX rooms_awake ON rooms (id) WHERE awake = 1;

CREATE TABLE room_chat (
    id         TEXT   NOT NULL PRIMARY KEY,
    room_id    TEXT   NOT NULL REFERENCES rooms (id),
    author_id  TEXT   NOT NULL REFERENCES users (id),
    client_key TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    at_ms      DOUBLE PRECISION NOT NULL,
    UNIQUE (room_id, author_id, client_key)
);

CREATE INDEX room_chat_by_room ON room_chat (room_id, id);
CREATE INDEX room_chat_by_author ON room_chat (room_id, author_id, at_ms);
