//! Each step's status, derived from the facts, the findings and the session's state.

use super::{
    Facts, Field,
    Field::*,
    Finding, OriginalSource, Severity, Side, Step, StepStatus,
    idp::IdentityProvider,
    lane, locks,
    problems::ProblemCount,
    rules,
    test_record::{self, ResultState},
};

/// Session state that isn't in the facts. There is no default, so the state must always be
/// specified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionState {
    pub connected: bool,
    /// The user chose to continue without credentials.
    pub by_hand: bool,
    pub repair: bool,
    /// The side that the user administers, if a colleague administers the other side.
    pub lane: Option<Side>,
    /// The app is polling AWS until the application exists.
    pub watching: bool,
    pub people: ListState,
    /// The report was saved in step 10 while nothing else was open.
    pub report_saved: bool,
}

/// The state of step 9, based on the list of people, the plan and the change history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListState {
    pub any: bool,
    /// Changes are planned but not made yet.
    pub planned: bool,
    /// The plan excludes some people, or AWS would reject their sign-in.
    pub excluded: bool,
    /// A change was interrupted or stopped.
    pub halted: bool,
    /// This setup created users, and their creation wasn't undone.
    pub created: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub status: StepStatus,
    pub problems: u32,
    pub worst: Option<Severity>,
    /// The step depends on a value that the user only confirmed.
    pub declared: bool,
    /// The step depends on a value that a colleague confirmed.
    pub handed_over: bool,
    /// The user chose to skip the open items.
    pub skipped: bool,
    /// The user's open items. Their message keys are `open-<what>`.
    pub open: Vec<&'static str>,
    /// The colleague's open items. Their message keys are `open-<what>`.
    pub colleague: Vec<&'static str>,
}

/// Returns the progress of `step`. `facts` contains all facts, including derived facts. `findings`
/// contains all rules' findings.
pub fn progress(facts: &Facts, findings: &[Finding], now: SessionState, step: Step) -> Progress {
    let ProblemCount { count, worst } = problems(findings, step);
    let missing = match step {
        Step::Start => start(facts, findings, now),
        Step::Finish => finish(facts, findings, now),
        step => open_tasks(facts, now, step),
    };
    // A colleague's skipped item isn't waited for.
    let (colleague, open): (Vec<_>, Vec<_>) = missing
        .into_iter()
        .partition(|what| is_for_colleague(now.lane, what) && !is_skipped(facts, now, what));
    let status = match locks::lock(facts, step) {
        Some(locked) => match colleague_unlocks(now.lane, step, &locked) {
            Some(side) => StepStatus::Waiting { on: lane::waiting_for(side).to_owned() },
            None => locked,
        },
        None if count > 0 => StepStatus::Attention { count },
        None => match waiting_for(facts, now, step) {
            Some(on) => StepStatus::Waiting { on: on.to_owned() },
            None if !open.is_empty() => StepStatus::Ready,
            None => match now.lane {
                Some(own) if !colleague.is_empty() => {
                    StepStatus::Waiting { on: lane::waiting_for(own.other()).to_owned() }
                }
                _ => StepStatus::Done,
            },
        },
    };
    Progress {
        skipped: status == StepStatus::Ready
            && open.iter().all(|what| is_skipped(facts, now, what)),
        status,
        problems: count,
        worst,
        declared: is_only_confirmed(facts, step),
        handed_over: is_confirmed_by_colleague(facts, step),
        open,
        colleague,
    }
}

fn is_for_colleague(own: Option<Side>, what: &str) -> bool {
    own.is_some_and(|own| lane::administrator(what) == Some(own.other()))
}

/// Returns the colleague's side if the step belongs to the colleague, or if the colleague's step
/// unlocks it.
fn colleague_unlocks(own: Option<Side>, step: Step, locked: &StepStatus) -> Option<Side> {
    let own = own?;
    let StepStatus::Locked { after, .. } = locked else { return None };
    let is_own = |step: &Step| lane::has_work_in(own, *step);
    (!is_own(&step) || !after.iter().any(is_own)).then_some(own.other())
}

/// Returns whether steps 1 to 9 are all done or skipped.
pub fn is_everything_else_done(facts: &Facts, findings: &[Finding], now: SessionState) -> bool {
    unfinished_steps(facts, findings, now).next().is_none()
}

/// Returns the first step in which the user has to act. If there is none, returns the first step
/// that isn't done or skipped, or else the last step.
pub fn next_step(facts: &Facts, findings: &[Finding], now: SessionState) -> Step {
    let left: Vec<(Step, Progress)> = unfinished_steps(facts, findings, now).collect();
    let is_own = |(_, progress): &&(Step, Progress)| {
        let is_blocked =
            matches!(progress.status, StepStatus::Waiting { .. } | StepStatus::Locked { .. });
        now.lane.is_none() || !is_blocked
    };
    left.iter().find(is_own).or(left.first()).map_or(Step::Finish, |(step, _)| *step)
}

/// Returns the steps before the last step that are neither done nor skipped.
fn unfinished_steps(
    facts: &Facts,
    findings: &[Finding],
    now: SessionState,
) -> impl Iterator<Item = (Step, Progress)> {
    // A finished setup stays finished without a connection, because AWS was checked before.
    let now = SessionState { connected: has_been_connected(facts, now), ..now };
    let earlier = Step::ALL.iter().copied().filter(|step| *step != Step::Finish);
    earlier
        .map(move |step| (step, progress(facts, findings, now, step)))
        .filter(|(_, progress)| progress.status != StepStatus::Done && !progress.skipped)
}

/// Returns the first step that the user can now do to show that a repaired sign-in works. The dry
/// run needs the access portal, which comes from step 2.
pub fn next_proof(facts: &Facts, findings: &[Finding], now: SessionState) -> Option<Step> {
    const PROOF: [Step; 5] =
        [Step::Application, Step::Mappings, Step::DryRun, Step::Details, Step::SignInTests];
    let connect = facts.get(AccessPortalUrl).is_none().then_some(Step::Connect);
    connect.into_iter().chain(PROOF).find(|step| {
        let status = progress(facts, findings, now, *step).status;
        !matches!(status, StepStatus::Done | StepStatus::Locked { .. })
    })
}

fn problems(findings: &[Finding], step: Step) -> ProblemCount {
    ProblemCount::count(findings.iter().filter(|finding| finding.step == step))
}

fn open_tasks(facts: &Facts, now: SessionState, step: Step) -> Vec<&'static str> {
    let fresh = |field| test_record::result_state(facts, field) == ResultState::Fresh;
    let known = |field| facts.non_empty_text(field).is_some();
    let wanted: Vec<(bool, &'static str)> = match step {
        Step::Start | Step::Finish => Vec::new(),
        Step::Connect => {
            // The colleague's AWS values come from the colleague's connection.
            let by_colleague = now.lane == Some(Side::Nops) && known(AwsAccountId);
            vec![(now.connected || now.by_hand || by_colleague, "connection")]
        }
        Step::Addresses => vec![
            (facts.is_true(AdminSignedIn), "admin_signed_in"),
            (facts.is_true(AdminPassword), "admin_password"),
            (known(RecoveryAdministrator), "recovery"),
            (known(SpAcsUrl), "acs"),
            (known(SpEntityId), "entity_id"),
            (known(SpLoginUrl), "login_url"),
        ],
        Step::Application => {
            let idp = IdentityProvider::from_facts(facts);
            // Without an application, the other values aren't open items, because AWS returns them
            // with the application.
            match known(ApplicationArn) || idp.issuer.is_some() {
                false => vec![(false, "application")],
                true => vec![
                    (idp.issuer.is_some(), "issuer"),
                    (!idp.certificates.is_empty(), "certificate"),
                    // AWS lists an application only after *Submit*.
                    (
                        now.repair || has_been_connected(facts, now) || is_submitted(facts),
                        "submitted",
                    ),
                ],
            }
        }
        Step::Mappings => {
            let wanted = super::mappings::wanted_mappings(facts);
            let pasted = facts.mappings().is_some_and(|rows| {
                !rows.is_empty() && rows.iter().all(|row| rules::matches_wanted(row, &wanted))
            });
            vec![(pasted || facts.mappings().is_some() || fresh(DryRun), "mappings")]
        }
        Step::DryRun => {
            vec![(known(Tester), "tester"), (fresh(DryRun), "dry_run")]
        }
        Step::Details => {
            vec![(known(NopsDefaultRole), "role"), (facts.is_true(NopsSaved), "nops_saved")]
        }
        Step::SignInTests => vec![
            (fresh(TestFromPortal), "test_from_portal"),
            (fresh(TestFromNops), "test_from_nops"),
        ],
        Step::People => people(facts, now),
    };
    let mut missing = select_open_tasks(wanted);
    missing.retain(|what| !(is_for_colleague(now.lane, what) && lane::is_personal(what)));
    missing
}

fn has_been_connected(facts: &Facts, now: SessionState) -> bool {
    now.connected || facts.get(AwsCaller).is_some()
}

/// Returns whether the application exists, because the user confirmed it or did something that is
/// possible only after *Submit*.
fn is_submitted(facts: &Facts) -> bool {
    let has_arn = facts.get(ApplicationArn).is_some_and(|arn| !arn.source.is_derived());
    let has_signed_in = [DryRun, TestFromPortal, TestFromNops].iter().any(|test| {
        matches!(test_record::result_state(facts, *test), ResultState::Fresh | ResultState::Stale)
    });
    has_arn || has_signed_in || facts.is_true(ApplicationSubmitted)
}

fn select_open_tasks(items: Vec<(bool, &'static str)>) -> Vec<&'static str> {
    items.into_iter().filter(|(closed, _)| !closed).map(|(_, what)| what).collect()
}

/// Returns the values that a repair still needs. Without them, the app can't compare some values.
pub fn values_not_compared(facts: &Facts) -> Vec<Field> {
    const PASTED: [Field; 8] = [
        AwsAcsUrl,
        AwsAudience,
        AttributeMappings,
        SpAcsUrl,
        SpEntityId,
        NopsIssuerUrl,
        NopsSsoEndpoint,
        NopsX509,
    ];
    let idp = IdentityProvider::from_facts(facts);
    let of_aws = [
        (IdpEntityId, idp.issuer.is_some()),
        (IdpSsoUrl, idp.endpoint.is_some()),
        (IdpCertificate, !idp.certificates.is_empty()),
    ];
    let pasted = PASTED.map(|field| (field, facts.get(field).is_some()));
    let missing = of_aws.into_iter().chain(pasted).filter(|(_, known)| !known);
    missing.map(|(field, _)| field).collect()
}

/// Returns the open items of step 1. A repair needs values to compare and no differences.
fn start(facts: &Facts, findings: &[Finding], now: SessionState) -> Vec<&'static str> {
    if !now.repair {
        return Vec::new();
    }
    let missing = values_not_compared(facts);
    let is_first = missing.len() == values_not_compared(&Facts::default()).len();
    let values = if is_first { "repair_values" } else { "repair_rest" };
    let differs = ProblemCount::differences(findings).count > 0;
    select_open_tasks(vec![(missing.is_empty(), values), (!differs, "differences")])
}

/// Returns the conditions of step 9, and whether each is met. Every change must have a known
/// outcome, and new users must have a way to sign in.
fn people(facts: &Facts, now: SessionState) -> Vec<(bool, &'static str)> {
    let ListState { any, planned, excluded, halted, created } = now.people;
    let to_do = match () {
        () if halted => "people_halted",
        () if excluded => "people_excluded",
        () if !now.connected => "people_by_hand",
        () if planned => "people_planned",
        () if any => "people_changes",
        () => "people",
    };
    vec![
        (facts.is_true(PeopleAdded) && !halted, to_do),
        (!created || facts.get(NewPeoplePassword).is_some(), "people_password"),
    ]
}

/// Returns the open item of step 10: the unfinished steps, or saving the report if there are none.
fn finish(facts: &Facts, findings: &[Finding], now: SessionState) -> Vec<&'static str> {
    let earlier = is_everything_else_done(facts, findings, now);
    select_open_tasks(vec![(earlier, "steps"), (!earlier || now.report_saved, "report")])
}

fn is_skipped(facts: &Facts, now: SessionState, what: &str) -> bool {
    match what {
        "dry_run" => facts.is_true(DryRunUnsupported),
        "people" | "people_by_hand" => facts.is_true(PeopleSkipped) && !now.people.any,
        _ => false,
    }
}

/// Returns what the step is waiting for, if someone else has to act.
fn waiting_for(facts: &Facts, now: SessionState, step: Step) -> Option<&'static str> {
    match step {
        Step::Addresses if facts.is_true(AddressesNotYet) && facts.get(SpAcsUrl).is_none() => {
            Some("nops_first_save")
        }
        Step::Application
            if now.watching && IdentityProvider::from_facts(facts).issuer.is_none() =>
        {
            Some("application")
        }
        _ => None,
    }
}

/// Returns whether the user only confirmed a value that completes the step.
fn is_only_confirmed(facts: &Facts, step: Step) -> bool {
    match step {
        Step::SignInTests => {
            SIGN_IN_TESTS.iter().any(|test| facts.get(*test).is_some())
                && !is_confirmed_by_colleague(facts, step)
        }
        step => completing_fields(step).iter().any(|field| facts.is_declared(*field)),
    }
}

/// Returns whether a colleague handed over a result, or a value that the colleague only confirmed.
/// Either counts as confirmed and not as observed.
fn is_confirmed_by_colleague(facts: &Facts, step: Step) -> bool {
    completing_fields(step).iter().any(|field| {
        let origin = facts.get(*field).and_then(|fact| fact.source.origin());
        origin.is_some_and(|origin| {
            origin.source == OriginalSource::Declared || facts.recorded_result(*field).is_some()
        })
    })
}

const SIGN_IN_TESTS: [Field; 2] = [TestFromPortal, TestFromNops];

/// Returns the values that complete the step and may be only confirmed.
fn completing_fields(step: Step) -> &'static [Field] {
    match step {
        Step::Addresses => &[SpAcsUrl, SpEntityId],
        Step::Application => &[IdpEntityId, IdpCertificate, ApplicationSubmitted],
        Step::DryRun => &[DryRun],
        Step::People => &[PeopleAdded],
        Step::Details => &[NopsSaved],
        Step::SignInTests => &SIGN_IN_TESTS,
        Step::Start | Step::Connect | Step::Mappings | Step::Finish => &[],
    }
}

#[cfg(test)]
mod tests;
