//! The checks that need AWS credentials with read permissions.

use jiff::Timestamp;

use super::{WatchCheck, WatchCheckState, WatchSubject};
use crate::{
    planning::{self, PlanRequest},
    setup_session::{application_changes, error_cause, facts_of_application, record_changes},
};
use changes::{PersonPlan, Plan, PlannedChange};
use identity_center::{AwsError, Connection};
use people::{People, PersonIssue};
use setup::{
    FactValue, Facts, Field, Finding, Fix, MessageCause, Page, Severity, Source, Step,
    derive::derive, rules,
};

/// The subjects of these checks.
const SUBJECTS: [WatchSubject; 3] =
    [WatchSubject::Application, WatchSubject::People, WatchSubject::EventHistory];

pub(super) struct AwsChecks {
    pub(super) checks: Vec<WatchCheck>,
    pub(super) findings: Vec<Finding>,
}

/// Returns that nothing was checked, because the connection has this error.
pub(super) fn unchecked(error: &AwsError) -> Vec<WatchCheck> {
    SUBJECTS.map(|subject| failed(subject, error)).into()
}

/// Returns that nothing was checked for this reason.
pub(super) fn skipped(key: &str) -> Vec<WatchCheck> {
    SUBJECTS.map(|subject| WatchCheck::skipped(subject, key)).into()
}

/// Stores what AWS shows in `after`.
pub(super) async fn check(
    connection: &Connection,
    (before, verified): (&Facts, Option<Timestamp>),
    people: &People,
    after: &mut Facts,
    now: Timestamp,
) -> AwsChecks {
    let all = derive(before, now);
    match connection.whoami().await {
        Err(error) => return AwsChecks { checks: unchecked(&error), findings: Vec::new() },
        Ok(caller) if all.text(Field::AwsAccountId).is_some_and(|id| id != caller.account) => {
            let cause = MessageCause::new("watch-other-account");
            let unchecked =
                |subject| WatchCheck::new(subject, WatchCheckState::Unchecked, Some(cause.clone()));
            return AwsChecks { checks: SUBJECTS.map(unchecked).into(), findings: Vec::new() };
        }
        Ok(_) => {}
    }
    let application = check_application(connection, &all, after, now).await;
    let (people, findings) = check_people(connection, &all, people, after, now).await;
    let events = check_events(connection, &all, verified, after, now).await;
    AwsChecks { checks: vec![application, people, events], findings }
}

async fn check_application(
    connection: &Connection,
    all: &Facts,
    after: &mut Facts,
    now: Timestamp,
) -> WatchCheck {
    let subject = WatchSubject::Application;
    let Some(arn) = all.text(Field::ApplicationArn) else {
        return WatchCheck::skipped(subject, "watch-no-application");
    };
    match all.text(Field::ApplicationRegion) {
        Some(region) => connection.remember_region(arn, region),
        None => {
            if let Err(error) = connection.find_application(arn).await {
                return failed(subject, &error);
            }
        }
    }
    match connection.application(arn).await {
        Ok(application) => {
            for (field, value, source) in facts_of_application(&application) {
                after.record(field, value, source, now);
            }
        }
        Err(AwsError::NotFound) => {
            let gone = FactValue::Text(rules::GONE.to_owned());
            after.record(Field::ApplicationStatus, gone, Source::Observed, now);
        }
        Err(error) => return failed(subject, &error),
    }
    WatchCheck::new(subject, WatchCheckState::Checked, None)
}

/// Checks whether the people who were added still have access, with the same plan as step 9: a plan
/// without changes shows that nothing is missing.
async fn check_people(
    connection: &Connection,
    all: &Facts,
    people: &People,
    after: &mut Facts,
    now: Timestamp,
) -> (WatchCheck, Vec<Finding>) {
    let subject = WatchSubject::People;
    let skip = |key| (WatchCheck::skipped(subject, key), Vec::new());
    let (Some(application), Some(store)) =
        (all.text(Field::ApplicationArn), all.text(Field::IdentityStoreId))
    else {
        return skip("watch-no-application");
    };
    if !all.is_true(Field::PeopleAdded) {
        return skip("watch-no-people");
    }
    let request = PlanRequest {
        people: people.clone(),
        application: Some(application.to_owned()),
        current_user: None,
        everyone: false,
        users: 0,
    };
    // A plan without an application can't be compared, and the check of the application reports it.
    match planning::look_up_directory(connection, store, request, |_| true).await {
        Ok(planned) => {
            let found = findings(&planned.plan, people.group.name());
            let is_same = FactValue::Text(found.is_empty().to_string());
            after.record(Field::PeopleAdded, is_same, Source::Observed, now);
            (WatchCheck::new(subject, WatchCheckState::Checked, None), found)
        }
        Err(AwsError::NotFound) => skip("watch-no-application"),
        Err(error) => (failed(subject, &error), Vec::new()),
    }
}

/// Returns what the plan would have to change so that everyone on the list has access.
fn findings(plan: &Plan, group: &str) -> Vec<Finding> {
    let about = |code, severity| {
        Finding::about(Field::Group, code, severity).with("group", group).with_step(Step::People)
    };
    let open_groups = Fix::Open { page: Page::AwsGroups };
    if !plan.has_group() {
        return vec![about("watch_group_gone", Severity::Error).with_fix(open_groups)];
    }
    let mut found = Vec::new();
    if plan.assigns_group() {
        let fix = Fix::Open { page: Page::AwsApplication };
        found.push(about("watch_group_unassigned", Severity::Error).with_fix(fix));
    }
    let lacks_access = |person: &&PersonPlan| {
        person.member != PlannedChange::Keep
            || person.remarks.iter().any(PersonIssue::refuses_sign_in)
    };
    let count = plan.people().values().filter(lacks_access).count();
    if count > 0 {
        let fix = Fix::Go { step: Step::People };
        let finding = about("watch_people_without_access", Severity::Warning);
        found.push(finding.with("count", count).with_fix(fix));
    }
    found
}

/// Looks up saves since the setup was last verified. The permission is optional, so a denial isn't
/// a failed check.
async fn check_events(
    connection: &Connection,
    all: &Facts,
    verified: Option<Timestamp>,
    after: &mut Facts,
    now: Timestamp,
) -> WatchCheck {
    let subject = WatchSubject::EventHistory;
    let Some(since) = verified else {
        return WatchCheck::skipped(subject, "watch-never-verified");
    };
    match application_changes(connection, all, since, now).await {
        Ok(events) => {
            record_changes(after, &events.iter().collect::<Vec<_>>(), now);
            WatchCheck::new(subject, WatchCheckState::Checked, None)
        }
        Err(error @ AwsError::Denied { .. }) => {
            WatchCheck::new(subject, WatchCheckState::Skipped, Some(error_cause(&error)))
        }
        Err(error) => failed(subject, &error),
    }
}

fn failed(subject: WatchSubject, error: &AwsError) -> WatchCheck {
    WatchCheck::new(subject, WatchCheckState::Unchecked, Some(error_cause(error)))
}
