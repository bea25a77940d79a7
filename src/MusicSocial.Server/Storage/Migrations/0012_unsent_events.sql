-- What nodes promised while they could not reach the backplane: whichever node reaches it sends it.
CREATE TABLE unsent_events (
    id              TEXT NOT NULL PRIMARY KEY,
    topic           TEXT NOT NULL,
    type            TEXT NOT NULL,
    data            TEXT NOT NULL,
    idempotency_key TEXT NOT NULL
);
