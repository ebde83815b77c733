//! What a run says about its targets.

use std::process::ExitCode;

use crate::disk::Flushes;

/// A flush whose median is this many times its tenth percentile was waiting for something else.
const BUSY: u32 = 4;

/// Prints whether the run was within its targets. Exit code 0: it was, 1: not, 2: the machine was too busy to tell,
/// whichever way the figures came out.
pub(crate) fn verdict(flushes: &Flushes, within: bool) -> ExitCode {
    let Flushes { quick, median } = *flushes;
    if median > quick * BUSY {
        println!(
            "INCONCLUSIVE: fdatasync p50 {median:?} is over {BUSY} x its p10 {quick:?}; run it on an idle machine"
        );
        return ExitCode::from(2);
    }
    println!("{}", if within { "within the targets" } else { "OUTSIDE the targets" });
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
