-- What one person decided about another: kind 1 blocked, 2 muted, 3 a close friend.
CREATE TABLE personal_lists (
    id       TEXT    NOT NULL,
    owner_id TEXT    NOT NULL REFERENCES users (id),
    kind     INTEGER NOT NULL,
    other_id TEXT    NOT NULL REFERENCES users (id),
    PRIMARY KEY (owner_id, kind, other_id)
);

CREATE INDEX personal_lists_by_id ON personal_lists (owner_id, kind, id);
CREATE INDEX personal_lists_by_other ON personal_lists (other_id, kind, id);

-- Whose doing a notice is: notices of blocked people go.
ALTER TABLE notices ADD COLUMN from_id TEXT;
CREATE INDEX notices_by_sender ON notices (user_id, from_id);

-- Audiences have five circles: 0 everyone, 1 followers, 2 mutual followers, 3 close friends, 4 no one. So far 1 meant mutual, and 2 no one.
UPDATE privacy SET audience = CASE audience WHEN 1 THEN 2 WHEN 2 THEN 4 ELSE audience END;
ALTER TABLE privacy ADD COLUMN history INTEGER NOT NULL DEFAULT 2;
ALTER TABLE privacy ADD COLUMN connections INTEGER NOT NULL DEFAULT 0;
ALTER TABLE privacy ADD COLUMN show_position INTEGER NOT NULL DEFAULT 1;
ALTER TABLE privacy ADD COLUMN show_room INTEGER NOT NULL DEFAULT 1;
ALTER TABLE privacy ADD COLUMN private_until_ms BIGINT;
UPDATE privacy SET history = audience;
-- New accounts show themselves to mutual followers; those of before keep what they had.
INSERT INTO privacy (user_id, private_session, audience, history)
SELECT id, 0, 0, 0 FROM users WHERE id NOT IN (SELECT user_id FROM privacy);
