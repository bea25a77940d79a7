-- Who was let into a room and did not leave it for good: any node lets them in again.
CREATE TABLE room_guests (
    room_id TEXT   NOT NULL REFERENCES rooms (id),
    user_id TEXT   NOT NULL REFERENCES users (id),
    at_ms   BIGINT NOT NULL,
    PRIMARY KEY (room_id, user_id)
);

CREATE INDEX room_guests_by_age ON room_guests (at_ms);
