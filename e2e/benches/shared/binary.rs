//! The binary that is measured.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

/// The release binary beside this benchmark, or the one that `VERDICT_BIN` names.
pub(crate) fn binary() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("VERDICT_BIN") {
        return Ok(path.into());
    }
    let own = std::env::current_exe()?;
    let built = own.parent().and_then(Path::parent).context("the folder of the build")?.join("verdict");
    ensure!(built.is_file(), "verdict is not built: make build");
    Ok(built)
}
