//! Taking back what was made, and nothing else.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use jiff::Timestamp;
use tokio::sync::Mutex;

use identity_center::{AwsError, Principal};

use super::{
    ApplyError, Control, Directory, History, Uncertain,
    change::Change,
    concurrency::run_concurrently,
    error::params,
    history::{Entry, HistoryRecord, HistoryWriter},
    reconcile::resolve_pending,
};

/// What was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Changes taken back.
    pub undone: u32,
    /// What stays, because others rely on it by now or may do so.
    pub kept: Vec<RetainedResource>,
    /// Changes not come to, because they were stopped.
    pub remaining: u32,
}

impl Undone {
    /// Whether something stays for no other reason than that AWS did not let us see who may use AWS accounts.
    pub fn accounts_unseen(&self) -> bool {
        let mut kept = self.kept.iter();
        kept.any(|kept| kept.reason == RetentionReason::AccountsUnseen)
    }
}

/// A change that was not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetainedResource {
    /// `create_user` or `create_group`.
    pub change: &'static str,
    /// The user name or the group's name.
    pub subject: String,
    /// Why.
    pub reason: RetentionReason,
}

/// Why something stays. Its words are under `aws-<code>`, as those of other failed changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetentionReason {
    /// The user is in a group that we did not put it into.
    Groups,
    /// The user or group is assigned to an application.
    Applications,
    /// The user or group may use AWS accounts.
    Accounts,
    /// AWS does not let us see whether the user or group may use AWS accounts.
    AccountsUnseen,
    /// The group has members that we did not add.
    Members,
}

impl RetentionReason {
    /// All reasons, for whoever checks that each has words.
    pub const ALL: [Self; 5] =
        [Self::Groups, Self::Applications, Self::Accounts, Self::AccountsUnseen, Self::Members];

    /// The key of its words, without `aws-`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Groups => "has_groups",
            Self::Applications => "has_applications",
            Self::Accounts => "has_accounts",
            Self::AccountsUnseen => "accounts_unseen",
            Self::Members => "has_members",
        }
    }
}

/// Takes back what the journal says was made by us, in reverse order; changes of one kind at the same time.
///
/// A user or group that since gained other memberships, or assignments to applications of `instance` (its ARN)
/// or to AWS accounts, stays, and so does what was there before us. Where AWS does not let us see whether it did,
/// it stays too, and can be taken back later. What is gone already counts as taken back. `uncertain` says what
/// happens to things that were found after a lost answer.
pub async fn undo(
    directory: &impl Directory,
    instance: &str,
    journal: &History,
    uncertain: Uncertain,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
    mut progress: impl FnMut(u32, u32) + Send,
    control: &Control,
) -> Result<Undone, ApplyError> {
    let run = journal.run()?;
    let open: BTreeSet<u32> = run.pending().iter().map(|entry| entry.number).collect();
    resolve_pending(&run, directory, clock).await?;
    // The user was asked about what was found before this run, so what is found only now stays.
    let mut entries = run.undoable(uncertain);
    entries.retain(|entry| !(entry.is_uncertain() && open.contains(&entry.number)));
    let total = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    run.write(clock(), HistoryRecord::Undoing { changes: total })?;
    let mut undone = Undone { remaining: total, ..Undone::default() };
    let uses = DependentsCheck { directory, instance, groups: Mutex::default() };
    progress(0, total);
    let alike = |one: &Entry, next: &Entry| one.deed.kind() == next.deed.kind();
    for entries in entries.chunk_by(alike) {
        let begin = |entry| take_back_unless_used(entry, &uses, &run, clock);
        let all = run_concurrently(entries, control, begin, |kept| {
            match kept {
                None => undone.undone += 1,
                Some(kept) => undone.kept.push(kept),
            }
            undone.remaining -= 1;
            progress(total - undone.remaining, total);
        });
        let all = all.await?;
        if !all {
            return Ok(undone);
        }
    }
    run.write(clock(), HistoryRecord::Undone)?;
    Ok(undone)
}

/// Takes a change back, or answers why it stays.
async fn take_back_unless_used<D: Directory>(
    entry: &Entry,
    uses: &DependentsCheck<'_, D>,
    run: &HistoryWriter,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<Option<RetainedResource>, ApplyError> {
    let Some(reason) = uses.of(entry).await? else {
        undo_change(entry, run, uses.directory, clock).await?;
        return Ok(None);
    };
    let line = HistoryRecord::Kept { of: entry.number, reason: reason.code().to_owned() };
    run.write(clock(), line)?;
    Ok(Some(RetainedResource {
        change: entry.deed.kind(),
        subject: entry.deed.subject().to_owned(),
        reason,
    }))
}

pub(super) async fn undo_change(
    entry: &Entry,
    run: &HistoryWriter,
    directory: &impl Directory,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<(), ApplyError> {
    let id = entry.made().unwrap_or_default();
    let number = run.record_intent(clock(), Change::Undo { of: entry.number })?;
    match entry.deed.undo_change(id, directory).await {
        Ok(()) | Err(AwsError::NotFound) => {
            let id = id.to_owned();
            run.write(clock(), HistoryRecord::Done { number, id })?;
            Ok(())
        }
        Err(error) if error.is_outcome_unknown() => Err(error.into()),
        Err(error) => {
            let line = HistoryRecord::Failed {
                number,
                error: error.code().to_owned(),
                params: params(&error),
            };
            run.write(clock(), line)?;
            Err(error.into())
        }
    }
}

/// Looks whether others rely on what was made. Memberships and assignments of ours are gone by then.
struct DependentsCheck<'a, D> {
    directory: &'a D,
    instance: &'a str,
    /// The ids of all groups of an identity store, once they are listed.
    groups: Mutex<HashMap<String, Arc<[String]>>>,
}

impl<D: Directory> DependentsCheck<'_, D> {
    async fn of(&self, entry: &Entry) -> Result<Option<RetentionReason>, AwsError> {
        let id = entry.made().unwrap_or_default();
        let found = match &entry.deed {
            Change::CreateUser { store, .. } => self.of_user(store, id).await,
            Change::CreateGroup { store, .. } => self.of_group(store, id).await,
            Change::AddMember { .. }
            | Change::Assign { .. }
            | Change::Unassign { .. }
            | Change::Undo { .. } => Ok(None),
        };
        match found {
            Err(AwsError::NotFound) => Ok(None),
            found => found,
        }
    }

    async fn of_user(&self, store: &str, id: &str) -> Result<Option<RetentionReason>, AwsError> {
        let groups = self.groups_of(store).await?;
        let member_of = self.directory.is_member(store, id, &groups).await?;
        if !member_of.is_empty() {
            return Ok(Some(RetentionReason::Groups));
        }
        self.assigned(Principal::User(id.to_owned())).await
    }

    async fn groups_of(&self, store: &str) -> Result<Arc<[String]>, AwsError> {
        let mut listed = self.groups.lock().await;
        if let Some(groups) = listed.get(store) {
            return Ok(Arc::clone(groups));
        }
        let groups = self.directory.groups(store).await?;
        let ids: Arc<[String]> = groups.into_iter().map(|group| group.id).collect();
        listed.insert(store.to_owned(), Arc::clone(&ids));
        Ok(ids)
    }

    async fn of_group(&self, store: &str, id: &str) -> Result<Option<RetentionReason>, AwsError> {
        if !self.directory.members(store, id).await?.is_empty() {
            return Ok(Some(RetentionReason::Members));
        }
        self.assigned(Principal::Group(id.to_owned())).await
    }

    async fn assigned(&self, principal: Principal) -> Result<Option<RetentionReason>, AwsError> {
        let assignments = self.directory.assignments_for(self.instance, &principal).await?;
        if !assignments.is_empty() {
            return Ok(Some(RetentionReason::Applications));
        }
        match self.directory.has_accounts(self.instance, &principal).await {
            Err(AwsError::Denied { .. }) => Ok(Some(RetentionReason::AccountsUnseen)),
            has_accounts => Ok(has_accounts?.then_some(RetentionReason::Accounts)),
        }
    }
}
