//! Undoes only the changes that we made.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use strum::{IntoStaticStr, VariantArray};
use tokio::sync::Mutex;

use identity_center::{AwsError, Principal, UnreachableReason};

use super::{
    ApplyError, Clock, Directory, History, RunControl, UncertainResources,
    change::Change,
    concurrency::run_concurrently,
    history::{Entry, HistoryRecord, HistoryWriter},
    reconcile::resolve_pending,
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndoResult {
    pub undone: u32,
    /// Resources that undo kept because they are used outside this setup, or might be.
    pub kept: Vec<RetainedResource>,
    /// Changes that weren't started because the run was stopped.
    pub remaining: u32,
}

impl UndoResult {
    /// Returns whether undo kept a resource because AWS didn't show its access to AWS accounts.
    pub fn accounts_unseen(&self) -> bool {
        let mut kept = self.kept.iter();
        kept.any(|kept| kept.reason == RetentionReason::AccountsUnseen)
    }
}

/// A resource that undo didn't delete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetainedResource {
    /// `create_user` or `create_group`.
    pub change: &'static str,
    /// The user name or group name.
    pub subject: String,
    pub reason: RetentionReason,
}

/// Why undo keeps a resource. The message key is `aws-<code>`, as for failed changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum RetentionReason {
    /// The user is in a group that we didn't add the user to.
    HasGroups,
    /// The user or group is assigned to an application.
    HasApplications,
    /// The user or group has access to AWS accounts.
    HasAccounts,
    /// AWS didn't show whether the user or group has access to AWS accounts.
    AccountsUnseen,
    /// AWS denied the check for assignments to applications in one of the Regions.
    ApplicationsUnseen,
    /// The group has members that we didn't add.
    HasMembers,
}

impl RetentionReason {
    /// A test checks that each reason has a message.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Returns the message key without the prefix `aws-`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Which changes to undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoScope {
    Everything,
    /// Only removed memberships.
    Removals,
}

/// Undoes the changes that the history records as ours: assignments, memberships, users and groups,
/// newest first within each kind. Changes of the same kind run concurrently.
///
/// A user or group is kept if it now has other memberships, or is assigned to applications of
/// `instance` (an ARN) or to AWS accounts. Resources that existed before are kept too. If AWS
/// denies the check, the resource is kept and can be undone later. A resource that no longer exists
/// counts as undone. `uncertain` decides whether resources found after a lost response are undone.
pub async fn undo(
    directory: &impl Directory,
    instance: &str,
    journal: &History,
    (scope, uncertain): (UndoScope, UncertainResources),
    clock: Clock<'_>,
    mut progress: impl FnMut(u32, u32) + Send,
    control: &RunControl,
) -> Result<UndoResult, ApplyError> {
    let run = journal.run()?;
    let open: BTreeSet<u32> = run.pending().iter().map(|entry| entry.number).collect();
    resolve_pending(&run, directory, clock).await?;
    // The user confirmed only resources found before this run, so keep those found during the run.
    let mut entries = run.undoable(uncertain);
    entries.retain(|entry| !(entry.was_found() && open.contains(&entry.number)));
    if scope == UndoScope::Removals {
        entries.retain(|entry| matches!(entry.change, Change::RemoveMember { .. }));
    }
    entries.sort_by_key(|entry| order(&entry.change));
    let total = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    run.write(clock(), HistoryRecord::Undoing { changes: total })?;
    let mut undone = UndoResult { remaining: total, ..UndoResult::default() };
    let uses = DependentsCheck { directory, instance, groups: Mutex::default() };
    progress(0, total);
    let alike = |one: &Entry, next: &Entry| one.change.kind() == next.change.kind();
    for entries in entries.chunk_by(alike) {
        let begin = |entry| undo_unless_used(entry, scope, &uses, &run, clock);
        let kind = |entry: &&Entry| entry.change.kind();
        let all = run_concurrently(entries, kind, control, begin, |kept| {
            match kept {
                None => undone.undone += 1,
                Some(kept) => undone.kept.push(kept),
            }
            undone.remaining -= 1;
            progress(total - undone.remaining, total);
            None
        });
        let all = all.await?;
        if !all {
            return Ok(undone);
        }
    }
    run.write(clock(), HistoryRecord::Undone)?;
    Ok(undone)
}

/// Returns the position of a change in an undo. Users and memberships alternate in the history, but
/// a resource can be deleted only after everything that uses it.
fn order(change: &Change) -> u8 {
    match change {
        Change::Assign { .. } | Change::Unassign { .. } | Change::Undo { .. } => 0,
        Change::RemoveMember { .. } => 1,
        Change::AddMember { .. } => 2,
        Change::CreateUser { .. } => 3,
        Change::CreateGroup { .. } => 4,
    }
}

/// Undoes a change, or returns why its resource is kept.
async fn undo_unless_used<D: Directory>(
    entry: &Entry,
    scope: UndoScope,
    uses: &DependentsCheck<'_, D>,
    run: &HistoryWriter,
    clock: Clock<'_>,
) -> Result<Option<RetainedResource>, ApplyError> {
    // We added and removed this member, so there is nothing to do in AWS.
    if scope == UndoScope::Everything
        && let Some(id) = run.removed_membership(entry)
    {
        let number = run.record_intent(clock(), Change::Undo { of: entry.number })?;
        run.write(clock(), HistoryRecord::Done { number, id })?;
        return Ok(None);
    }
    let Some(reason) = uses.retention_reason(entry).await? else {
        undo_change(entry, run, uses.directory, clock).await?;
        return Ok(None);
    };
    let line = HistoryRecord::Kept { of: entry.number, reason: reason.code().to_owned() };
    run.write(clock(), line)?;
    Ok(Some(RetainedResource {
        change: entry.change.kind(),
        subject: entry.change.display_name().to_owned(),
        reason,
    }))
}

pub(super) async fn undo_change(
    entry: &Entry,
    run: &HistoryWriter,
    directory: &impl Directory,
    clock: Clock<'_>,
) -> Result<(), ApplyError> {
    let id = entry.created_id().unwrap_or_default();
    let number = run.record_intent(clock(), Change::Undo { of: entry.number })?;
    match entry.change.undo_change(id, directory).await {
        Ok(id) => Ok(run.write(clock(), HistoryRecord::Done { number, id })?),
        Err(AwsError::NotFound) => {
            let id = id.to_owned();
            Ok(run.write(clock(), HistoryRecord::Done { number, id })?)
        }
        Err(error) if error.is_outcome_unknown() => Err(error.into()),
        Err(error) => {
            run.write(clock(), HistoryRecord::failed(number, &error))?;
            Err(error.into())
        }
    }
}

/// Checks whether a resource is used outside this setup. Our own memberships and assignments are
/// removed before this check.
struct DependentsCheck<'a, D> {
    directory: &'a D,
    instance: &'a str,
    /// The group IDs of each identity store, filled when the groups are first listed.
    groups: Mutex<HashMap<String, Arc<[String]>>>,
}

impl<D: Directory> DependentsCheck<'_, D> {
    async fn retention_reason(&self, entry: &Entry) -> Result<Option<RetentionReason>, AwsError> {
        let id = entry.created_id().unwrap_or_default();
        let found = match &entry.change {
            Change::CreateUser { store, .. } => self.user_retention_reason(store, id).await,
            Change::CreateGroup { store, .. } => self.group_retention_reason(store, id).await,
            Change::AddMember { .. }
            | Change::RemoveMember { .. }
            | Change::Assign { .. }
            | Change::Unassign { .. }
            | Change::Undo { .. } => return Ok(None),
        };
        Ok(AwsError::found_or_none(found)?.flatten())
    }

    async fn user_retention_reason(
        &self,
        store: &str,
        id: &str,
    ) -> Result<Option<RetentionReason>, AwsError> {
        let groups = self.list_group_ids(store).await?;
        let member_of = self.directory.is_member(store, id, &groups).await?;
        if !member_of.is_empty() {
            return Ok(Some(RetentionReason::HasGroups));
        }
        self.assigned(Principal::User(id.to_owned())).await
    }

    async fn list_group_ids(&self, store: &str) -> Result<Arc<[String]>, AwsError> {
        let mut listed = self.groups.lock().await;
        if let Some(groups) = listed.get(store) {
            return Ok(Arc::clone(groups));
        }
        let groups = self.directory.groups(store).await?;
        let ids: Arc<[String]> = groups.into_iter().map(|group| group.id).collect();
        listed.insert(store.to_owned(), Arc::clone(&ids));
        Ok(ids)
    }

    async fn group_retention_reason(
        &self,
        store: &str,
        id: &str,
    ) -> Result<Option<RetentionReason>, AwsError> {
        if !self.directory.members(store, id).await?.is_empty() {
            return Ok(Some(RetentionReason::HasMembers));
        }
        self.assigned(Principal::Group(id.to_owned())).await
    }

    async fn assigned(&self, principal: Principal) -> Result<Option<RetentionReason>, AwsError> {
        let assignments = self.directory.assignments_for(self.instance, &principal).await;
        if assignments.as_ref().is_err_and(AwsError::is_denied) {
            return Ok(Some(RetentionReason::ApplicationsUnseen));
        }
        if !assignments?.is_empty() {
            return Ok(Some(RetentionReason::HasApplications));
        }
        match self.directory.has_accounts(self.instance, &principal).await {
            Err(error) if error.is_denied() => Ok(Some(RetentionReason::AccountsUnseen)),
            // Permission sets or account access manager may be turned off or unavailable in this
            // Region.
            Err(
                AwsError::Validation { .. }
                | AwsError::Other { .. }
                | AwsError::Unreachable { reason: UnreachableReason::Name, .. },
            ) => Ok(Some(RetentionReason::AccountsUnseen)),
            has_accounts => Ok(has_accounts?.then_some(RetentionReason::HasAccounts)),
        }
    }
}
