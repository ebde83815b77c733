//! A server process that never outlives the test process that started it.
//!
//! A shell stands between the two. It holds the reading end of a pipe whose other end is in the test process; when
//! that end goes, by a drop, a panic or a kill, the shell ends the server's whole session and clears its folder away.

use std::fs::File;
use std::io;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use super::Unavailable;

/// How long a server may take from its start to its first answer, on a machine that is busy with tests.
const PATIENCE: Duration = Duration::from_mins(3);
/// How often it is asked.
const LOOK: Duration = Duration::from_millis(100);

/// `$1` is the folder. The server runs in a session of its own, so that all of it can be named at once.
const SHELL: &str = r#"
folder=$1; shift
rm -f "$folder/ended"
setsid sh -c 'folder=$1; shift; "$@"; echo "$?" >"$folder/ended"' sh "$folder" "$@" </dev/null >>"$folder/output" 2>&1 &
session=$!
read -r word
if [ "$word" = stop ]; then
  word=keep tries=600
  kill -s TERM -- "-$session" 2>/dev/null
  while kill -s 0 -- "-$session" 2>/dev/null && [ "$tries" -gt 0 ]; do tries=$((tries - 1)); sleep 0.1; done
fi
kill -s KILL -- "-$session" 2>/dev/null
wait "$session" 2>/dev/null
tries=50
while kill -s 0 -- "-$session" 2>/dev/null && [ "$tries" -gt 0 ]; do tries=$((tries - 1)); sleep 0.1; done
[ "$word" = keep ] || rm -rf "$folder"
"#;

/// A running server and the folder that holds all of its files.
pub struct Guarded {
    shell: Child,
    pipe: Option<ChildStdin>,
    folder: PathBuf,
}

/// A new folder for one server; it is removed with the server.
pub fn folder() -> io::Result<PathBuf> {
    Ok(tempfile::Builder::new().prefix("verdict-server-").tempdir()?.keep())
}

impl Guarded {
    /// Starts `server`, whose program, arguments and environment count, in `folder`.
    pub fn start(server: &Command, folder: &Path) -> io::Result<Self> {
        let mut shell = Command::new("sh");
        shell.args(["-c", SHELL, "guard"]).arg(folder).arg(server.get_program()).args(server.get_args());
        for (name, value) in server.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        // A group of its own: an interrupt at the terminal goes to the tests, and the shell follows from that.
        shell.process_group(0).stdin(Stdio::piped());
        shell.stdout(File::create(folder.join("guard"))?).stderr(Stdio::null());
        let mut shell = shell.spawn()?;
        let pipe = shell.stdin.take();
        Ok(Self { shell, pipe, folder: folder.to_owned() })
    }

    /// Ends the server at once, as `kill -9` does, and keeps its files.
    pub fn kill(self) -> io::Result<()> {
        self.end(b"keep\n")
    }

    /// Asks the server to end, gives it a minute, and keeps its files.
    pub fn stop(self) -> io::Result<()> {
        self.end(b"stop\n")
    }

    fn end(mut self, how: &[u8]) -> io::Result<()> {
        if let Some(mut pipe) = self.pipe.take() {
            pipe.write_all(how)?;
        }
        self.shell.wait()?;
        Ok(())
    }

    /// Waits until `ready`; fails when the server ends before or takes too long.
    pub async fn until(&self, server: &str, ready: impl AsyncFn() -> bool) -> Result<(), Unavailable> {
        let ended = self.folder.join("ended");
        let answers = async {
            while !ready().await {
                if let Ok(code) = std::fs::read_to_string(&ended) {
                    return Err(format!("it ended with code {}", code.trim()));
                }
                tokio::time::sleep(LOOK).await;
            }
            Ok(())
        };
        let outcome = tokio::time::timeout(PATIENCE, answers).await;
        let outcome = outcome.unwrap_or_else(|_| Err(format!("no answer within {} s", PATIENCE.as_secs())));
        outcome
            .map_err(|why| Unavailable::new(server, format!("{why}; its last words: {}", self.last_words())))
    }

    fn last_words(&self) -> String {
        let output = std::fs::read(self.folder.join("output")).unwrap_or_default();
        let output = String::from_utf8_lossy(&output);
        let lines: Vec<&str> = output.lines().filter(|line| !line.trim().is_empty()).collect();
        lines[lines.len().saturating_sub(5)..].join(" / ")
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        if self.pipe.take().is_some() {
            // The shell is waited for, so that ports are free and nothing is left behind.
            drop(self.shell.wait());
        }
    }
}

#[cfg(test)]
mod tests;
