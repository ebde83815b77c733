//! The `verdict` binary: every role of the platform and every verb of its client.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    verdict::cli::run(verdict::cli::Cli::parse())
}
