-- Salted hash of the network a guest came from: whom a room bans does not come back as another guest. NULL for accounts.
ALTER TABLE room_guests ADD COLUMN network TEXT;
