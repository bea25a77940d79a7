-- When a guest's session was last renewed; NULL until the first sweep after the update. A guest whose refresh token has expired cannot come back.
ALTER TABLE users ADD COLUMN seen_at_ms BIGINT;

CREATE INDEX users_guests_by_use ON users (seen_at_ms) WHERE guest = 1;

-- What refers to a user is looked for before the user is removed.
CREATE INDEX lyric_revisions_by_user ON lyric_revisions (user_id);
CREATE INDEX lyric_reports_by_user ON lyric_reports (user_id);
CREATE INDEX room_chat_by_user ON room_chat (author_id);
CREATE INDEX room_guests_by_user ON room_guests (user_id);
