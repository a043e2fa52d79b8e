//! Making the changes of a plan.

use std::{collections::HashMap, mem};

use jiff::Timestamp;

use identity_center::{AwsError, Principal};

use super::{
    ApplyError, Control, Directory, History, Plan,
    change::Change,
    concurrency::run_concurrently,
    error::params,
    history::{HistoryRecord, HistoryWriter},
    plan::Step,
    reconcile::resolve_pending,
};

/// How far a plan got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Changes made.
    pub done: u32,
    /// Changes that others had made already.
    pub existed: u32,
    /// Changes that AWS refuses for what is in them; the person's other changes are left out.
    pub failed: u32,
    /// Changes not come to, because they were stopped.
    pub remaining: u32,
}

impl Applied {
    /// Everything planned is there now.
    pub fn is_complete(&self) -> bool {
        self.failed == 0 && self.remaining == 0
    }
}

/// Makes the changes of a plan: the group, then users, memberships and the assignment.
///
/// Changes that don't build on each other are under way at the same time. `control` is looked at before each,
/// never in the middle of one. What AWS refuses about one person stops only that person's
/// changes; anything else ends the run with an error, as soon as what is under way has ended. Either way
/// planning anew makes a plan of the rest. `progress` hears how many of how many changes are behind us.
pub async fn apply(
    plan: Plan,
    directory: &impl Directory,
    journal: &History,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
    mut progress: impl FnMut(u32, u32) + Send,
    control: &Control,
) -> Result<Applied, ApplyError> {
    let run = journal.run()?;
    resolve_pending(&run, directory, clock).await?;
    let total = plan.changes();
    run.write(clock(), HistoryRecord::Planned { plan: plan.id.clone(), changes: total })?;
    let mut applied = Applied { remaining: total, ..Applied::default() };
    let mut ids = ResolvedIds { group: plan.group.id.clone(), users: HashMap::new() };
    progress(0, total);
    let alike = |one: &Step, next: &Step| mem::discriminant(one) == mem::discriminant(next);
    for steps in plan.steps.chunk_by(alike) {
        let known: Vec<_> = steps.iter().map(|step| (step, ids.deed(step, &plan))).collect();
        let begin = |(step, deed)| make_if_known(step, deed, &run, directory, clock);
        let all = run_concurrently(known, control, begin, |(step, made)| {
            applied.count(&made);
            ids.learn(step, made);
            progress(total - applied.remaining, total);
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

impl Applied {
    fn count(&mut self, made: &ChangeResult) {
        self.remaining -= 1;
        match made {
            ChangeResult::Done(_) => self.done += 1,
            ChangeResult::Existed(_) => self.existed += 1,
            ChangeResult::Failed => self.failed += 1,
        }
    }
}

/// The ids that become known while a plan is applied.
struct ResolvedIds {
    group: Option<String>,
    /// The users made, by the person's key.
    users: HashMap<String, String>,
}

impl ResolvedIds {
    /// The change behind a step; none where what it builds on was not made.
    fn deed(&self, step: &Step, plan: &Plan) -> Option<Change> {
        let store = plan.store.clone();
        Some(match step {
            Step::CreateGroup => Change::CreateGroup {
                store,
                name: plan.group.name.clone(),
                description: format!("Signs in to nOps. Made by nOps SSO Setup, plan {}.", plan.id),
            },
            Step::CreateUser(person) => Change::CreateUser { store, person: person.clone() },
            Step::AddMember { key, user_name, user } => Change::AddMember {
                store,
                key: key.clone(),
                user_name: user_name.clone(),
                user: user.as_ref().or_else(|| self.users.get(key))?.clone(),
                group: self.group.clone()?,
            },
            Step::AssignGroup => Change::Assign {
                application: plan.application.clone()?,
                principal: Principal::Group(self.group.clone()?),
                name: plan.group.name.clone(),
            },
        })
    }

    fn learn(&mut self, step: &Step, made: ChangeResult) {
        let (ChangeResult::Done(id) | ChangeResult::Existed(id)) = made else {
            return;
        };
        match step {
            Step::CreateGroup => self.group = Some(id),
            Step::CreateUser(person) => {
                self.users.insert(person.key.clone(), id);
            }
            Step::AddMember { .. } | Step::AssignGroup => {}
        }
    }
}

/// What came of a change, with the id of what is there now.
pub(super) enum ChangeResult {
    Done(String),
    Existed(String),
    Failed,
}

/// Makes the change behind a step, if what it builds on was made.
async fn make_if_known<'a>(
    step: &'a Step,
    deed: Option<Change>,
    run: &HistoryWriter,
    directory: &impl Directory,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<(&'a Step, ChangeResult), ApplyError> {
    let made = match deed {
        Some(deed) => make(deed, run, directory, clock).await?,
        None => ChangeResult::Failed,
    };
    Ok((step, made))
}

/// Makes one change, with its journal lines before and after. When the answer was lost, the entry stays
/// without an outcome: then only AWS knows.
pub(super) async fn make(
    deed: Change,
    run: &HistoryWriter,
    directory: &impl Directory,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<ChangeResult, ApplyError> {
    let number = run.record_intent(clock(), deed.clone())?;
    let error = match deed.make(directory).await {
        Ok(id) => {
            let line = HistoryRecord::Done { number, id: id.clone() };
            run.write(clock(), line)?;
            return Ok(ChangeResult::Done(id));
        }
        Err(error) if error.is_outcome_unknown() => return Err(error.into()),
        Err(error) => error,
    };
    let (error, there) = match error {
        AwsError::Conflict => match deed.find_conflicting(directory).await {
            Ok(found) => (AwsError::Conflict, found.id()),
            Err(error) => (error, None),
        },
        // The assignment is gone already, which is what was wanted.
        AwsError::NotFound => match &deed {
            Change::Unassign { principal, .. } => {
                (AwsError::NotFound, Some(principal.id().to_owned()))
            }
            _ => (AwsError::NotFound, None),
        },
        error => (error, None),
    };
    if let Some(id) = there {
        let line = HistoryRecord::Existed { number, id: id.clone() };
        run.write(clock(), line)?;
        return Ok(ChangeResult::Existed(id));
    }
    run.write(
        clock(),
        HistoryRecord::Failed { number, error: error.code().to_owned(), params: params(&error) },
    )?;
    match is_about_the_person(&error, &deed, directory).await? {
        true => Ok(ChangeResult::Failed),
        false => Err(error.into()),
    }
}

/// Whether AWS refused a change for what is in it, so that others may go on. A membership lacks the user,
/// or the group that all others need too.
async fn is_about_the_person(
    error: &AwsError,
    deed: &Change,
    directory: &impl Directory,
) -> Result<bool, AwsError> {
    match (error, deed) {
        (
            AwsError::Validation { .. } | AwsError::Conflict,
            Change::CreateUser { .. } | Change::AddMember { .. },
        ) => Ok(true),
        (AwsError::NotFound, Change::AddMember { store, group, .. }) => {
            directory.has_group(store, group).await
        }
        _ => Ok(false),
    }
}
