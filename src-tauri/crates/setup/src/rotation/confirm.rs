//! The facts that a user's actions in a rotation set.

use jiff::Timestamp;
use saml::certificate::Certificate;

use super::{
    BackStep, RotationStage, RotationTask,
    certificates::{RotationCertificates, Which, find_old},
    is_started, rotation,
};
use crate::{
    FactValue, Facts,
    Field::{self, *},
    Source,
    idp::{self, IdentityProvider},
};

/// Facts to set and fields to clear, in this order: first clear, then set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfirmedFacts {
    pub cleared: Vec<Field>,
    pub set: Vec<(Field, FactValue, Source)>,
}

/// Why a rotation can't start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    #[error("the certificate in AWS is unknown")]
    NoCertificate,
    #[error("nOps hasn't saved a certificate")]
    NopsNotSaved,
}

impl StartError {
    /// Returns the code in the message key `failure-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoCertificate => "rotation_no_certificate",
            Self::NopsNotSaved => "rotation_nops_not_saved",
        }
    }
}

/// The facts that belong to one rotation.
const OF_ROTATION: [Field; 10] = [
    OldCertificate,
    NewCertificate,
    ComparedCertificate,
    NopsFormCertificate,
    ActiveCertificate,
    GapAdminSignedIn,
    GapRecoveryReady,
    GapPlannedAt,
    OldCertificateDeleted,
    RotationFinished,
];

/// Starts a rotation: remembers the certificate to replace, because AWS no longer shows it after
/// it's deleted. Replaces imported copies of certificates that were replaced earlier.
///
/// # Errors
///
/// Returns why there is nothing to replace.
pub fn start(facts: &Facts) -> Result<ConfirmedFacts, StartError> {
    if !facts.is_true(NopsSaved) {
        return Err(StartError::NopsNotSaved);
    }
    let before = without_rotation(facts);
    let listed = IdentityProvider::from_facts(&before).certificates;
    let (from, old) = find_old(&before, &listed).ok_or(StartError::NoCertificate)?;
    let pem = FactValue::Text(old.pem());
    let mut set = vec![(OldCertificate, pem.clone(), Source::Derived { from })];
    if facts.get(NopsCertificate).is_none() {
        set.insert(0, (NopsCertificate, pem, Source::Derived { from: NopsSaved }));
    }
    let mut cleared = OF_ROTATION.to_vec();
    if facts.get(ActiveCertificate).is_some_and(|fact| fact.source == SIGNED) {
        cleared.retain(|field| *field != ActiveCertificate);
    } else if is_only_certificate(facts, &old) {
        let sha256 = FactValue::Text(old.sha256());
        set.push((ActiveCertificate, sha256, Source::Derived { from: OldCertificate }));
    }
    let replaced = replace_imports(&before, facts, from, &old);
    cleared.extend(replaced.cleared);
    set.extend(replaced.set);
    cleared.retain(|field| facts.get(*field).is_some());
    Ok(ConfirmedFacts { cleared, set })
}

/// A signed response showed the value.
const SIGNED: Source = Source::Derived { from: DryRun };

/// Returns whether AWS has only this certificate, as far as we know.
fn is_only_certificate(facts: &Facts, old: &Certificate) -> bool {
    let listed = IdentityProvider::from_facts(facts).certificates;
    matches!(listed.as_slice(), [(_, only)] if only == old)
}

/// Replaces imported copies from before the certificate in use with that certificate. Without this,
/// a certificate that was deleted in AWS would look like a new one.
fn replace_imports(
    before: &Facts,
    facts: &Facts,
    from: Field,
    old: &Certificate,
) -> ConfirmedFacts {
    let is_earlier = |one: &Certificate| one != old && one.not_before() <= old.not_before();
    let is_outdated = |field: &Field| {
        let held = idp::certificates(before, *field);
        !held.is_empty() && held.iter().all(|(_, one)| is_earlier(one))
    };
    let cleared: Vec<Field> =
        [IdpMetadata, IdpCertificate].into_iter().filter(is_outdated).collect();
    let mut set = Vec::new();
    if cleared.contains(&IdpMetadata) {
        set.extend(addresses_in_metadata(before));
    }
    let mut kept = before.clone();
    cleared.iter().for_each(|field| kept.remove(*field));
    if !cleared.is_empty() && IdentityProvider::from_facts(&kept).certificates.is_empty() {
        let downloaded = facts.get(NewCertificate);
        let source = downloaded
            .filter(|fact| fact.certificate().is_some_and(|one| *one == *old))
            .map_or(Source::Derived { from }, |fact| fact.source.clone());
        set.push((IdpCertificate, FactValue::Text(old.pem()), source));
    }
    ConfirmedFacts { cleared, set }
}

/// Returns the addresses from the metadata that the user imported.
fn addresses_in_metadata(facts: &Facts) -> Vec<(Field, FactValue, Source)> {
    let Some((fact, metadata)) = facts.get(IdpMetadata).zip(idp::metadata(facts, IdpMetadata))
    else {
        return Vec::new();
    };
    let addresses =
        [(IdpEntityId, Some(metadata.entity_id.as_str())), (IdpSsoUrl, metadata.sso_url())];
    let known = addresses.into_iter().filter_map(|(field, text)| Some((field, text?)));
    known
        .map(|(field, text)| (field, FactValue::Text(text.to_owned()), fact.source.clone()))
        .collect()
}

/// Returns the fields to clear when the user leaves a rotation before saving: nOps's page might be
/// reloaded, and people might sign out.
pub fn leave(facts: &Facts) -> Vec<Field> {
    let Some(started) = facts.get(OldCertificate).map(|fact| fact.at) else {
        return Vec::new();
    };
    let is_saved = RotationCertificates::from_facts(facts).nops_is(Which::New);
    if is_saved || facts.get(RotationFinished).is_some() {
        return Vec::new();
    }
    let shown = facts.get(NopsX509).filter(|shown| shown.at > started).map(|_| NopsX509);
    [NopsFormCertificate, GapAdminSignedIn, GapRecoveryReady]
        .into_iter()
        .filter(|field| facts.get(*field).is_some())
        .chain(shown)
        .collect()
}

/// Ends a rotation after AWS and nOps were returned to the state before it.
pub fn cancel(facts: &Facts) -> ConfirmedFacts {
    let derived = facts.get(NopsCertificate).is_some_and(|fact| fact.source.is_derived());
    let mut cleared = OF_ROTATION.to_vec();
    cleared.extend(derived.then_some(NopsCertificate));
    cleared.retain(|field| facts.get(*field).is_some());
    ConfirmedFacts { cleared, set: Vec::new() }
}

/// Returns the facts that follow if the user confirms that a task is done. Returns `None` if the
/// user can't confirm the task, because something else shows it, or because there is no new
/// certificate.
pub fn confirm(facts: &Facts, task: RotationTask) -> Option<ConfirmedFacts> {
    let known = RotationCertificates::from_facts(facts);
    let (_, new) = known.new.as_ref().filter(|_| is_started(facts))?;
    let text = |field, text: String| (field, FactValue::Text(text), Source::Declared);
    let sha256 = || new.sha256();
    Some(match task {
        RotationTask::Compare => set(text(ComparedCertificate, sha256())),
        RotationTask::Copy => set(text(NopsFormCertificate, sha256())),
        RotationTask::Save => ConfirmedFacts {
            // What the page showed before the rotation is outdated.
            cleared: outdated_copy(facts).into_iter().collect(),
            set: vec![text(NopsCertificate, new.pem())],
        },
        RotationTask::Activate => set(text(ActiveCertificate, sha256())),
        RotationTask::Delete => set(text(OldCertificateDeleted, "true".to_owned())),
        RotationTask::Generate
        | RotationTask::Plan
        | RotationTask::DryRun
        | RotationTask::SignInTest => return None,
    })
}

/// Returns the facts that follow if the user removes a confirmation.
pub fn retract(facts: &Facts, task: RotationTask) -> Option<ConfirmedFacts> {
    let declared = |field: Field| facts.is_declared(field).then_some(field);
    let cleared = match task {
        RotationTask::Compare => declared(ComparedCertificate),
        RotationTask::Copy => declared(NopsFormCertificate),
        RotationTask::Activate => return retract_activation(facts),
        RotationTask::Delete => declared(OldCertificateDeleted),
        RotationTask::Save => return go_back(facts, BackStep::SaveOld),
        RotationTask::Generate
        | RotationTask::Plan
        | RotationTask::DryRun
        | RotationTask::SignInTest => None,
    }?;
    Some(ConfirmedFacts { cleared: vec![cleared], set: Vec::new() })
}

/// Returns the facts that follow if the user didn't activate the new certificate. If it was
/// generated after the rotation started, AWS still signs with the old one.
fn retract_activation(facts: &Facts) -> Option<ConfirmedFacts> {
    if !facts.is_declared(ActiveCertificate) {
        return None;
    }
    let known = RotationCertificates::from_facts(facts);
    let started = facts.get(OldCertificate)?.at;
    let (_, new) = known.new.as_ref()?;
    let old = known.old.as_ref().filter(|_| known.has_old() && new.not_before() >= started);
    let source = Source::Derived { from: OldCertificate };
    let active = old.map(|(_, old)| (ActiveCertificate, FactValue::Text(old.sha256()), source));
    Some(ConfirmedFacts { cleared: vec![ActiveCertificate], set: active.into_iter().collect() })
}

/// Returns the facts that follow if the user confirms a step of the way back.
pub fn go_back(facts: &Facts, step: BackStep) -> Option<ConfirmedFacts> {
    let old = idp::certificate(facts, OldCertificate)?;
    let text = |field, text: String| (field, FactValue::Text(text), Source::Declared);
    Some(match step {
        BackStep::ActivateOld => set(text(ActiveCertificate, old.sha256())),
        BackStep::SaveOld => ConfirmedFacts {
            cleared: vec![NopsFormCertificate, NopsX509],
            set: vec![text(NopsCertificate, old.pem())],
        },
        BackStep::LeaveForm => {
            ConfirmedFacts { cleared: vec![NopsFormCertificate, NopsX509], set: Vec::new() }
        }
        // AWS's metadata shows whether the certificate was deleted.
        BackStep::DeleteNew => ConfirmedFacts { cleared: vec![NewCertificate], set: Vec::new() },
    })
}

/// Returns the fact that the rotation is finished, if all its tasks are done now.
pub fn finish(facts: &Facts, now: Timestamp) -> Option<(Field, FactValue, Source)> {
    if facts.get(RotationFinished).is_some() {
        return None;
    }
    let state = rotation(facts, false, now);
    let new = state.new.filter(|_| state.stage == RotationStage::Done)?;
    let source = Source::Derived { from: OldCertificate };
    Some((RotationFinished, FactValue::Text(new.sha256), source))
}

/// Returns the fact about the certificate that the user saved in nOps: the one that nOps's page
/// shows, or the one that the user copied there.
pub fn saved(facts: &Facts) -> Option<(Field, FactValue, Source)> {
    let copied = || Some(IdentityProvider::from_facts(facts).certificate()?.1.clone());
    let certificate = idp::certificate(facts, NopsX509).or_else(copied)?;
    Some((NopsCertificate, FactValue::Text(certificate.pem()), Source::Declared))
}

/// Returns the fact about the certificate in nOps after a sign-in test passed, if that wasn't known:
/// it's the only certificate that AWS has.
pub fn tested(facts: &Facts) -> Option<(Field, FactValue, Source)> {
    match IdentityProvider::from_facts(facts).certificates.as_slice() {
        [(_, only)] if facts.get(NopsCertificate).is_none() => {
            let source = Source::Derived { from: NopsSaved };
            Some((NopsCertificate, FactValue::Text(only.pem()), source))
        }
        _ => None,
    }
}

/// Returns the fact about the certificate that signed a response (SHA-256). It matters only if
/// AWS has or had a choice.
pub fn signer(facts: &Facts, sha256: &str) -> Option<(Field, FactValue, Source)> {
    let has_choice = IdentityProvider::from_facts(facts).certificates.len() > 1;
    let is_known = facts.get(ActiveCertificate).is_some();
    (has_choice || is_known || is_started(facts))
        .then(|| (ActiveCertificate, FactValue::Text(sha256.to_owned()), SIGNED))
}

fn set(fact: (Field, FactValue, Source)) -> ConfirmedFacts {
    ConfirmedFacts { cleared: Vec::new(), set: vec![fact] }
}

/// Returns *X.509 Certificate* as nOps's page showed it before the rotation, if it's known.
fn outdated_copy(facts: &Facts) -> Option<Field> {
    let start = facts.get(OldCertificate)?.at;
    let shown = facts.get(NopsX509).filter(|shown| shown.at <= start)?;
    let known = RotationCertificates::from_facts(facts);
    let which = shown.certificate().map(|shown| known.identify(&shown));
    (which != Some(Which::New)).then_some(NopsX509)
}

fn without_rotation(facts: &Facts) -> Facts {
    let mut before = facts.clone();
    for field in OF_ROTATION {
        before.remove(field);
    }
    before
}
