CREATE TABLE follows (
    id          TEXT NOT NULL,
    follower_id TEXT NOT NULL REFERENCES users (id),
    followed_id TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (follower_id, followed_id)
);

CREATE INDEX follows_by_follower ON follows (follower_id, id);
CREATE INDEX follows_by_followed ON follows (followed_id, id);
