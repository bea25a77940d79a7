-- When an account goes for good: its owner may sign in until then and keep it. Its row stays as "Deleted account" while anything refers to it.
ALTER TABLE users ADD COLUMN delete_after_ms BIGINT;
ALTER TABLE users ADD COLUMN keep_comments INTEGER NOT NULL DEFAULT 0;

CREATE INDEX users_to_delete ON users (delete_after_ms) WHERE delete_after_ms IS NOT NULL;

-- What a person wrote is read and removed by the person.
CREATE INDEX comments_by_author ON comments (author_id, id);
