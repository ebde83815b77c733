-- A value that came without a count.
ALTER TABLE observations ADD COLUMN plain BOOLEAN NOT NULL DEFAULT FALSE;

-- Up to which window each guardrail was judged.
CREATE TABLE observations_judged (
    guardrail TEXT   COLLATE "C" NOT NULL PRIMARY KEY,
    upto      BIGINT NOT NULL
);
