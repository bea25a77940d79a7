-- Since when a room has not been used; NULL when it was used since the last sweep.
ALTER TABLE rooms ADD COLUMN used_at_ms BIGINT;

CREATE INDEX rooms_by_use ON rooms (used_at_ms);
