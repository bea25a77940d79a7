-- What protects the tokens of everybody who is signed in, when nodes share it; an embedded hub keeps it in its folder.
CREATE TABLE data_protection_keys (
    name TEXT NOT NULL PRIMARY KEY,
    xml  TEXT NOT NULL
);
