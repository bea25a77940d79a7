-- Accounts that moderate the hub; made by the command line (musicsocial operator grant).
ALTER TABLE users ADD COLUMN operator INTEGER NOT NULL DEFAULT 0;
