use super::*;

/// Writes its process id and stays.
fn stays(folder: &Path) -> Command {
    let mut server = Command::new("sh");
    server.args(["-c", r#"echo $$ >"$0"; exec sleep 1000"#]).arg(folder.join("pid"));
    server
}

async fn started(folder: &Path) -> (Guarded, String) {
    let guarded = Guarded::start(&stays(folder), folder).unwrap();
    let pid = async || std::fs::read_to_string(folder.join("pid")).is_ok_and(|pid| pid.ends_with('\n'));
    guarded.until("sleeper", pid).await.unwrap();
    let pid = std::fs::read_to_string(folder.join("pid")).unwrap();
    (guarded, pid.trim().to_owned())
}

/// A process that was killed stays in the table until somebody waits for it.
fn runs(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

#[tokio::test]
async fn a_server_ends_with_its_guard_and_its_folder_goes() {
    let folder = folder().unwrap();
    let (guarded, pid) = started(&folder).await;
    assert!(runs(&pid));
    drop(guarded);
    assert!(!runs(&pid) && !folder.exists());
}

#[tokio::test]
async fn a_killed_server_leaves_its_files_for_the_next_start() {
    let folder = folder().unwrap();
    let (guarded, pid) = started(&folder).await;
    guarded.kill().unwrap();
    assert!(!runs(&pid) && folder.join("pid").exists());
    std::fs::remove_file(folder.join("pid")).unwrap();
    let (guarded, again) = started(&folder).await;
    assert_ne!(pid, again);
    drop(guarded);
}

#[tokio::test]
async fn a_server_that_ends_by_itself_says_why_it_cannot_be_had() {
    let folder = folder().unwrap();
    let mut server = Command::new("sh");
    server.args(["-c", "echo no room on the disk; exit 3"]);
    let guarded = Guarded::start(&server, &folder).unwrap();
    let why = guarded.until("database", async || false).await.unwrap_err();
    assert_eq!(why.to_string(), "database: it ended with code 3; its last words: no room on the disk");
}
