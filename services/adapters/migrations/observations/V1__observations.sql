-- Times are nanoseconds since 1970: a timestamptz would drop the last three digits. Texts are ordered by their bytes,
-- as keys are in the program. The primary key is the natural key in the order in which rows are read.
CREATE TABLE observations (
    org            TEXT COLLATE "C" NOT NULL,
    metric         TEXT COLLATE "C" NOT NULL,
    window_end     BIGINT           NOT NULL,
    window_start   BIGINT           NOT NULL,
    source         TEXT COLLATE "C" NOT NULL,
    count          BIGINT           NOT NULL,
    sum            DOUBLE PRECISION NOT NULL,
    sum_of_squares DOUBLE PRECISION NOT NULL,
    min            DOUBLE PRECISION NOT NULL,
    max            DOUBLE PRECISION NOT NULL,
    rollout        TEXT,
    stage          TEXT,
    arm            TEXT,
    received_at    BIGINT           NOT NULL,
    PRIMARY KEY (org, metric, window_end, window_start, source)
);

CREATE INDEX observations_newest_by_source ON observations (org, metric, source, window_end);

-- Counting a million rows for every view would be slow. A metric has several slots, so that batches which are under
-- way at once do not wait for each other; its number of rows is their sum.
CREATE TABLE observation_counts (
    org    TEXT COLLATE "C" NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    slot   INTEGER          NOT NULL,
    number BIGINT           NOT NULL,
    PRIMARY KEY (org, metric, slot)
);
