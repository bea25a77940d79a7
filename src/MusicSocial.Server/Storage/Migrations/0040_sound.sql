-- Since read_version 1 the fingerprint is the sound's: SHA-256 of its encoded packets, whatever the tags, the name and the container. What was read by an
-- earlier version is read once more and keeps its id. changed_ms is the file's last change of any kind (names and permissions too), 0 when it is unknown.
-- length_of is the fingerprint of the sound whose decoded length duration_ms is.
ALTER TABLE tracks ADD COLUMN read_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN changed_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tracks ADD COLUMN length_of TEXT;
