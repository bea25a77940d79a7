-- How loud a track is (LUFS) and how high it peaks (dB of full scale); absent where that cannot be told.
-- loudness_of is the fingerprint of what was measured: other sound under the same id is measured again.
ALTER TABLE tracks ADD COLUMN loudness DOUBLE PRECISION;
ALTER TABLE tracks ADD COLUMN peak DOUBLE PRECISION;
ALTER TABLE tracks ADD COLUMN loudness_of TEXT;

CREATE INDEX tracks_unmeasured ON tracks (present, id) WHERE coalesce(loudness_of, '') <> fingerprint;
