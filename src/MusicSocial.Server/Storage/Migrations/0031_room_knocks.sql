-- Who asked to be let into a room, and who was not; both are forgotten after minutes.
CREATE TABLE room_knocks (
    room_id TEXT    NOT NULL REFERENCES rooms (id),
    user_id TEXT    NOT NULL REFERENCES users (id),
    at_ms   BIGINT  NOT NULL,
    refused INTEGER NOT NULL,
    PRIMARY KEY (room_id, user_id)
);

CREATE INDEX room_knocks_by_age ON room_knocks (at_ms);
