//! The network configuration: the proxy and the trusted certificates.
//!
//! Both HTTP clients use this configuration: the AWS SDK's client and the client that fetches
//! pages. They therefore behave the same in a company network.

use std::{fmt, path::PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{ClientBuilder, NoProxy, Proxy};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

use super::{ReachError, peer_certificate::PeerCertificate};

/// The size limit of a file with root certificates, in bytes. Mozilla's list has about 250 kB.
const LARGEST_BUNDLE: u64 = 8 * 1024 * 1024;

/// How this computer reaches the internet.
///
/// `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` from the environment apply too.
#[derive(Clone, Default)]
pub struct Network {
    /// A PEM file of root certificates to trust in addition to the operating system's
    /// (`AWS_CA_BUNDLE`).
    pub certificates: Option<PathBuf>,
    /// The PEM file that replaces the operating system's root certificates (`SSL_CERT_FILE`). Both
    /// clients' libraries read it themselves, without a size limit.
    pub system_certificates: Option<PathBuf>,
    /// Returns the operating system's proxy for an address.
    pub system_proxy: Option<SystemProxy>,
}

/// Returns the proxy for an address, such as `http://proxy.example.com:8080`, or `None` for a
/// direct connection.
pub type SystemProxy = fn(address: &str) -> Option<String>;

/// The error for a file of root certificates that can't be read, or for a file in
/// [`Network::certificates`] that doesn't contain a usable certificate.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidCaBundle(pub PathBuf);

impl Network {
    /// Returns the additional root certificates that rustls accepts. Skips other certificates,
    /// because company bundles sometimes contain such a certificate, and the SDK would panic.
    ///
    /// # Errors
    ///
    /// Also returns an error if the file in [`Self::system_certificates`] can't be read, because
    /// the libraries would wait for a pipe forever.
    fn roots(&self) -> Result<Vec<CertificateDer<'static>>, InvalidCaBundle> {
        if let Some(file) = &self.system_certificates {
            local_files::read(file, LARGEST_BUNDLE).map_err(|_| InvalidCaBundle(file.clone()))?;
        }
        let Some(file) = &self.certificates else {
            return Ok(Vec::new());
        };
        let unusable = || InvalidCaBundle(file.clone());
        let text = local_files::read(file, LARGEST_BUNDLE).map_err(|_| unusable())?;
        let mut roots: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(&text)
            .collect::<Result<_, _>>()
            .map_err(|_| unusable())?;
        roots.retain(|root| RootCertStore::empty().add(root.clone()).is_ok());
        match roots.is_empty() {
            true => Err(unusable()),
            false => Ok(roots),
        }
    }

    /// Returns the additional root certificates as PEM text.
    pub fn pem(&self) -> Result<Option<String>, InvalidCaBundle> {
        let armored = |root: &CertificateDer<'_>| {
            let base64 = STANDARD.encode(root);
            format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
        };
        let text: String = self.roots()?.iter().map(armored).collect();
        Ok((!text.is_empty()).then_some(text))
    }

    pub fn proxy(&self, address: &str) -> Option<String> {
        self.system_proxy?(address)
    }

    /// Configures the HTTP client for this address. `tls_certificate` receives the server's
    /// certificate.
    pub fn apply(
        &self,
        builder: ClientBuilder,
        address: &str,
        tls_certificate: &PeerCertificate,
    ) -> Result<ClientBuilder, ReachError> {
        let config =
            tls_certificate.recording_config(self.roots()?).map_err(|_| ReachError::NoClient)?;
        let builder = builder.tls_backend_preconfigured(config);
        // Ignore a proxy whose URL doesn't parse.
        let proxy = self.proxy(address).and_then(|at| Proxy::https(at).ok());
        Ok(match proxy {
            Some(proxy) => builder.proxy(proxy.no_proxy(NoProxy::from_env())),
            None => builder,
        })
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").field("certificates", &self.certificates).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const GOOD: &str = include_str!("../../saml/tests/fixtures/certificate.pem");
    const NONE: &str = "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n";

    #[test]
    fn usable_certificates_are_read_from_bundle() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("roots.pem");
        let network = Network { certificates: Some(file.clone()), ..Network::default() };
        let cases = [
            (GOOD.to_owned(), Some(1)),
            (format!("# Example Corp\n{GOOD}\n# again\n{GOOD}"), Some(2)),
            (format!("{NONE}{GOOD}"), Some(1)),
            (NONE.to_owned(), None),
            (String::new(), None),
            ("<!doctype html>".to_owned(), None),
            (GOOD[..GOOD.len() / 2].to_owned(), None),
        ];
        for (text, expected) in cases {
            fs::write(&file, &text).unwrap();
            let pem = network.pem().ok().flatten();
            let count = pem.map(|pem| pem.matches("BEGIN CERTIFICATE").count());
            assert_eq!(count, expected, "{text}");
        }
        fs::remove_file(&file).unwrap();
        assert_eq!(network.pem(), Err(InvalidCaBundle(file)));
        assert_eq!(Network::default().pem(), Ok(None));
        let endless = PathBuf::from("/dev/zero");
        for network in [
            Network { certificates: Some(endless.clone()), ..Network::default() },
            Network { system_certificates: Some(endless.clone()), ..Network::default() },
        ] {
            assert_eq!(network.pem(), Err(InvalidCaBundle(endless.clone())));
        }
    }
}
