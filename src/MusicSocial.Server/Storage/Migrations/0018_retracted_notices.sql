-- The notices of a comment are found by what they are about, when it is deleted.
CREATE INDEX notices_by_occasion ON notices (idempotency_key);
