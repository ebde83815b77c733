//! From a URL to a pool of connections.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{OpenError, Options};

/// How long a connection may take to be made, and a request may wait for one.
const CONNECT: Duration = Duration::from_secs(5);
/// How long the network may keep data without a sign of the server.
const SILENCE: Duration = Duration::from_secs(15);

/// A pool, and the name of its server for errors. Connects to nothing.
pub(super) fn pool(options: &Options) -> Result<(Pool, String), OpenError> {
    let config = config(&options.url)?;
    let server = name(&config);
    // A connection is asked whether it is alive before it is used: after a restart of the server none of the old is.
    let how = ManagerConfig { recycling_method: RecyclingMethod::Verified };
    let manager = match config.get_ssl_mode() {
        SslMode::Disable => Manager::from_config(config, NoTls, how),
        _ => Manager::from_config(config, tls(options.ca_file.as_deref())?, how),
    };
    let pool = Pool::builder(manager)
        .max_size(options.connections.max(1))
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(CONNECT))
        .create_timeout(Some(CONNECT * 2))
        .recycle_timeout(Some(CONNECT))
        .build()?;
    Ok((pool, server))
}

fn config(url: &str) -> Result<Config, OpenError> {
    let mut config: Config = url.parse().map_err(OpenError::Url)?;
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        return Err(OpenError::Incomplete("host"));
    }
    if config.get_user().is_none() {
        return Err(OpenError::Incomplete("user"));
    }
    if config.get_application_name().is_none() {
        config.application_name("verdict");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    // Reads see every insert that was acknowledged before, which a standby does not promise.
    config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    Ok(config)
}

/// `host:port/database`, without the password.
fn name(config: &Config) -> String {
    let host = |host: &Host| match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(folder) => folder.display().to_string(),
    };
    let mut hosts: Vec<String> = config.get_hosts().iter().map(host).collect();
    if hosts.is_empty() {
        hosts = config.get_hostaddrs().iter().map(ToString::to_string).collect();
    }
    let port = |index: usize| {
        let ports = config.get_ports();
        ports.get(index).or_else(|| ports.first()).copied().unwrap_or(5432)
    };
    let hosts: Vec<String> =
        hosts.iter().enumerate().map(|(index, host)| format!("{host}:{}", port(index))).collect();
    let database = config.get_dbname().or_else(|| config.get_user()).unwrap_or_default();
    format!("{}/{database}", hosts.join(","))
}

fn tls(ca_file: Option<&Path>) -> Result<MakeRustlsConnect, OpenError> {
    let mut roots = RootCertStore::empty();
    let Some(file) = ca_file else {
        // A machine without trusted certificates can still use servers without TLS.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        return connector(roots);
    };
    let unreadable = |source| OpenError::Certificates { file: file.to_owned(), source };
    for certificate in CertificateDer::pem_file_iter(file).map_err(unreadable)? {
        roots.add(certificate.map_err(unreadable)?)?;
    }
    if roots.is_empty() {
        return Err(OpenError::NoCertificate { file: file.to_owned() });
    }
    connector(roots)
}

/// With a provider of its own: which one the process has by default is not for this to choose.
fn connector(roots: RootCertStore) -> Result<MakeRustlsConnect, OpenError> {
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
