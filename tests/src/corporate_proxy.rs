//! Simulates a company network with a single outgoing proxy that inspects TLS traffic.
//!
//! Practice mode simulates the internet and responds at AWS's own addresses. A caller that gets
//! a response has used the proxy and accepted the company's certificate.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::{
    Result,
    proxy::{Request, build_response, lock},
};

/// The organization name in the certificates that the company issues.
pub const COMPANY: &str = "Example Corp Network";

/// What the proxy does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Forwards the request and decrypts its TLS.
    Inspect,
    Refuse,
}

/// The company network. Its proxy stops when this value is dropped.
pub struct CorporateProxy {
    address: SocketAddr,
    roots: PathBuf,
    asked: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
    _folder: TempDir,
}

impl Drop for CorporateProxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl CorporateProxy {
    /// Starts a network in which the practice server at `http://127.0.0.1:PORT` replaces the
    /// internet.
    pub async fn in_front_of(world: &str, policy: Policy) -> Result<Self> {
        let world = world.trim_start_matches("http://").trim_end_matches('/').parse()?;
        let authority = Arc::new(Authority::new()?);
        let folder = tempfile::tempdir()?;
        let roots = folder.path().join("roots.pem");
        fs::write(&roots, &authority.pem)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (authority, heard) = (Arc::clone(&authority), Arc::clone(&heard));
                tokio::spawn(async move {
                    // A client that doesn't trust the company's root disconnects and reports the
                    // error itself.
                    let _gone = handle_client(stream, world, policy, &authority, &heard).await;
                });
            }
        });
        Ok(Self { address, roots, asked, serving, _folder: folder })
    }

    /// Returns the proxy's address in the format of `HTTPS_PROXY`.
    pub fn proxy(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the file with the company's root certificate.
    pub fn roots(&self) -> &Path {
        &self.roots
    }

    /// Returns every host that was requested so far, in order.
    pub fn requested_hosts(&self) -> Vec<String> {
        lock(&self.asked).clone()
    }
}

/// Handles one client, which uses `CONNECT` or puts an absolute URL in the request line.
async fn handle_client(
    mut caller: TcpStream,
    world: SocketAddr,
    policy: Policy,
    authority: &Authority,
    heard: &Mutex<Vec<String>>,
) -> Result<()> {
    let Some(request) = Request::read(&mut caller).await? else {
        return Ok(());
    };
    let mut words = request.head.split(' ');
    let (method, target) = (words.next(), words.next().unwrap_or_default());
    let host = match method {
        Some("CONNECT") => target.split(':').next().unwrap_or_default().to_owned(),
        _ => url::Url::parse(target)?.host_str().unwrap_or_default().to_owned(),
    };
    lock(heard).push(host.clone());
    if policy == Policy::Refuse {
        caller.write_all(&build_response(403, "text/plain", "no")).await?;
        return Ok(caller.shutdown().await?);
    }
    if method != Some("CONNECT") {
        return forward_request(request, &host, world, caller).await;
    }
    caller.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    let shown = authority.acceptor_for(&host)?;
    let mut inside = shown.accept(caller).await?;
    let Some(request) = Request::read(&mut inside).await? else {
        return Ok(());
    };
    forward_request(request, &host, world, inside).await
}

/// Forwards one request to practice mode and returns the response.
async fn forward_request(
    mut request: Request,
    host: &str,
    world: SocketAddr,
    mut caller: impl AsyncReadExt + AsyncWrite + Unpin,
) -> Result<()> {
    // Practice mode serves the AWS API at its root. It serves the pages of every other host under
    // the host's name.
    if host.starts_with("portal.sso.") && request.head.starts_with("GET /") {
        request.head = request.head.replacen("GET /", &format!("GET /at/{host}/"), 1);
    }
    // Practice mode accepts only local host names.
    let lines = request.head.split("\r\n").map(|line| match line.split_once(':') {
        Some((name, _)) if name.eq_ignore_ascii_case("host") => format!("{name}: {world}"),
        _ => line.to_owned(),
    });
    request.head = lines.collect::<Vec<_>>().join("\r\n");
    let answer = request.ask(world).await?;
    caller.write_all(&answer).await?;
    Ok(caller.shutdown().await?)
}

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Result<Self> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name = name(COMPANY);
        let pem = params.self_signed(&key)?.pem();
        Ok(Self { issuer: Issuer::new(params, key), pem })
    }

    /// Returns a TLS acceptor whose certificate for the host is issued by the company.
    fn acceptor_for(&self, host: &str) -> Result<TlsAcceptor> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(vec![host.to_owned()])?;
        params.distinguished_name = name(host);
        let certificate: CertificateDer<'static> =
            params.signed_by(&key, &self.issuer)?.der().clone();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn name(organization: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::OrganizationName, organization);
    name.push(DnType::CommonName, organization);
    name
}
