//! The memory of a process.

use anyhow::Context;

/// `VmRSS` of a process, in kilobytes.
pub(crate) fn resident(process: u32) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("a line VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}
