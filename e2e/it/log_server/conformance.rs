//! `e2e/conformance` with the Python client, against a server of ours or the one that `VERDICT_LOG_URL` names.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use verdict_eventlog::server::Options;

use super::{loopback, serve};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance")
}

fn run(program: impl AsRef<std::ffi::OsStr>, words: &[&str]) -> Result<Output, String> {
    let name = program.as_ref().display().to_string();
    let output = Command::new(program).args(words).output();
    let output = output.map_err(|error| format!("{name}: {error}"))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{name} {}: {}", words.join(" "), said.lines().last().unwrap_or_default()))
}

/// The interpreter of an environment in the build folder that has what the script needs, or why there is none.
fn python() -> Result<PathBuf, String> {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance-venv");
    let python = environment.join("bin/python");
    let needed = folder().join("requirements.txt");
    let installed = environment.join("installed.txt");
    if std::fs::read(&installed).ok() == std::fs::read(&needed).ok() {
        return Ok(python);
    }
    run("python3", &["-m", "venv", &environment.to_string_lossy()])?;
    let needed_word = needed.to_string_lossy();
    run(&python, &["-m", "pip", "install", "--quiet", "--requirement", &needed_word])?;
    std::fs::copy(&needed, &installed).map_err(|error| error.to_string())?;
    Ok(python)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_independent_client_finds_every_case_conforming() {
    let python = match python() {
        Ok(python) => python,
        Err(why) => {
            println!("SKIPPED: the conformance suite needs Python with pip: {why}");
            return;
        }
    };
    let given = std::env::var("VERDICT_LOG_URL").ok();
    let served = given.is_none().then(|| serve(Options::new(loopback())));
    let ours = served.as_ref().map(|served| format!("esdb://{}?tls=false", served.server.address()));
    let url = given.or(ours).unwrap();
    println!("the conformance suite runs against {url}");
    let script = folder().join("conformance.py");
    let running = tokio::task::spawn_blocking(move || {
        Command::new(python).arg(script).env("VERDICT_LOG_URL", url).output().unwrap()
    });
    let output = running.await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let passed = said.lines().filter(|line| line.starts_with("ok ")).count();
    println!("{said}");
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(passed >= 30, "only {passed} cases ran");
}
