-- Codes that let the owner of an account set a new password, each good once: those made at sign-up, and one an operator gave out. Only hashes are kept.
CREATE TABLE recovery_codes (
    user_id       TEXT    NOT NULL REFERENCES users (id),
    code_hash     TEXT    NOT NULL,
    by_operator   INTEGER NOT NULL,
    created_at_ms BIGINT  NOT NULL,
    expires_at_ms BIGINT,
    PRIMARY KEY (user_id, code_hash)
);
