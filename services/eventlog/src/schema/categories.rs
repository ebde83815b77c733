//! Where the events of a category are, so that whoever wants a few kinds of streams looks at no others.
//!
//! The category of a stream is its name up to and including the first dash; a name without one is a category of its
//! own. The tables are kept by triggers, in the commit of what they follow, whatever version of this code writes. A file
//! from before them gets them when it is opened for writing.

use rusqlite::{Connection, ErrorCode};

/// The tables, and what keeps them.
pub(crate) const TABLES: &str = "
CREATE TABLE categories (
    cid  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE places (
    cid      INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (cid, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER stream_categorised AFTER INSERT ON streams BEGIN
    INSERT INTO categories (name) SELECT substr(NEW.name, 1, instr(NEW.name || '-', '-'))
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER event_placed AFTER INSERT ON events BEGIN
    INSERT INTO places (cid, position) SELECT c.cid, NEW.position
    FROM streams s JOIN categories c ON c.name = substr(s.name, 1, instr(s.name || '-', '-'))
    WHERE s.sid = NEW.sid;
END;
CREATE TRIGGER event_taken AFTER DELETE ON events BEGIN
    DELETE FROM places WHERE position = OLD.position AND cid = (
        SELECT c.cid FROM streams s JOIN categories c ON c.name = substr(s.name, 1, instr(s.name || '-', '-'))
        WHERE s.sid = OLD.sid
    );
END;
";

/// What a file from before the tables holds.
const FILL: &str = "
INSERT INTO categories (name) SELECT DISTINCT substr(name, 1, instr(name || '-', '-')) FROM streams;
INSERT INTO places (cid, position) SELECT c.cid, e.position
FROM streams s
JOIN categories c ON c.name = substr(s.name, 1, instr(s.name || '-', '-'))
CROSS JOIN events e ON e.sid = s.sid;
";

/// Events that stand where they belong.
const WELL_PLACED: &str = "
SELECT count(*) FROM places p
CROSS JOIN events e ON e.position = p.position
CROSS JOIN streams s ON s.sid = e.sid
CROSS JOIN categories c ON c.cid = p.cid AND c.name = substr(s.name, 1, instr(s.name || '-', '-'))
";

/// Whether the file has the tables.
pub(crate) fn exist(db: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'places'";
    db.query_row(sql, [], |row| Ok(row.get::<_, i64>(0)? == 1))
}

/// Makes the tables where they are missing. False when there is no room for them: the log is read without them.
pub(crate) fn ensure(db: &Connection) -> rusqlite::Result<bool> {
    if exist(db)? {
        return Ok(true);
    }
    let transaction = db.unchecked_transaction()?;
    let made = transaction.execute_batch(TABLES).and_then(|()| transaction.execute_batch(FILL));
    match made.and_then(|()| transaction.commit()) {
        Ok(()) => Ok(true),
        Err(fault) if fault.sqlite_error_code() == Some(ErrorCode::DiskFull) => {
            tracing::warn!(
                "there is no room for the categories of the log: whoever follows some of them reads all of it"
            );
            Ok(false)
        }
        Err(fault) => Err(fault),
    }
}

/// Places that are missing, or that say something else than the events do.
pub(crate) fn misplaced(db: &Connection, events: u64) -> rusqlite::Result<u64> {
    if !exist(db)? {
        return Ok(0);
    }
    let count = |sql: &str| db.query_row(sql, [], |row| super::number(row, 0));
    let (placed, well) = (count("SELECT count(*) FROM places")?, count(WELL_PLACED)?);
    Ok(events.abs_diff(well).max(placed.abs_diff(well)))
}

/// The categories in which streams with one of these prefixes may be, in order. Absent when they are more than `most`.
pub(crate) fn of_prefixes(
    db: &Connection,
    prefixes: &[String],
    exclude: &[String],
    most: usize,
) -> rusqlite::Result<Option<Vec<i64>>> {
    let mut statement =
        db.prepare_cached("SELECT cid, name FROM categories WHERE name >= ?1 ORDER BY name")?;
    let mut found = Vec::new();
    for prefix in prefixes {
        let category = prefix.find('-').map_or(prefix.as_str(), |dash| &prefix[..=dash]);
        let mut rows = statement.query([category])?;
        while let Some(row) = rows.next()? {
            let name = row.get_ref(1)?.as_str()?;
            if !name.starts_with(category) {
                break;
            }
            if exclude.iter().any(|excluded| name.starts_with(excluded.as_str())) {
                continue;
            }
            if found.len() == most {
                return Ok(None);
            }
            found.push(row.get(0)?);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(Some(found))
}
