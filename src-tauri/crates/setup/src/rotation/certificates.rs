//! Which certificate is the old one, which is the new one, and which of them AWS and nOps use.

use jiff::Timestamp;
use saml::certificate::Certificate;

use super::RotatedCertificate;
use crate::{
    Facts,
    Field::{self, *},
    Source,
    idp::{self, IdentityProvider},
    rules::days_until_expiry,
};

/// The certificates of a rotation, as the facts show them.
#[derive(Debug)]
pub(super) struct RotationCertificates {
    /// The certificate to replace, and the field that it was found in.
    pub(super) old: Option<(Field, Certificate)>,
    /// The newest certificate that is newer than the old one.
    pub(super) new: Option<(Field, Certificate)>,
    /// The certificates that AWS has, as far as we know.
    pub(super) listed: Vec<(Field, Certificate)>,
    /// The certificate that AWS signs with.
    pub(super) active: Option<InUse>,
    /// The certificate that is saved in nOps.
    pub(super) nops: Option<InUse>,
    /// AWS's metadata doesn't list the new certificate before it's active, so the user downloaded
    /// it. Then the metadata doesn't show whether AWS still has the old certificate.
    pub(super) lists_only_active: bool,
    has_old: bool,
}

/// A certificate that AWS or nOps uses, and how we know.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct InUse {
    pub(super) which: Which,
    pub(super) source: Source,
    pub(super) at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Old,
    New,
    /// A third certificate, or text that isn't a certificate.
    Other,
}

impl RotationCertificates {
    pub(super) fn from_facts(facts: &Facts) -> Self {
        let listed = IdentityProvider::from_facts(facts).certificates;
        let old = find_old(facts, &listed);
        let is_newer = |one: &Certificate| {
            old.as_ref().is_none_or(|(_, old)| one.not_before() > old.not_before())
        };
        let newer = listed.iter().filter(|(_, one)| is_newer(one));
        let newest = newer.max_by_key(|(_, one)| (one.not_before(), one.not_after())).cloned();
        let new = match facts.text(RotationFinished) {
            // AWS may have yet another certificate, which belongs to the next rotation.
            Some(sha256) => find_finished(facts, &listed, sha256),
            None => newest,
        };
        let mut known = Self {
            old,
            new,
            listed,
            active: None,
            nops: None,
            lists_only_active: false,
            has_old: false,
        };
        known.active = known.find_active(facts);
        known.nops = known.find_nops(facts);
        known.lists_only_active = idp::certificate(facts, NewCertificate)
            .is_some_and(|downloaded| known.identify(&downloaded) == Which::New);
        known.has_old = known.find_whether_aws_has_old(facts);
        known
    }

    pub(super) fn identify(&self, certificate: &Certificate) -> Which {
        let is = |known: &Option<(Field, Certificate)>| {
            known.as_ref().is_some_and(|(_, known)| known == certificate)
        };
        match () {
            () if is(&self.new) => Which::New,
            () if is(&self.old) => Which::Old,
            () => Which::Other,
        }
    }

    fn identify_fingerprint(&self, sha256: &str) -> Option<Which> {
        let mut all = self.old.iter().chain(&self.listed);
        let (_, found) = all.find(|(_, certificate)| certificate.sha256() == sha256)?;
        Some(self.identify(found))
    }

    /// Returns whether AWS still has the old certificate, as far as we know.
    pub(super) fn has_old(&self) -> bool {
        self.has_old
    }

    fn find_whether_aws_has_old(&self, facts: &Facts) -> bool {
        let fetched = idp::certificates(facts, IdpMetadataFetched);
        let shows_deletion = !fetched.is_empty() && !self.lists_only_active;
        let is_listed = fetched.iter().any(|(_, one)| self.identify(one) == Which::Old);
        self.old.is_some()
            && !facts.is_true(OldCertificateDeleted)
            && (is_listed || !shows_deletion)
    }

    /// Returns whether AWS has the old certificate and another one that isn't newer.
    pub(super) fn has_leftover(&self) -> bool {
        let lists = |which| self.listed.iter().any(|(_, one)| self.identify(one) == which);
        self.new.is_none() && lists(Which::Old) && lists(Which::Other)
    }

    /// Returns whether AWS has a certificate besides the new one.
    pub(super) fn has_others(&self) -> bool {
        self.listed.iter().any(|(_, certificate)| self.identify(certificate) != Which::New)
    }

    pub(super) fn active_is(&self, which: Which) -> bool {
        self.active.as_ref().is_some_and(|active| active.which == which)
    }

    pub(super) fn nops_is(&self, which: Which) -> bool {
        self.nops.as_ref().is_some_and(|nops| nops.which == which)
    }

    fn find_active(&self, facts: &Facts) -> Option<InUse> {
        let signing = idp::signing_certificate(facts)?;
        let which = self.identify_fingerprint(&signing.sha256)?;
        Some(InUse { which, source: signing.source, at: signing.at })
    }

    /// Finds the certificate that is saved in nOps. What the user copied from nOps's page counts
    /// only after the user saved the page, because the form may contain a certificate that isn't
    /// saved.
    fn find_nops(&self, facts: &Facts) -> Option<InUse> {
        let started = facts.get(OldCertificate).map(|fact| fact.at);
        let saved = facts.get(NopsCertificate);
        let shown = facts.get(NopsX509).filter(|shown| match (saved, started) {
            (Some(saved), Some(started)) => saved.at > started && shown.at > saved.at,
            (Some(saved), None) => shown.at > saved.at,
            (None, Some(started)) => shown.at <= started,
            (None, None) => true,
        });
        let fact = shown.or(saved)?;
        let certificate = fact.certificate();
        let which = certificate.map_or(Which::Other, |certificate| self.identify(&certificate));
        Some(InUse { which, source: fact.source.clone(), at: fact.at })
    }

    pub(super) fn describe(
        &self,
        facts: &Facts,
        field: Field,
        certificate: &Certificate,
        now: Timestamp,
    ) -> RotatedCertificate {
        let fetched = idp::certificates(facts, IdpMetadataFetched);
        let listed = fetched.iter().find(|(_, known)| known == certificate);
        let field = listed.map_or(field, |(field, _)| *field);
        RotatedCertificate {
            sha256: certificate.sha256(),
            not_before: certificate.not_before().to_string(),
            not_after: certificate.not_after().to_string(),
            days_left: i32::try_from(days_until_expiry(certificate, now)).unwrap_or(i32::MAX),
            key: idp::key_name(certificate),
            is_listed: (!fetched.is_empty()).then_some(listed.is_some()),
            source: facts.get(field).map_or(Source::Entered, |fact| fact.source.clone()),
        }
    }
}

fn find_finished(
    facts: &Facts,
    listed: &[(Field, Certificate)],
    sha256: &str,
) -> Option<(Field, Certificate)> {
    let saved = idp::certificates(facts, NopsCertificate);
    listed.iter().chain(&saved).find(|(_, one)| one.sha256() == sha256).cloned()
}

/// Finds the certificate to replace. Before a rotation starts, that's the certificate in nOps, or
/// the oldest one that AWS has.
pub(super) fn find_old(
    facts: &Facts,
    listed: &[(Field, Certificate)],
) -> Option<(Field, Certificate)> {
    let held = |field| Some((field, idp::certificate(facts, field)?));
    let oldest = || listed.iter().min_by_key(|(_, one)| (one.not_before(), one.not_after()));
    held(OldCertificate)
        .or_else(|| held(NopsCertificate))
        .or_else(|| held(NopsX509))
        .or_else(|| oldest().cloned())
}
