//! How this computer gets out: by which proxy, and whose certificates it trusts.
//!
//! Both HTTP stacks, the SDK's and that of pages, are set up from this one description, so that a company's
//! network looks the same to both.

use std::{fmt, fs, path::PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{ClientBuilder, NoProxy, Proxy};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

use super::{ReachError, peer_certificate::PeerCertificate};

/// What stands between this computer and the internet.
///
/// `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` of the environment hold without being named here.
#[derive(Clone, Default)]
pub struct Network {
    /// A PEM file of further roots to trust beside the operating system's (`AWS_CA_BUNDLE`).
    pub certificates: Option<PathBuf>,
    /// Says which proxy the operating system is set to for an address, where the environment names none.
    pub system_proxy: Option<SystemProxy>,
}

/// Says which proxy leads to an address, such as `http://proxy.example.com:8080`; none where it is reached directly.
pub type SystemProxy = fn(address: &str) -> Option<String>;

/// The file of [`Network::certificates`] holds no certificates that can be trusted.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidCaBundle(pub PathBuf);

impl Network {
    /// The further roots, each of which rustls takes: the SDK panics at others, and the bundles of companies
    /// hold one now and then.
    fn roots(&self) -> Result<Vec<CertificateDer<'static>>, InvalidCaBundle> {
        let Some(file) = &self.certificates else {
            return Ok(Vec::new());
        };
        let unusable = || InvalidCaBundle(file.clone());
        let text = fs::read(file).map_err(|_| unusable())?;
        let mut roots: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(&text)
            .collect::<Result<_, _>>()
            .map_err(|_| unusable())?;
        roots.retain(|root| RootCertStore::empty().add(root.clone()).is_ok());
        match roots.is_empty() {
            true => Err(unusable()),
            false => Ok(roots),
        }
    }

    /// The further roots as PEM text.
    pub fn pem(&self) -> Result<Option<String>, InvalidCaBundle> {
        let armored = |root: &CertificateDer<'_>| {
            let base64 = STANDARD.encode(root);
            format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
        };
        let text: String = self.roots()?.iter().map(armored).collect();
        Ok((!text.is_empty()).then_some(text))
    }

    /// The operating system's proxy to an address.
    pub fn proxy(&self, address: &str) -> Option<String> {
        self.system_proxy?(address)
    }

    /// Sets up the client of pages for this address, and hears of the certificate that is shown for it.
    pub fn apply(
        &self,
        builder: ClientBuilder,
        address: &str,
        shown: &PeerCertificate,
    ) -> Result<ClientBuilder, ReachError> {
        let config = shown.listening_to(self.roots()?).map_err(|_| ReachError::NoClient)?;
        let builder = builder.tls_backend_preconfigured(config);
        // A proxy whose address can't be read is as good as none.
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
    use super::*;

    const GOOD: &str = include_str!("../../saml/tests/fixtures/certificate.pem");
    const NONE: &str = "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n";

    #[test]
    fn what_can_be_trusted_in_a_file_is_and_a_file_without_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("roots.pem");
        let network = Network { certificates: Some(file.clone()), system_proxy: None };
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
    }
}
