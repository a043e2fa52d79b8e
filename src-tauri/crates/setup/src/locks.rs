//! What each step requires.

use super::{Facts, Field, Step, StepStatus, idp::IdentityProvider};

/// Returns why `step` is locked, or `None` if it isn't.
///
/// Steps 1 to 4 and 10 are never locked. The user chooses the tester in step 6, so that step
/// requires only an application.
pub fn lock(facts: &Facts, step: Step) -> Option<StepStatus> {
    let idp = IdentityProvider::from_facts(facts);
    let application = facts.text(Field::ApplicationArn).is_some() || idp.issuer.is_some();
    let (open, needs, after) = match step {
        Step::Mappings | Step::DryRun | Step::People => {
            (application, "application", Step::Application)
        }
        Step::Details => (
            idp.issuer.is_some() && !idp.certificates.is_empty(),
            "issuer_and_certificate",
            Step::Application,
        ),
        Step::SignInTests => (facts.is_true(Field::NopsSaved), "nops_saved", Step::Details),
        Step::Start | Step::Connect | Step::Addresses | Step::Application | Step::Finish => {
            return None;
        }
    };
    (!open).then(|| StepStatus::Locked { after: vec![after], needs: needs.to_owned() })
}
