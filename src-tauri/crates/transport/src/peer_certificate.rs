//! Records a server's TLS certificate. reqwest can also report this certificate, but not through a
//! proxy, where the certificate matters most.

use std::sync::Arc;

use parking_lot::Mutex;
use rustls::{
    ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::aws_lc_rs::default_provider,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use rustls_platform_verifier::Verifier;

/// The last trusted server certificate, in DER.
#[derive(Clone, Debug, Default)]
pub struct PeerCertificate(Arc<Mutex<Option<Vec<u8>>>>);

impl PeerCertificate {
    pub fn take(&self) -> Option<Vec<u8>> {
        self.0.lock().take()
    }

    /// Returns a TLS configuration that trusts the operating system's root certificates and
    /// `roots`, and records the server's certificate in `self`.
    pub fn recording_config(
        &self,
        roots: Vec<CertificateDer<'static>>,
    ) -> Result<ClientConfig, Error> {
        let provider = Arc::new(default_provider());
        let verifier = match roots.is_empty() {
            true => Verifier::new(Arc::clone(&provider))?,
            false => Verifier::new_with_extra_roots(roots, Arc::clone(&provider))?,
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(RecordingVerifier {
                verifier,
                tls_certificate: self.clone(),
            }))
            .with_no_client_auth();
        Ok(config)
    }
}

/// Delegates verification to the operating system's verifier and records accepted certificates.
#[derive(Debug)]
struct RecordingVerifier {
    verifier: Verifier,
    tls_certificate: PeerCertificate,
}

impl ServerCertVerifier for RecordingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.verifier.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        )?;
        *self.tls_certificate.0.lock() = Some(end_entity.to_vec());
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
