//! `verdict demo`: the story of one bet on a platform of its own, on real data and virtual time.

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::teller;
use super::up::{fault, present};
use crate::failure::Failure;
use crate::platform::{Options, Platform};
use crate::story::{self, RECORDED};
use crate::telling::series_name;

#[derive(Debug, clap::Args)]
pub struct Demo {
    /// Keep the platform's state in this directory, which must be empty; without it a temporary one
    #[arg(long)]
    data: Option<PathBuf>,
}

/// Starts a platform, tells the story, and stops it again.
pub fn run(demo: Demo, out: &mut dyn Write) -> Result<(), Failure> {
    demo.data.as_deref().map_or(Ok(()), empty)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let start = present();
        let platform = Platform::start(Options {
            data: demo.data,
            listen: "127.0.0.1:0".to_owned(),
            log_listen: None,
            grpc_listen: Some("127.0.0.1:0".to_owned()),
            virtual_start: Some(start),
            ..Options::default()
        })
        .await
        .map_err(fault)?;
        let told = tell(&platform, start, out).await;
        platform.stop().await;
        told
    })
}

/// The story begins on an empty directory.
fn empty(data: &Path) -> Result<(), Failure> {
    let holds = std::fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some());
    if holds {
        return Err(Failure::usage(format!(
            "--data {}: the directory is not empty, and the story begins on an empty one",
            data.display()
        )));
    }
    Ok(())
}

async fn tell(platform: &Platform, start: jiff::Timestamp, out: &mut dyn Write) -> Result<(), Failure> {
    let files = TempDir::new()?;
    let series = files.path().join("ec2_cpu_utilization_825cc2.csv");
    std::fs::write(&series, RECORDED)?;
    let mut teller = teller(platform.addresses(), start, "demo");
    teller.set(series_name(), series.to_string_lossy());
    let (begin, end) = story::LABELLED;
    writeln!(out, "A platform of its own, on virtual time from {start}.")?;
    writeln!(
        out,
        "The Beta is measured with a recorded series whose labelled fault lasts from {begin} to {end}."
    )?;
    for scene in story::scenes(start) {
        teller.play(&scene, out).await?;
    }
    writeln!(out, "\nThe bet was wrong, and that is known now.")?;
    Ok(())
}
