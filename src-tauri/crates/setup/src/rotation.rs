//! A rotation: replacing the certificate that AWS signs with, first in nOps and then in AWS.
//!
//! AWS has no public API for this, so a person does it in both consoles. nOps has one certificate
//! field. Between saving the new certificate in nOps and activating it in AWS, users can't sign in.
//! The state of a rotation is computed from facts, in whatever order the user did the tasks.

mod certificates;
mod confirm;
mod progress;
mod schedule;
mod sign_in;
mod way_back;

use jiff::Timestamp;
use saml::certificate::{Certificate, SOON_DAYS};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{
    CertificateForm, CopyableValue, Facts, Field, Side, Source,
    idp::{self, IdentityProvider},
    rules::days_until_expiry,
    test_record::{self, ResultState},
    transfers::Transfer,
};
use certificates::RotationCertificates;
pub use confirm::{
    ConfirmedFacts, StartError, cancel, confirm, finish, go_back, leave, retract, saved, signer,
    start, tested,
};
pub use schedule::{planned_time, suggested_time};

/// The state of a rotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Rotation {
    pub stage: RotationStage,
    /// Why the certificate should be replaced. `None` if there is no reason yet.
    pub reason: Option<RotationReason>,
    /// The certificate to replace.
    pub old: Option<RotatedCertificate>,
    /// The certificate that replaces it.
    pub new: Option<RotatedCertificate>,
    /// All tasks, in the recommended order.
    pub tasks: Vec<TaskProgress>,
    /// The first task that is left.
    pub next: Option<RotationTask>,
    /// The side where the next task is done. `None` if it takes both sides.
    pub next_side: Option<Side>,
    pub sign_in: SignInState,
    /// The new certificate is active in AWS.
    pub is_new_active: bool,
    /// Users can't sign in, and saving in nOps changes that.
    pub saving_restores: bool,
    /// *Ready to enforce* needs another sign-in test with the new certificate.
    pub needs_other_test: bool,
    /// How to restore sign-in, the quickest way first. Empty unless sign-in is broken.
    pub repairs: Vec<SignInRepair>,
    pub way_back: WayBack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RotationStage {
    NotStarted,
    UnderWay,
    Done,
}

/// Why the certificate should be replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RotationReason {
    /// AWS has two certificates, so an administrator started to replace the certificate.
    SecondCertificate,
    /// AWS no longer has the certificate that nOps uses.
    Replaced,
    Expired {
        /// RFC 3339.
        on: String,
    },
    ExpiresSoon {
        /// RFC 3339.
        on: String,
        days: i32,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct RotatedCertificate {
    /// SHA-256 of the DER, uppercase hex.
    pub sha256: String,
    /// RFC 3339.
    pub not_before: String,
    /// RFC 3339.
    pub not_after: String,
    /// Whole days until the certificate expires. Negative if it has expired.
    pub days_left: i32,
    /// For example, `RSA 2048`.
    pub key: String,
    /// AWS's metadata lists the certificate. `None` if there is no metadata from AWS.
    pub is_listed: Option<bool>,
    /// Where the certificate comes from.
    pub source: Source,
}

/// The progress of a task. Its message keys start with `rotation-<task>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TaskProgress {
    pub task: RotationTask,
    pub state: TaskState,
    /// How we know that the task is done.
    pub source: Option<Source>,
    /// When the task was done, RFC 3339.
    pub at: Option<String>,
    /// What is wrong: a message key under `rotation-problem-<problem>`.
    pub problem: Option<String>,
    /// Only the user's confirmation shows that the task is done, so the user can remove it.
    pub can_retract: bool,
}

#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Type,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RotationTask {
    /// Generate a new certificate in AWS.
    Generate,
    /// Compare the fingerprints of the old and the new certificate.
    Compare,
    /// Paste the new certificate into nOps's form, without saving.
    Copy,
    /// Prepare for the minutes in which users can't sign in.
    Plan,
    /// Save the form in nOps. From now on, users can't sign in.
    Save,
    /// Set the new certificate as active in AWS. From now on, users can sign in.
    Activate,
    DryRun,
    SignInTest,
    /// Delete the old certificate in AWS.
    Delete,
}

impl RotationTask {
    /// All tasks, in the recommended order. Nothing is waiting in nOps's form while the user plans.
    pub const ALL: &[Self] = &[
        Self::Generate,
        Self::Compare,
        Self::Plan,
        Self::Copy,
        Self::Save,
        Self::Activate,
        Self::DryRun,
        Self::SignInTest,
        Self::Delete,
    ];

    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Returns the side where the task is done, or `None` if it takes both sides.
    fn side(self) -> Option<Side> {
        match self {
            Self::Generate | Self::Compare | Self::Activate | Self::DryRun | Self::Delete => {
                Some(Side::Aws)
            }
            Self::Plan | Self::Copy | Self::Save => Some(Side::Nops),
            Self::SignInTest => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    Open,
    Done,
    /// Done, but something looks wrong, or not done because something went wrong.
    Problem,
    /// Not needed anymore.
    Skipped,
}

impl TaskState {
    pub fn is_finished(self) -> bool {
        matches!(self, Self::Done | Self::Skipped)
    }
}

/// Whether users can sign in, as far as the certificates show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SignInState {
    /// AWS signs with the certificate that nOps has.
    Matches,
    /// AWS signs with a certificate that nOps doesn't have.
    Broken,
    /// The certificates match according to the user, but a sign-in test failed.
    TestFailed,
    Unknown,
}

/// A way to restore sign-in. Its message key is `rotation-repair-<repair>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SignInRepair {
    /// Set the new certificate as active in AWS.
    ActivateNew,
    /// Set the old certificate as active in AWS.
    ActivateOld,
    /// Save the new certificate in nOps. It's already in the form.
    SaveForm,
    /// Paste the new certificate into nOps, and save.
    SaveNew,
    /// Paste the old certificate into nOps, and save.
    SaveOld,
}

/// How to return to the old certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WayBack {
    /// What to do, in this order. Empty if there is nothing to undo, or no way back.
    pub steps: Vec<BackStep>,
    /// Why there is no way back, or what to know about it: a message key under
    /// `rotation-back-<problem>`.
    pub problem: Option<String>,
    /// AWS and nOps are as they were before the rotation, so the rotation can be ended.
    pub is_at_start: bool,
    /// Only the new certificate in AWS is left, which the user can keep for later.
    pub can_keep_new: bool,
}

/// A step of the way back. Its message key is `rotation-back-<step>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BackStep {
    /// Set the old certificate as active in AWS.
    ActivateOld,
    /// Paste the old certificate into nOps, and save.
    SaveOld,
    /// Close nOps's page without saving.
    LeaveForm,
    /// Delete the new certificate in AWS.
    DeleteNew,
}

/// Returns the state of the rotation. `facts` contains all facts, including derived facts.
/// `has_another` is true if a check of the finished setup found a certificate in AWS that the facts
/// don't contain.
pub fn rotation(facts: &Facts, has_another: bool, now: Timestamp) -> Rotation {
    let known = RotationCertificates::from_facts(facts);
    let (sign_in, repairs) = sign_in::state(facts, &known, now);
    let tasks = progress::tasks(facts, &known, sign_in, now);
    let next =
        tasks.iter().find(|progress| !progress.state.is_finished()).map(|progress| progress.task);
    let stage = match (&known.old, next) {
        _ if !is_started(facts) => RotationStage::NotStarted,
        (_, None) => RotationStage::Done,
        (_, Some(_)) => RotationStage::UnderWay,
    };
    let next = next.filter(|_| stage == RotationStage::UnderWay);
    let saves =
        |repair: &SignInRepair| matches!(repair, SignInRepair::SaveNew | SignInRepair::SaveForm);
    let is_fresh = |test| test_record::result_state(facts, test) == ResultState::Fresh;
    let shown = |certificate: &Option<(Field, Certificate)>| {
        certificate.as_ref().map(|(field, one)| known.describe(facts, *field, one, now))
    };
    Rotation {
        reason: match stage {
            RotationStage::UnderWay => reason_under_way(facts, &known, now),
            RotationStage::NotStarted | RotationStage::Done => reason(facts, has_another, now),
        },
        old: shown(&known.old),
        new: shown(&known.new),
        next,
        next_side: next.and_then(RotationTask::side),
        is_new_active: tasks.iter().any(|progress| {
            progress.task == RotationTask::Activate && progress.state == TaskState::Done
        }),
        saving_restores: sign_in == SignInState::Broken && repairs.iter().any(saves),
        needs_other_test: ![Field::TestFromPortal, Field::TestFromNops].into_iter().all(is_fresh),
        way_back: way_back::way_back(facts, &known, now),
        stage,
        tasks,
        sign_in,
        repairs,
    }
}

/// Returns the values to copy in a rotation: the address for the dry run and the sign-in tests, and
/// the new certificate. They have the same numbers as in the steps, if possible.
pub fn transfers(facts: &Facts) -> Vec<Transfer> {
    let known = RotationCertificates::from_facts(facts);
    let new = known.new.map(|(_, new)| new);
    let label = |field: Field| format!("field-{}", field.name());
    let address = |field: Field, to: Field| Transfer {
        copy: CopyableValue::Value { field },
        value: facts.non_empty_text(field).map(str::to_owned),
        from: None,
        to_side: to.side(),
        to_label: label(to),
    };
    let certificate = Transfer {
        copy: new.as_ref().map_or(CopyableValue::CertificatePem, |new| {
            CopyableValue::Certificate { sha256: new.sha256(), form: CertificateForm::Pem }
        }),
        value: new.as_ref().map(Certificate::pem),
        from: Some(Field::IdpCertificate),
        to_side: Side::Nops,
        to_label: label(Field::NopsX509),
    };
    vec![
        address(Field::AccessPortalUrl, Field::TestFromPortal),
        certificate,
        address(Field::SpLoginUrl, Field::TestFromNops),
    ]
}

/// Returns whether a rotation was started. It stays started until it's canceled or the next one
/// starts.
pub fn is_started(facts: &Facts) -> bool {
    facts.get(Field::OldCertificate).is_some()
}

/// Returns whether a rotation was started and isn't done.
pub fn is_under_way(facts: &Facts, now: Timestamp) -> bool {
    is_started(facts) && rotation(facts, false, now).stage == RotationStage::UnderWay
}

fn reason(facts: &Facts, has_another: bool, now: Timestamp) -> Option<RotationReason> {
    let idp = IdentityProvider::from_facts(facts);
    let saved = idp::certificate(facts, Field::NopsCertificate);
    if saved.is_some_and(|saved| is_missing_in_aws(facts, &saved)) {
        return Some(RotationReason::Replaced);
    }
    if has_another || idp.certificates.len() > 1 {
        return Some(RotationReason::SecondCertificate);
    }
    let (_, certificate) = idp.certificate()?;
    expiry_reason(certificate, now)
}

/// Returns why the old certificate is being replaced. The new certificate isn't the reason.
fn reason_under_way(
    facts: &Facts,
    known: &RotationCertificates,
    now: Timestamp,
) -> Option<RotationReason> {
    let (_, old) = known.old.as_ref()?;
    let is_replaced = !known.has_old() && is_missing_in_aws(facts, old);
    match expiry_reason(old, now) {
        _ if is_replaced => Some(RotationReason::Replaced),
        None if known.listed.len() > 1 => Some(RotationReason::SecondCertificate),
        reason => reason,
    }
}

/// Returns whether AWS's metadata doesn't list this certificate.
fn is_missing_in_aws(facts: &Facts, certificate: &Certificate) -> bool {
    let listed = idp::certificates(facts, Field::IdpMetadataFetched);
    !listed.is_empty() && listed.iter().all(|(_, listed)| listed != certificate)
}

fn expiry_reason(certificate: &Certificate, now: Timestamp) -> Option<RotationReason> {
    let on = certificate.not_after().to_string();
    match days_until_expiry(certificate, now) {
        ..0 => Some(RotationReason::Expired { on }),
        days if days < SOON_DAYS => {
            Some(RotationReason::ExpiresSoon { on, days: i32::try_from(days).unwrap_or(i32::MAX) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
