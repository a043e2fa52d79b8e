//! Identifies certificates whose extensions rule out signing for an application.

use x509_parser::extensions::GeneralName;
use x509_parser::prelude::X509Certificate;

/// A purpose that never applies to an application's signing certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ForeignPurpose {
    /// Issuing other certificates.
    Authority,
    /// Authenticating a web server or its clients.
    WebServer,
    /// Code signing, email, time stamps or OCSP.
    Other,
}

impl ForeignPurpose {
    /// Returns the value that selects a variant of the message.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Reads the extensions from RFC 5280, 4.2.1. Ignores a CA flag alone, because OpenSSL sets it
    /// by default.
    pub(super) fn from_certificate(certificate: &X509Certificate<'_>) -> Option<Self> {
        let usage = certificate.key_usage().ok().flatten();
        if let Some(usage) = usage.map(|extension| extension.value)
            && usage.key_cert_sign()
            && !usage.digital_signature()
            && !usage.non_repudiation()
        {
            return Some(Self::Authority);
        }
        let purposes = certificate.extended_key_usage().ok().flatten();
        if let Some(purposes) = purposes.map(|extension| extension.value)
            && !purposes.any
        {
            let web = purposes.server_auth || purposes.client_auth;
            let other = purposes.code_signing
                || purposes.email_protection
                || purposes.time_stamping
                || purposes.ocsp_signing;
            if web || other {
                return Some(if web { Self::WebServer } else { Self::Other });
            }
        }
        let names = certificate.subject_alternative_name().ok().flatten();
        let of_a_host = names.is_some_and(|names| {
            let hosts = |name: &GeneralName<'_>| {
                matches!(name, GeneralName::DNSName(_) | GeneralName::IPAddress(_))
            };
            names.value.general_names.iter().any(hosts)
        });
        of_a_host.then_some(Self::WebServer)
    }
}
