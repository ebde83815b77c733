-- The arm of an experiment is part of what makes a row the same row: one source reports several of one window. The
-- empty arm is none. A replica of a version that writes rows without an arm is refused by the database from here on,
-- and takes observations again once it is replaced; what it was sent meanwhile is sent again.
ALTER TABLE observations DROP CONSTRAINT observations_pkey;
ALTER TABLE observations ALTER COLUMN arm TYPE TEXT COLLATE "C" USING coalesce(arm, '');
ALTER TABLE observations ALTER COLUMN arm SET DEFAULT '', ALTER COLUMN arm SET NOT NULL;
ALTER TABLE observations ADD PRIMARY KEY (org, metric, window_end, window_start, source, arm);
