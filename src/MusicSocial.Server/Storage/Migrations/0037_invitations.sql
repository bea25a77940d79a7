-- Links by which people sign up where sign-up is not open. Only hashes of their codes are kept. by_id is the operator, NULL for the command line;
-- uses is how many accounts it is good for, used how many were made.
CREATE TABLE invitations (
    id            TEXT   NOT NULL PRIMARY KEY,
    code_hash     TEXT   NOT NULL UNIQUE,
    by_id         TEXT   REFERENCES users (id),
    note          TEXT,
    uses          BIGINT NOT NULL,
    used          BIGINT NOT NULL DEFAULT 0,
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT,
    revoked_at_ms BIGINT
);
