//! The disk of the run. Its flush rate varies many times over within an hour, so what is durable is compared with
//! flushes of the same run.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::times::quantile;

/// Bytes of one flush.
const BYTES: usize = 512;

/// A file that is flushed for comparison.
pub(crate) struct Disk {
    file: File,
    times: Vec<Duration>,
}

impl Disk {
    /// A new file in `directory`, which has to be on the disk that is measured.
    pub(crate) fn within(directory: &Path) -> io::Result<Self> {
        Ok(Self { file: File::create(directory.join("flushed"))?, times: Vec::new() })
    }

    /// Writes a little and flushes it.
    pub(crate) fn flush(&mut self) -> io::Result<Duration> {
        let start = Instant::now();
        self.file.write_all(&[7; BYTES])?;
        self.file.sync_data()?;
        let took = start.elapsed();
        self.times.push(took);
        Ok(took)
    }

    /// Prints what the flushes came to.
    pub(crate) fn told(mut self) -> Flushes {
        let flushes =
            Flushes { quick: quantile(&mut self.times, 0.1), median: quantile(&mut self.times, 0.5) };
        let Flushes { quick, median } = flushes;
        println!("fdatasync: p10 {quick:?} p50 {median:?} p99 {:?}", quantile(&mut self.times, 0.99));
        flushes
    }
}

/// The flushes of a run.
pub(crate) struct Flushes {
    /// What one in ten undercuts.
    pub(crate) quick: Duration,
    pub(crate) median: Duration,
}
