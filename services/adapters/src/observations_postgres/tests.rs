//! What can be seen without a server; the rest is shown by the end-to-end tests.

use std::error::Error;

use super::*;

fn refused(url: &str) -> String {
    let options = Options { url: url.to_owned(), ..Options::default() };
    let error = PostgresObservations::open(&options).err().unwrap();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[test]
fn a_url_that_cannot_be_used_is_refused_with_what_is_wrong() {
    for (url, said) in [
        ("postgresql://u@h/d?sslmode=verify-full", "invalid value for option `sslmode`"),
        ("postgresql://u@h/d?sslmode=verify-full", "sslmode is disable, prefer or require"),
        ("observations", "cannot be used"),
        ("postgresql://u@h:nine/d", "invalid value for option `port`"),
        ("postgresql://u@h/d?colour=red", "unknown option `colour`"),
        ("postgresql:///d", "names no host"),
        ("postgresql://h/d", "names no user"),
        ("", "names no host"),
    ] {
        let text = refused(url);
        assert!(text.contains(said), "{url}: {text}");
    }
}

#[test]
fn no_error_tells_the_password() {
    let text = refused("postgresql://u:s3cret@h/d?sslmode=maybe");
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn the_certificates_of_an_authority_are_looked_at_before_anything_else() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("ca.pem");
    let url = "postgresql://u@h/d?sslmode=require".to_owned();
    let options = Options { url, ca_file: Some(file.clone()), ..Options::default() };
    let error = || PostgresObservations::open(&options).err().unwrap().to_string();
    assert_eq!(error(), format!("{}: the certificates cannot be read", file.display()));
    std::fs::write(&file, "nothing").unwrap();
    assert_eq!(error(), format!("{}: there is no certificate in it", file.display()));
}

#[tokio::test]
async fn a_server_that_is_down_is_named_with_the_reason() {
    // Nobody listens on the port of a socket that was closed again.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("postgresql://u:s3cret@127.0.0.1:{port}/d?sslmode=disable");
    let options = Options { url, ..Options::default() };
    let error = PostgresObservations::connect(options).await.err().unwrap().to_string();
    assert!(error.contains(&format!("PostgreSQL at 127.0.0.1:{port}/d: no connection: ")), "{error}");
    assert!(error.contains("refused") && !error.contains("s3cret"), "{error}");
}

#[test]
fn every_migration_file_is_built_in() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/observations");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
    let mut files: Vec<String> = files.map(|name| name.into_string().unwrap()).collect();
    files.sort();
    let built_in: Vec<String> = schema::FILES.iter().map(|(name, _)| format!("{name}.sql")).collect();
    assert_eq!(files, built_in);
}
