//! The checks that need AWS credentials with read permissions.

use jiff::Timestamp;

use super::{Observations, RecheckSubject, SubjectCheck, SubjectState};
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
const SUBJECTS: [RecheckSubject; 3] =
    [RecheckSubject::Application, RecheckSubject::People, RecheckSubject::EventHistory];

/// Returns that nothing was checked, because the connection has this error.
pub(super) fn unchecked(error: &AwsError) -> Vec<SubjectCheck> {
    SUBJECTS.map(|subject| failed(subject, error)).into()
}

/// Returns that nothing was checked for this reason.
pub(super) fn skipped(key: &str) -> Vec<SubjectCheck> {
    SUBJECTS.map(|subject| SubjectCheck::skipped(subject, key)).into()
}

/// Stores what AWS shows in `seen`.
pub(super) async fn check(
    connection: &Connection,
    verified: Option<Timestamp>,
    people: &People,
    seen: &mut Observations,
    now: Timestamp,
) -> Vec<SubjectCheck> {
    let all = derive(seen.before(), now);
    match connection.whoami().await {
        Err(error) => return unchecked(&error),
        Ok(caller) if all.text(Field::AwsAccountId).is_some_and(|id| id != caller.account) => {
            return SUBJECTS.map(|subject| unclear(subject, "recheck-other-account")).into();
        }
        Ok(_) => {}
    }
    vec![
        check_application(connection, &all, seen, now).await,
        check_people(connection, &all, people, seen, now).await,
        check_events(connection, &all, verified, seen, now).await,
    ]
}

async fn check_application(
    connection: &Connection,
    all: &Facts,
    seen: &mut Observations,
    now: Timestamp,
) -> SubjectCheck {
    let subject = RecheckSubject::Application;
    let Some(arn) = all.text(Field::ApplicationArn) else {
        return SubjectCheck::skipped(subject, "recheck-no-application");
    };
    let region = all.text(Field::ApplicationRegion);
    match region {
        Some(region) => connection.remember_region(arn, region),
        None => {
            if let Err(error) = connection.find_application(arn).await {
                return failed(subject, &error);
            }
        }
    }
    match connection.application(arn).await {
        Ok(application) => seen.record(subject, |facts| {
            for (field, value, source) in facts_of_application(&application) {
                facts.record(field, value, source, now);
            }
        }),
        // The application may be in a Region that wasn't asked.
        Err(AwsError::NotFound) if region.is_none() => {
            return unclear(subject, "recheck-region-unknown");
        }
        Err(AwsError::NotFound) => seen.record(subject, |facts| {
            let gone = FactValue::Text(rules::GONE.to_owned());
            facts.record(Field::ApplicationStatus, gone, Source::Observed, now);
        }),
        Err(error) => return failed(subject, &error),
    }
    SubjectCheck::new(subject, SubjectState::Checked, None)
}

/// Checks whether the people who were added still have access, with the same plan as step 9: a plan
/// without changes shows that nothing is missing.
async fn check_people(
    connection: &Connection,
    all: &Facts,
    people: &People,
    seen: &mut Observations,
    now: Timestamp,
) -> SubjectCheck {
    let subject = RecheckSubject::People;
    let (Some(application), Some(store)) =
        (all.text(Field::ApplicationArn), all.text(Field::IdentityStoreId))
    else {
        return SubjectCheck::skipped(subject, "recheck-no-application");
    };
    match all.get(Field::PeopleAdded).map(|added| &added.source) {
        Some(Source::Observed) if all.is_true(Field::PeopleAdded) => {}
        // AWS never showed these people, so the plan can't tell what changed.
        Some(Source::Declared) => {
            return SubjectCheck::skipped(subject, "recheck-people-confirmed");
        }
        _ => return SubjectCheck::skipped(subject, "recheck-no-people"),
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
            seen.record(subject, |facts| {
                facts.record(Field::PeopleAdded, is_same, Source::Observed, now);
            });
            seen.add_findings(found);
            SubjectCheck::new(subject, SubjectState::Checked, None)
        }
        Err(AwsError::NotFound) => SubjectCheck::skipped(subject, "recheck-no-application"),
        Err(error) => failed(subject, &error),
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
    seen: &mut Observations,
    now: Timestamp,
) -> SubjectCheck {
    let subject = RecheckSubject::EventHistory;
    let Some(since) = verified else {
        return SubjectCheck::skipped(subject, "recheck-never-verified");
    };
    match application_changes(connection, all, since, now).await {
        Ok(events) => {
            let events: Vec<_> = events.iter().collect();
            seen.record(subject, |facts| record_changes(facts, &events, now));
            SubjectCheck::new(subject, SubjectState::Checked, None)
        }
        Err(error @ AwsError::Denied { .. }) => {
            SubjectCheck::new(subject, SubjectState::Skipped, Some(error_cause(&error)))
        }
        Err(error) => failed(subject, &error),
    }
}

fn failed(subject: RecheckSubject, error: &AwsError) -> SubjectCheck {
    SubjectCheck::new(subject, SubjectState::Unchecked, Some(error_cause(error)))
}

/// Returns that a subject wasn't checked for this reason, although it should be possible.
fn unclear(subject: RecheckSubject, key: &str) -> SubjectCheck {
    SubjectCheck::new(subject, SubjectState::Unchecked, Some(MessageCause::new(key)))
}
