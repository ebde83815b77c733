-- The log that the rows belong to: they are judged against what it says.
CREATE TABLE observations_log (
    one BOOLEAN PRIMARY KEY DEFAULT true CHECK (one),
    id  TEXT NOT NULL
);
