//! The `verdict` binary: every role of the platform and every verb of its client.

use std::process::ExitCode;

fn main() -> ExitCode {
    verdict::cli::run(verdict::cli::Cli::parse())
}
