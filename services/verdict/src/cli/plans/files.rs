//! The texts that `-f` names: files, the files of folders, standard input.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use verdict_documents::{Finding, LARGEST, Reading, Set, read};

use crate::cli::output::escaped;
use crate::failure::Failure;

/// How the findings name standard input.
const STDIN: &str = "stdin";

/// Reads everything, and says everything that is wrong with any of it. `team` is that of documents that name none.
pub fn set(named: &[PathBuf], stdin: &mut dyn Read, team: &str) -> Result<Set, Failure> {
    let mut readings: Vec<Reading> = Vec::new();
    let mut unreadable = Vec::new();
    for path in named {
        if path.as_os_str() == "-" {
            let text = whole(stdin).map_err(|why| Failure::usage(format!("-f -: {why}")))?;
            readings.push(read(STDIN, &text));
            continue;
        }
        match texts(path) {
            Ok(texts) => readings.extend(texts.iter().map(|(name, text)| read(name, text))),
            Err(why) => unreadable.push(why),
        }
    }
    if !unreadable.is_empty() {
        return Err(Failure::usage(unreadable.join("\n")));
    }
    Set::of(readings, team).map_err(|findings| wrong(&findings))
}

/// All findings, in the order of the texts.
pub fn wrong(findings: &[Finding]) -> Failure {
    let lines: Vec<String> = findings.iter().map(|finding| escaped(&finding.to_string())).collect();
    let (count, are) = (findings.len(), if findings.len() == 1 { "error" } else { "errors" });
    Failure::usage(format!("{count} {are} in the documents; nothing was sent\n{}", lines.join("\n")))
}

/// A file, or the documents of a folder, each with its name.
fn texts(path: &Path) -> Result<Vec<(String, String)>, String> {
    if !path.is_dir() {
        let name = path.display().to_string();
        return Ok(vec![(name, text(path)?)]);
    }
    let named = |error: io::Error| format!("-f {}: {}", path.display(), why(&error));
    let mut files = Vec::new();
    for entry in path.read_dir().map_err(named)? {
        let file = entry.map_err(named)?.path();
        if !is_document(&file) {
            continue;
        }
        // A link that leads nowhere is no reason to leave a document out unheard.
        let found = file.metadata().map_err(|error| format!("-f {}: {}", file.display(), why(&error)))?;
        if found.is_file() {
            files.push(file);
        }
    }
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let text = text(&file)?;
        // Beside documents a folder may hold pages about them: a bet in Markdown begins with its front matter.
        if !is_markdown(&file) || text.trim_start_matches('\u{feff}').starts_with("---") {
            texts.push((file.display().to_string(), text));
        }
    }
    if texts.is_empty() {
        return Err(format!("-f {}: no document in this folder (.yaml, .yml, .json or .md)", path.display()));
    }
    Ok(texts)
}

fn is_document(file: &Path) -> bool {
    let is = |ending: &str| file.extension().is_some_and(|given| given.eq_ignore_ascii_case(ending));
    is("yaml") || is("yml") || is("json") || is("md")
}

fn is_markdown(file: &Path) -> bool {
    file.extension().is_some_and(|given| given.eq_ignore_ascii_case("md"))
}

fn text(file: &Path) -> Result<String, String> {
    let named = |why: String| format!("-f {}: {why}", file.display());
    let mut open = std::fs::File::open(file).map_err(|error| named(why(&error)))?;
    whole(&mut open).map_err(named)
}

/// A text to its end, or one byte more than any text may have, which the reader of documents refuses.
fn whole(from: &mut dyn Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    from.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| why(&error))?;
    // The cut may go through a letter; the text is too long whatever it is.
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) if error.as_bytes().len() > LARGEST => Ok(" ".repeat(LARGEST + 1)),
        Err(_) => Err("it is no text".to_owned()),
    }
}

fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
