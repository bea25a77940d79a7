-- Comments whose notices (to the person answered and to those mentioned) are still to be sent: written with the comment, deleted once
-- they are in the inboxes. A node sends those of its own comments at once, and after a while those of nodes that stopped in between.
CREATE TABLE comment_notices_due (
    comment_id TEXT   NOT NULL PRIMARY KEY REFERENCES comments (id),
    at_ms      BIGINT NOT NULL
);

CREATE INDEX comment_notices_due_by_age ON comment_notices_due (at_ms);

-- A starting node asks which rooms were last counted as not empty.
CREATE INDEX rooms_counted ON rooms (id) WHERE listeners > 0;
