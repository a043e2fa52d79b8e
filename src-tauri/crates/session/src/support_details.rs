//! The text that helps support to find the cause of a problem.
//!
//! [`SupportDetails`] holds only names from this program's own lists, and AWS's error codes and
//! request IDs, so it can't contain personal data or values of the setup.

use std::collections::BTreeMap;

use identity_center::FailedCall;
use messages::MessageCatalog;
use setup::{Finding, Step, StepStatus, inferred::Inference};
use storage::store::SetupKind;

use super::{
    report::model::name, setup_session::SetupSession, view::ConnectionState, view_builder,
};

/// The types of these parts admit only names that this program or AWS defines.
struct SupportDetails {
    kind: SetupKind,
    is_repair: bool,
    connection: ConnectionState,
    steps: Vec<(Step, &'static str)>,
    findings: Vec<KnownFinding>,
    failed_calls: Vec<FailedCall>,
    inferences: Vec<(Inference, Option<bool>)>,
}

/// A finding whose code and cause are in the message catalog.
struct KnownFinding {
    code: &'static str,
    cause: Option<&'static str>,
    is_kept: bool,
}

/// Returns the details of the open setup.
pub(super) fn text(open: &SetupSession) -> String {
    let view = view_builder::reported(open);
    let details = SupportDetails {
        kind: view.world,
        is_repair: view.repair,
        connection: view.connection.state,
        steps: view.steps.iter().map(|step| (step.step, status(&step.status))).collect(),
        findings: view.findings.iter().filter_map(known_finding).collect(),
        failed_calls: open.cx.connection.iter().flat_map(|aws| aws.failed_calls()).collect(),
        inferences: Inference::ALL
            .iter()
            .map(|inference| (*inference, inference.seen(open.cx.facts())))
            .collect(),
    };
    details.text(&MessageCatalog::english().without_markup())
}

fn status(status: &StepStatus) -> &'static str {
    match status {
        StepStatus::Locked { .. } => "locked",
        StepStatus::Ready => "ready",
        StepStatus::Waiting { .. } => "waiting",
        StepStatus::Attention { .. } => "attention",
        StepStatus::Done => "done",
    }
}

fn known_finding(finding: &Finding) -> Option<KnownFinding> {
    let known = |wanted: &str| messages::keys().find(|key| *key == wanted);
    let key = known(&finding.message_key())?;
    Some(KnownFinding {
        code: key.strip_prefix("finding-").unwrap_or(key),
        cause: finding.cause.as_ref().and_then(|cause| known(&cause.key)),
        is_kept: finding.kept,
    })
}

impl SupportDetails {
    fn text(&self, words: &MessageCatalog) -> String {
        let steps = self.steps.iter().map(|(step, status)| format!("{} {status}", name(step)));
        let findings = self.findings.iter().map(|KnownFinding { code, cause, is_kept }| {
            let cause = cause.map(|cause| format!(" ({cause})")).unwrap_or_default();
            format!("{code}{cause}{}", if *is_kept { " (kept)" } else { "" })
        });
        let calls = self.failed_calls.iter();
        let calls = calls.map(|call| format!("{} {} {}", call.action, call.code, call.request_id));
        let with = |seen: Option<bool>| {
            let same = self.inferences.iter().filter(move |(_, known)| *known == seen);
            list(same.map(|(inference, _)| inference.name().to_owned()))
        };
        let params: BTreeMap<_, _> = [
            ("kind", name(&self.kind)),
            ("mode", if self.is_repair { "repair" } else { "new" }.to_owned()),
            ("connection", name(&self.connection)),
            ("steps", list(steps)),
            ("findings", list(findings)),
            ("calls", list(calls)),
            ("yes", with(Some(true))),
            ("no", with(Some(false))),
            ("unseen", with(None)),
        ]
        .map(|(name, text)| (name.to_owned(), text))
        .into();
        words.text("support-setup", &params)
    }
}

/// Joins names. An empty list is `-`.
fn list(names: impl Iterator<Item = String>) -> String {
    let names: Vec<_> = names.collect();
    if names.is_empty() { "-".to_owned() } else { names.join(", ") }
}
