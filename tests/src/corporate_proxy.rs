//! A company's network: one proxy leads out of it, and that proxy reads along.
//!
//! Behind the proxy there is no internet but a practice mode, at AWS's own addresses. Whoever gets an answer
//! has come through the proxy, by a certificate that the company made for itself.

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
    proxy::{Request, answer, lock},
};

/// The name in the company's certificates.
pub const COMPANY: &str = "Example Corp Network";

/// How the proxy treats whoever asks to be led somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Leads there, and reads along.
    Inspect,
    /// Refuses.
    Refuse,
}

/// The company's network. Its proxy ends when it is dropped.
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
    /// A network with this practice mode, `http://127.0.0.1:PORT`, in place of the internet.
    pub async fn before(world: &str, policy: Policy) -> Result<Self> {
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
                    // Whoever does not trust the company breaks off, which its own side tells.
                    let _gone = lead(stream, world, policy, &authority, &heard).await;
                });
            }
        });
        Ok(Self { address, roots, asked, serving, _folder: folder })
    }

    /// The proxy's address, as `HTTPS_PROXY` names it.
    pub fn proxy(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The file with the company's root certificate.
    pub fn roots(&self) -> &Path {
        &self.roots
    }

    /// Every host that the proxy was asked for so far, in this order.
    pub fn asked(&self) -> Vec<String> {
        lock(&self.asked).clone()
    }
}

/// Leads one caller where it asks to be led: by `CONNECT`, or by a whole address in the request.
async fn lead(
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
        caller.write_all(&answer(403, "text/plain", "no")).await?;
        return Ok(caller.shutdown().await?);
    }
    if method != Some("CONNECT") {
        return pass(request, &host, world, caller).await;
    }
    caller.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    let shown = authority.show_for(&host)?;
    let mut inside = shown.accept(caller).await?;
    let Some(request) = Request::read(&mut inside).await? else {
        return Ok(());
    };
    pass(request, &host, world, inside).await
}

/// Passes one request on to the practice mode, and its answer back.
async fn pass(
    mut request: Request,
    host: &str,
    world: SocketAddr,
    mut caller: impl AsyncReadExt + AsyncWrite + Unpin,
) -> Result<()> {
    // AWS's API is at the world's root, the page of any other host under its name.
    if host.starts_with("portal.sso.") && request.head.starts_with("GET /") {
        request.head = request.head.replacen("GET /", &format!("GET /at/{host}/"), 1);
    }
    // Practice mode answers only to this computer's own names.
    let lines = request.head.split("\r\n").map(|line| match line.split_once(':') {
        Some((name, _)) if name.eq_ignore_ascii_case("host") => format!("{name}: {world}"),
        _ => line.to_owned(),
    });
    request.head = lines.collect::<Vec<_>>().join("\r\n");
    let answer = request.ask(world).await?;
    caller.write_all(&answer).await?;
    Ok(caller.shutdown().await?)
}

/// Whoever makes the company's certificates.
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

    /// What shows the company's certificate for a host.
    fn show_for(&self, host: &str) -> Result<TlsAcceptor> {
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
