//! The tables, and how the file is opened.

use std::path::Path;

use rusqlite::Connection;

use super::{OpenError, Options};

/// What each version adds to the one before it. Times are nanoseconds since 1970. The primary key is the natural key in
/// the order in which rows are read.
pub(super) const VERSIONS: [&str; 3] = [TABLES, POINTS, ARMS];

/// Version of the tables.
const VERSION: u32 = 3;

const TABLES: &str = "
CREATE TABLE observations (
    org            TEXT    NOT NULL,
    metric         TEXT    NOT NULL,
    window_end     INTEGER NOT NULL,
    window_start   INTEGER NOT NULL,
    source         TEXT    NOT NULL,
    count          INTEGER NOT NULL,
    sum            REAL    NOT NULL,
    sum_of_squares REAL    NOT NULL,
    min            REAL    NOT NULL,
    max            REAL    NOT NULL,
    rollout        TEXT,
    stage          TEXT,
    arm            TEXT,
    received_at    INTEGER NOT NULL,
    PRIMARY KEY (org, metric, window_end, window_start, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX newest_by_source ON observations (org, metric, source, window_end);

-- Counting a million rows for every view would be slow.
CREATE TABLE counts (
    org    TEXT    NOT NULL,
    metric TEXT    NOT NULL,
    rows   INTEGER NOT NULL,
    PRIMARY KEY (org, metric)
) STRICT, WITHOUT ROWID;
";

const POINTS: &str = "
-- A value that came without a count.
ALTER TABLE observations ADD COLUMN plain INTEGER NOT NULL DEFAULT 0;

-- Up to which window each guardrail was judged.
CREATE TABLE judged (
    guardrail TEXT    NOT NULL PRIMARY KEY,
    upto      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// The arm of an experiment becomes part of the key: the empty one is none.
const ARMS: &str = "
CREATE TABLE rows_with_arms (
    org            TEXT    NOT NULL,
    metric         TEXT    NOT NULL,
    window_end     INTEGER NOT NULL,
    window_start   INTEGER NOT NULL,
    source         TEXT    NOT NULL,
    arm            TEXT    NOT NULL,
    count          INTEGER NOT NULL,
    sum            REAL    NOT NULL,
    sum_of_squares REAL    NOT NULL,
    min            REAL    NOT NULL,
    max            REAL    NOT NULL,
    rollout        TEXT,
    stage          TEXT,
    received_at    INTEGER NOT NULL,
    plain          INTEGER NOT NULL,
    PRIMARY KEY (org, metric, window_end, window_start, source, arm)
) STRICT, WITHOUT ROWID;

INSERT INTO rows_with_arms
    SELECT org, metric, window_end, window_start, source, coalesce(arm, ''), count, sum, sum_of_squares, min, max,
        rollout, stage, received_at, plain
    FROM observations;
DROP TABLE observations;
ALTER TABLE rows_with_arms RENAME TO observations;
CREATE INDEX newest_by_source ON observations (org, metric, source, window_end);
";

/// Opens the file for writing and brings it to this version.
pub(super) fn open(path: &Path, options: Options) -> Result<Connection, OpenError> {
    let sqlite = |source| OpenError::Sqlite { path: path.to_owned(), source };
    let connection = Connection::open(path).map_err(sqlite)?;
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(sqlite)?;
    if found > VERSION {
        return Err(OpenError::Newer { path: path.to_owned(), found, known: VERSION });
    }
    connection.pragma_update(None, "journal_mode", "WAL").map_err(sqlite)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(sqlite)?;
    if let Some(pages) = options.max_pages {
        connection.pragma_update(None, "max_page_count", pages).map_err(sqlite)?;
    }
    let missing = VERSIONS.iter().skip(found as usize).copied().collect::<String>();
    if !missing.is_empty() {
        let script = format!("BEGIN IMMEDIATE; {missing} PRAGMA user_version = {VERSION}; COMMIT;");
        connection.execute_batch(&script).map_err(sqlite)?;
    }
    Ok(connection)
}
