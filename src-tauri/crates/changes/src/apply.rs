//! Applies the changes of a plan.

use std::collections::HashMap;

use identity_center::{AwsError, Principal};

use super::{
    ApplyError, Clock, Directory, History, Plan, RunControl,
    change::Change,
    concurrency::run_concurrently,
    history::{HistoryRecord, HistoryWriter},
    plan::PlannedStep,
    progress::{Counter, Progress},
    reconcile::resolve_pending,
};

/// Counts of a plan's changes: made, already existing, failed and remaining.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ApplySummary {
    pub done: u32,
    /// Changes that another administrator had already made.
    pub existed: u32,
    /// Changes that AWS rejected because of the person, and that person's changes that depend on
    /// them.
    pub failed: u32,
    /// Changes that weren't started because the run was stopped.
    pub remaining: u32,
}

impl ApplySummary {
    /// Returns whether all planned changes are in place.
    pub fn is_complete(&self) -> bool {
        self.failed == 0 && self.remaining == 0
    }
}

/// Makes a plan's changes: the group, then users and memberships, and finally the assignment. A
/// membership starts as soon as its user exists. Removals come last.
///
/// Independent changes run concurrently. `control` is checked before each change, but never during
/// a change. If AWS rejects a change because of the person, only that person's changes are skipped.
/// Any other error ends the run after the running changes have ended. In both cases, the next plan
/// contains the remaining changes. `progress` is called after each processed change.
pub async fn apply(
    plan: Plan,
    directory: &impl Directory,
    journal: &History,
    clock: Clock<'_>,
    mut progress: impl FnMut(Progress) + Send,
    control: &RunControl,
) -> Result<ApplySummary, ApplyError> {
    let run = journal.run()?;
    resolve_pending(&run, directory, clock).await?;
    let total = plan.changes();
    run.write(clock(), HistoryRecord::Planned { plan: plan.id.clone(), changes: total })?;
    let mut applied = ApplySummary { remaining: total, ..ApplySummary::default() };
    let mut counter = Counter::from_planned(plan.steps.iter().map(PlannedStep::kind));
    let mut ids = ResolvedIds { group: plan.group.id.clone(), users: HashMap::new() };
    progress(counter.progress());
    let side_by_side =
        |one: &PlannedStep, next: &PlannedStep| one.is_of_person() && next.is_of_person();
    for steps in plan.steps.chunk_by(side_by_side) {
        let mut dependents: HashMap<&str, &PlannedStep> =
            steps.iter().filter_map(|step| Some((step.new_user()?, step))).collect();
        let independent = steps.iter().filter(|step| step.new_user().is_none());
        let known: Vec<_> = independent.map(|step| (step, ids.change(step, &plan))).collect();
        let kind = |(step, _): &(&PlannedStep, _)| step.kind();
        let begin = |(step, change)| apply_step(step, change, &run, directory, clock);
        let all = run_concurrently(known, kind, control, begin, |(step, made)| {
            applied.count(&made);
            counter.count(step.kind());
            ids.record(step, made);
            progress(counter.progress());
            let PlannedStep::CreateUser(person) = step else { return None };
            let membership = dependents.remove(person.key.as_str())?;
            Some((membership, ids.change(membership, &plan)))
        });
        if !all.await? {
            return Ok(applied);
        }
    }
    if applied.is_complete() {
        run.write(clock(), HistoryRecord::Completed { plan: plan.id })?;
    }
    Ok(applied)
}

impl ApplySummary {
    fn count(&mut self, made: &ChangeResult) {
        self.remaining -= 1;
        match made {
            ChangeResult::Done(_) => self.done += 1,
            ChangeResult::Existed(_) => self.existed += 1,
            ChangeResult::Failed => self.failed += 1,
        }
    }
}

/// IDs that become known while a plan is applied.
struct ResolvedIds {
    group: Option<String>,
    /// The IDs of users, by the person's key.
    users: HashMap<String, String>,
}

impl ResolvedIds {
    /// Returns the change for a step, or `None` if a change that the step depends on wasn't made.
    fn change(&self, step: &PlannedStep, plan: &Plan) -> Option<Change> {
        let store = plan.store.clone();
        Some(match step {
            PlannedStep::CreateGroup => Change::CreateGroup {
                store,
                name: plan.group.name.clone(),
                description: format!("Signs in to nOps. Made by nOps SSO Setup, plan {}.", plan.id),
            },
            PlannedStep::CreateUser(person) => Change::CreateUser { store, person: person.clone() },
            PlannedStep::AddMember { key, user_name, user } => Change::AddMember {
                store,
                key: key.clone(),
                user_name: user_name.clone(),
                user: user.as_ref().or_else(|| self.users.get(key))?.clone(),
                group: self.group.clone()?,
            },
            PlannedStep::AssignGroup => Change::Assign {
                application: plan.application.clone()?,
                principal: Principal::Group(self.group.clone()?),
                name: plan.group.name.clone(),
            },
            PlannedStep::RemoveMember { user_name, user } => Change::RemoveMember {
                store,
                user_name: user_name.clone(),
                user: user.clone(),
                group: self.group.clone()?,
            },
        })
    }

    fn record(&mut self, step: &PlannedStep, made: ChangeResult) {
        let (ChangeResult::Done(id) | ChangeResult::Existed(id)) = made else {
            return;
        };
        match step {
            PlannedStep::CreateGroup => self.group = Some(id),
            PlannedStep::CreateUser(person) => {
                self.users.insert(person.key.clone(), id);
            }
            PlannedStep::AddMember { .. }
            | PlannedStep::AssignGroup
            | PlannedStep::RemoveMember { .. } => {}
        }
    }
}

/// The result of a change, with the ID of the created or existing resource.
pub(super) enum ChangeResult {
    Done(String),
    Existed(String),
    Failed,
}

/// Makes the change for a step, unless a change that the step depends on wasn't made.
async fn apply_step<'a>(
    step: &'a PlannedStep,
    change: Option<Change>,
    run: &HistoryWriter,
    directory: &impl Directory,
    clock: Clock<'_>,
) -> Result<(&'a PlannedStep, ChangeResult), ApplyError> {
    let made = match change {
        Some(change) => apply_change(change, run, directory, clock).await?,
        None => ChangeResult::Failed,
    };
    Ok((step, made))
}

/// Makes one change, and records it before and after. If the response is lost, the entry stays
/// without an outcome, because only AWS knows the outcome.
pub(super) async fn apply_change(
    change: Change,
    run: &HistoryWriter,
    directory: &impl Directory,
    clock: Clock<'_>,
) -> Result<ChangeResult, ApplyError> {
    let number = run.record_intent(clock(), change.clone())?;
    let error = match change.apply(directory).await {
        Ok(id) => {
            run.write(clock(), HistoryRecord::Done { number, id: id.clone() })?;
            return Ok(ChangeResult::Done(id));
        }
        Err(error) if error.is_outcome_unknown() => return Err(error.into()),
        Err(error) => error,
    };
    let (error, there) = match (error, &change) {
        (AwsError::Conflict, _) => match change.find_conflicting(directory).await {
            Ok(found) => (AwsError::Conflict, found.id()),
            Err(error) => (error, None),
        },
        // The assignment no longer exists, which is what the user requested.
        (AwsError::NotFound, Change::Unassign { principal, .. }) => {
            (AwsError::NotFound, Some(principal.id().to_owned()))
        }
        // Another administrator removed the user.
        (AwsError::NotFound, Change::RemoveMember { user, .. }) => {
            (AwsError::NotFound, Some(user.clone()))
        }
        (error, _) => (error, None),
    };
    if let Some(id) = there {
        run.write(clock(), HistoryRecord::Existed { number, id: id.clone() })?;
        return Ok(ChangeResult::Existed(id));
    }
    run.write(clock(), HistoryRecord::failed(number, &error))?;
    match is_about_the_person(&error, &change, directory).await? {
        true => Ok(ChangeResult::Failed),
        false => Err(error.into()),
    }
}

/// Returns whether AWS rejected the change because of the person, so that other people's changes
/// can continue. For a membership, `NotFound` means that either the user or the group is missing.
/// If the group is missing, no other membership can be added either.
async fn is_about_the_person(
    error: &AwsError,
    change: &Change,
    directory: &impl Directory,
) -> Result<bool, AwsError> {
    match (error, change) {
        (
            AwsError::Validation { .. } | AwsError::Conflict,
            Change::CreateUser { .. } | Change::AddMember { .. } | Change::RemoveMember { .. },
        ) => Ok(true),
        (AwsError::NotFound, Change::AddMember { store, group, .. }) => {
            directory.has_group(store, group).await
        }
        _ => Ok(false),
    }
}
