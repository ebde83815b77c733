//! Files of rows separated by commas: what is wrong is told with line and column.

use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;

use crate::cli::output::Failure;
use crate::cli::syntax;

/// Most bytes of a file, unpacked.
const LARGEST: u64 = 256 * 1024 * 1024;
/// What a file that is packed begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A row with the place that it has in its file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'t> {
    file: &'t str,
    pub(super) line: usize,
    text: &'t str,
}

/// A part of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'t> {
    row: Row<'t>,
    column: usize,
    pub(super) text: &'t str,
}

/// The whole text of a file; `-` is standard input.
pub(super) fn text(file: &Path) -> Result<String, Failure> {
    let name = name(file);
    let failed = |error: io::Error| Failure::usage(format!("{name}: {error}"));
    let mut bytes = Vec::new();
    let most = LARGEST + 1;
    if file.as_os_str() == "-" {
        io::stdin().take(most).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        std::fs::File::open(file).map_err(failed)?.take(most).read_to_end(&mut bytes).map_err(failed)?;
    }
    if bytes.starts_with(&GZIP) {
        let mut unpacked = Vec::new();
        MultiGzDecoder::new(bytes.as_slice()).take(most).read_to_end(&mut unpacked).map_err(failed)?;
        bytes = unpacked;
    }
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::usage(format!("{name}: more than {} MiB", LARGEST / 1024 / 1024)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        let line = good.matches('\n').count() + 1;
        let column = good.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
        Failure::usage(format!("{name}: line {line}, column {column}: this is no text in UTF-8"))
    })
}

/// What a file is called in what is said.
pub(super) fn name(file: &Path) -> String {
    if file.as_os_str() == "-" { "standard input".to_owned() } else { file.display().to_string() }
}

/// The rows of a text that say something; not the first when its first cell is a word of `heads`.
pub(super) fn rows<'t>(file: &'t str, text: &'t str, heads: &[&str]) -> Vec<Row<'t>> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().enumerate().map(|(index, text)| Row { file, line: index + 1, text });
    let mut rows: Vec<Row<'_>> = lines.filter(|row| !row.text.trim().is_empty()).collect();
    let is_head = |row: &Row<'_>| {
        let first = row.text.split(',').next().unwrap_or_default().trim().trim_matches('"');
        heads.iter().any(|head| first.eq_ignore_ascii_case(head))
    };
    if rows.first().is_some_and(is_head) {
        rows.remove(0);
    }
    rows
}

impl<'t> Row<'t> {
    /// Its first cells, at most `most`, the last with everything that follows.
    pub(super) fn cells(self, most: usize) -> Vec<Cell<'t>> {
        let mut column = 1;
        let cell = |text: &'t str| {
            let blank = text.chars().take_while(|letter| letter.is_whitespace()).count();
            let inner = text.trim();
            let bare = inner.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(inner);
            let cell = Cell { row: self, column: column + blank, text: bare };
            column += text.chars().count() + 1;
            cell
        };
        self.text.splitn(most, ',').map(cell).collect()
    }

    /// What is wrong with the row.
    pub(super) fn wrong(self, what: &str) -> Failure {
        Failure::usage(format!("{}: line {}: {what}: '{}'", self.file, self.line, self.text.trim()))
    }
}

impl Cell<'_> {
    /// What is wrong with the cell.
    pub(super) fn wrong(self, what: &str) -> Failure {
        let Row { file, line, .. } = self.row;
        Failure::usage(format!("{file}: line {line}, column {}: '{}' {what}", self.column, self.text))
    }

    /// A time: RFC 3339, without a zone in UTC, or seconds since 1970.
    pub(super) fn time(self) -> Result<Timestamp, Failure> {
        let wrong = || self.wrong("is no time, such as 2026-12-01T09:00:00Z or 2026-12-01 09:00:00");
        if let Ok(seconds) = self.text.parse::<i64>() {
            return Timestamp::from_second(seconds).map_err(|_| wrong());
        }
        syntax::recorded(self.text).ok_or_else(wrong)
    }
}
