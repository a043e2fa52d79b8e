//! The AWS application as an identity provider: its issuer, endpoint, metadata link and
//! certificates.
//!
//! A value can have several sources: observed, imported, entered and derived. This module uses the
//! best source, and the rules report differences.

use std::sync::Arc;

use identifiers::{
    ApplicationArn, PortalLinks, Region,
    link::{self, Link},
};
use jiff::Timestamp;
use saml::{certificate::Certificate, metadata::Metadata};

use super::{Fact, Facts, Field, Source};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcedValue {
    pub value: String,
    pub source: Source,
}

/// What is known about the identity provider. Each value is from its best source.
#[derive(Debug, Default)]
pub struct IdentityProvider {
    /// *IAM Identity Center SAML issuer URL*, which is also the sign-in URL.
    pub issuer: Option<SourcedValue>,
    /// *IAM Identity Center sign-in URL*.
    pub endpoint: Option<SourcedValue>,
    /// *IAM Identity Center SAML metadata* link.
    pub metadata_url: Option<SourcedValue>,
    /// The signing certificates, each with the field that contains it. There can be several during
    /// a rotation.
    pub certificates: Vec<(Field, Certificate)>,
}

/// The fields that can contain certificates, starting with the most trusted field.
const CERTIFICATE_FIELDS: [Field; 3] =
    [Field::IdpMetadataFetched, Field::IdpMetadata, Field::IdpCertificate];

impl IdentityProvider {
    /// Collects the identity provider's values from the facts.
    pub fn from_facts(facts: &Facts) -> Self {
        let derived = derived_links(facts);
        let documents = [Field::IdpMetadataFetched, Field::IdpMetadata];
        let from_metadata = |pick: fn(&Metadata) -> Option<&str>| {
            documents.iter().find_map(|field| {
                let document = metadata(facts, *field)?;
                let value = pick(&document)?.to_owned();
                Some(SourcedValue { value, source: Source::Derived { from: *field } })
            })
        };
        let stated = |field: Field| {
            let source = facts.get(field)?.source.clone();
            Some(SourcedValue { value: facts.non_empty_text(field)?.to_owned(), source })
        };
        let from_links = |pick: fn(&PortalLinks) -> &String| {
            let (links, source) = derived.as_ref()?;
            Some(SourcedValue { value: pick(links).clone(), source: source.clone() })
        };
        Self {
            issuer: from_metadata(|metadata| Some(metadata.entity_id.as_str()))
                .or_else(|| stated(Field::IdpEntityId))
                .or_else(|| from_links(|links| &links.issuer)),
            endpoint: from_metadata(Metadata::sso_url)
                .or_else(|| stated(Field::IdpSsoUrl))
                .or_else(|| from_links(|links| &links.issuer)),
            metadata_url: stated(Field::IdpMetadataUrl)
                .filter(|known| !known.source.is_derived())
                .or_else(|| from_links(|links| &links.metadata)),
            certificates: signing_certificates(facts),
        }
    }

    /// Returns the certificate to copy to nOps. This is the newest certificate, because AWS can
    /// generate a certificate that expires earlier than an older one.
    pub fn certificate(&self) -> Option<&(Field, Certificate)> {
        self.certificates
            .iter()
            .max_by_key(|(_, certificate)| (certificate.not_before(), certificate.not_after()))
    }
}

/// The certificate that AWS signs with, how we know, and since when.
#[derive(Clone, Debug)]
pub(crate) struct SigningCertificate {
    pub(crate) sha256: String,
    pub(crate) source: Source,
    pub(crate) at: Timestamp,
}

/// Returns the certificate that AWS signs with: the only one in AWS's metadata, or the one that a
/// dry run showed or the user confirmed. A signed response is newer evidence than earlier metadata.
/// A confirmation isn't, because the user might have been wrong.
pub(crate) fn signing_certificate(facts: &Facts) -> Option<SigningCertificate> {
    let known = |sha256: &str, fact: &Fact| SigningCertificate {
        sha256: sha256.to_owned(),
        source: fact.source.clone(),
        at: fact.at,
    };
    let named =
        facts.get(Field::ActiveCertificate).and_then(|fact| Some(known(fact.value.text()?, fact)));
    let only = match certificates(facts, Field::IdpMetadataFetched).as_slice() {
        [(_, only)] => facts.get(Field::IdpMetadataFetched).map(|fact| known(&only.sha256(), fact)),
        _ => None,
    };
    match (only, named) {
        // AWS confirms what was known before.
        (Some(only), Some(named)) if only.sha256 == named.sha256 => {
            Some(SigningCertificate { at: only.at.min(named.at), ..only })
        }
        (Some(only), Some(named)) => {
            let is_signed = named.source == Source::Derived { from: Field::DryRun };
            Some(if is_signed && named.at > only.at { named } else { only })
        }
        (only, named) => only.or(named),
    }
}

/// Returns the certificates from the most trusted field. During a rotation, adds the certificate
/// that the user downloaded, because AWS's metadata might list only the active certificate.
fn signing_certificates(facts: &Facts) -> Vec<(Field, Certificate)> {
    let mut all = CERTIFICATE_FIELDS
        .iter()
        .map(|field| certificates(facts, *field))
        .find(|found| !found.is_empty())
        .unwrap_or_default();
    if let Some(new) = certificate(facts, Field::NewCertificate)
        && all.iter().all(|(_, known)| *known != new)
    {
        all.push((Field::NewCertificate, new));
    }
    all
}

pub fn metadata(facts: &Facts, field: Field) -> Option<Arc<Metadata>> {
    facts.get(field)?.metadata()
}

pub fn certificates(facts: &Facts, field: Field) -> Vec<(Field, Certificate)> {
    let found = match field {
        Field::IdpMetadata | Field::IdpMetadataFetched => {
            metadata(facts, field).map(|metadata| metadata.certificates.clone()).unwrap_or_default()
        }
        _ => certificate(facts, field).into_iter().collect(),
    };
    let deleted = deleted_certificate(facts).filter(|_| IMPORTED.contains(&field));
    let is_kept = |certificate: &Certificate| deleted.as_deref() != Some(certificate);
    found.into_iter().filter(is_kept).map(|certificate| (field, certificate)).collect()
}

/// The fields with copies of what AWS showed earlier.
const IMPORTED: [Field; 2] = [Field::IdpMetadata, Field::IdpCertificate];

/// Returns the certificate that was replaced and then deleted in AWS. Files that the user imported
/// earlier may still contain it.
fn deleted_certificate(facts: &Facts) -> Option<Arc<Certificate>> {
    let old = facts.get(Field::OldCertificate)?.certificate()?;
    let is_gone = match metadata(facts, Field::IdpMetadataFetched) {
        Some(listed) => !listed.certificates.contains(&old),
        None => facts.is_true(Field::OldCertificateDeleted),
    };
    is_gone.then_some(old)
}

/// Returns the certificates to display, each with the field that contains it. AWS's certificates
/// are first.
pub fn displayed_certificates(facts: &Facts) -> Vec<(Field, Certificate)> {
    CERTIFICATE_FIELDS
        .into_iter()
        .chain([Field::NewCertificate, Field::NopsX509])
        .flat_map(|field| certificates(facts, field))
        .collect()
}

pub fn certificate(facts: &Facts, field: Field) -> Option<Certificate> {
    let read = facts.get(field)?.certificate()?;
    Some(Certificate::clone(&read))
}

/// Returns the usual name for the key's type and size, such as `RSA 2048`.
pub fn key_name(certificate: &Certificate) -> String {
    let key = certificate.key();
    match key.bit_length() {
        Some(bits) => format!("{} {bits}", key.kind()),
        None => key.kind().to_owned(),
    }
}

/// Derives the links from any known link, or from the ARN and its Region if no link is known. A
/// link from AWS or the user takes precedence, because the derivation from the ARN is inferred.
fn derived_links(facts: &Facts) -> Option<(PortalLinks, Source)> {
    let links = [Field::IdpLink, Field::IdpMetadataUrl, Field::IdpEntityId, Field::IdpSsoUrl];
    let (following, given): (Vec<_>, Vec<_>) = links
        .into_iter()
        .filter_map(|field| Some((field, facts.get(field)?, facts.text(field)?)))
        .partition(|(_, fact, _)| fact.source.is_derived());
    for (field, fact, text) in given.into_iter().chain(following) {
        if let Link::Portal(link) = link::identify_link(text).link
            && link.whole
        {
            let source = match &fact.source {
                derived @ Source::Derived { .. } => derived.clone(),
                _ => Source::Derived { from: field },
            };
            return Some((PortalLinks::from_token(&link.token, &link.region), source));
        }
    }
    let arn: ApplicationArn = facts.parsed(Field::ApplicationArn)?;
    let region: Region =
        facts.parsed(Field::ApplicationRegion).or_else(|| facts.parsed(Field::AwsRegion))?;
    let source = Source::Derived { from: Field::ApplicationArn };
    Some((PortalLinks::derive(&arn, &region), source))
}
