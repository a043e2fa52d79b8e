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
    /// The newest certificate besides the old one.
    pub(super) new: Option<(Field, Certificate)>,
    /// The certificates that AWS has, as far as we know.
    pub(super) listed: Vec<(Field, Certificate)>,
    /// The certificate that AWS signs with.
    pub(super) active: Option<InUse>,
    /// The certificate that is saved in nOps.
    pub(super) nops: Option<InUse>,
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
        let is_old = |one: &Certificate| old.as_ref().is_some_and(|(_, old)| old == one);
        let others = listed.iter().filter(|(_, one)| !is_old(one));
        let newest = others.max_by_key(|(_, one)| (one.not_before(), one.not_after())).cloned();
        let new = match facts.text(RotationFinished) {
            // AWS may have yet another certificate, which belongs to the next rotation.
            Some(sha256) => find_finished(facts, &listed, sha256),
            None => newest,
        };
        let mut known = Self { old, new, listed, active: None, nops: None };
        known.active = known.find_active(facts);
        known.nops = known.find_nops(facts);
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

    /// Returns whether AWS still has the old certificate.
    pub(super) fn has_old(&self) -> bool {
        self.listed.iter().any(|(_, certificate)| self.identify(certificate) == Which::Old)
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

    /// Finds the certificate that AWS signs with: the only one in AWS's metadata, or the one that
    /// the user or the dry run named later. Without either, the old certificate stays active until
    /// the user activates another one.
    fn find_active(&self, facts: &Facts) -> Option<InUse> {
        let fetched = idp::certificates(facts, IdpMetadataFetched);
        let only = match fetched.as_slice() {
            [(_, only)] => facts.get(IdpMetadataFetched).map(|fact| InUse {
                which: self.identify(only),
                source: fact.source.clone(),
                at: fact.at,
            }),
            _ => None,
        };
        let named = facts.get(ActiveCertificate).and_then(|fact| {
            let which = self.identify_fingerprint(fact.value.text()?)?;
            Some(InUse { which, source: fact.source.clone(), at: fact.at })
        });
        let latest = match (only, named) {
            // AWS confirms what was known before.
            (Some(only), Some(named)) if only.which == named.which => {
                Some(InUse { at: only.at.min(named.at), ..only })
            }
            (Some(only), Some(named)) if named.at > only.at => Some(named),
            (Some(only), _) => Some(only),
            (None, named) => named,
        };
        latest.or_else(|| {
            let started = facts.get(OldCertificate).filter(|_| self.has_old())?;
            let source = Source::Derived { from: OldCertificate };
            Some(InUse { which: Which::Old, source, at: started.at })
        })
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
