//! The state that results from the lines of a change history. Performs no I/O.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use identity_center::Principal;

use super::record::HistoryRecord;
use crate::change::Change;

/// All kinds of changes. A test checks that each has a message.
pub const CHANGES: [&str; 8] = [
    "create_group",
    "create_user",
    "add_member",
    "remove_member",
    "assign_group",
    "assign_user",
    "unassign_group",
    "unassign_user",
];

/// A summary of the change history, for display and for deciding what the user can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The last plan was completed, and no plan or undo has started since.
    pub applied: bool,
    /// A change has no outcome although no run is active.
    pub interrupted: bool,
    /// A plan or an undo was started but not completed, and no run is active.
    pub unfinished: bool,
    /// At least one resource that we created or found can be undone.
    pub can_undo: bool,
    /// The number of changes without an outcome. Zero while a run is active.
    pub open: u32,
    /// The number of resources found after a lost response. It is uncertain whether we or another
    /// administrator created them.
    pub uncertain: u32,
    /// At least one user was created, or was found after a lost response, and the creation wasn't
    /// undone.
    pub created: bool,
    /// The changes that can be undone without asking the user.
    pub undoable: UndoableCounts,
    /// The number of removed memberships that can be added again.
    pub restorable: u32,
}

/// The number of changes that can be undone, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UndoableCounts {
    pub groups: u32,
    pub users: u32,
    /// Group memberships.
    pub members: u32,
    /// Group memberships that were removed, except those of members whom we had added.
    pub removed: u32,
    /// Assignments that were created.
    pub assigned: u32,
    /// Assignments that were removed.
    pub unassigned: u32,
}

/// An entry of the history, for display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The number of the entry, starting at 1.
    pub number: u32,
    /// When the change was started.
    pub at: Timestamp,
    /// One of [`CHANGES`], optionally with the prefix `undo_`.
    pub change: String,
    /// The group name or user name.
    pub subject: String,
    /// `intended`, `done`, `existed`, `failed`, `interrupted`, `undone`, `found`, `unknown`.
    pub outcome: &'static str,
    /// The error code of a failed change. Its message key is `aws-<error>`.
    pub error: Option<String>,
    pub params: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonState {
    pub user: Option<AttemptState>,
    pub member: Option<AttemptState>,
}

/// The result of the last attempt to make a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptState {
    /// We made the change, or found it after a lost response.
    Done,
    Failed,
}

/// A change in the history, with its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of the entry, starting at 1.
    pub number: u32,
    pub change: Change,
    /// `None` if the outcome isn't known.
    pub outcome: Option<Outcome>,
    at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    Done {
        /// The ID of the created resource.
        id: String,
    },
    /// The resource already existed, so it isn't ours.
    Existed,
    /// The resource was found after a lost response. It is uncertain whether we or another
    /// administrator created it.
    Found {
        /// The ID of the found resource.
        id: String,
    },
    /// The user closed the entry although its outcome isn't known.
    Unknown,
    Failed {
        /// Its message key is `aws-<error>`.
        error: String,
        params: BTreeMap<String, String>,
    },
    /// We made the change and then undid it.
    Undone,
}

#[derive(Debug, Default)]
pub struct HistoryState {
    entries: Vec<Entry>,
    pending: BTreeSet<u32>,
    people: HashMap<String, PersonState>,
    applied: bool,
    unfinished: bool,
    lines: u64,
}

impl HistoryState {
    pub fn append_record(&mut self, at: Timestamp, line: HistoryRecord) {
        self.lines += 1;
        match line {
            HistoryRecord::Opened { .. } => {}
            HistoryRecord::Planned { .. } | HistoryRecord::Undoing { .. } => {
                self.applied = false;
                self.unfinished = true;
            }
            HistoryRecord::Completed { .. } => {
                self.applied = true;
                self.unfinished = false;
            }
            HistoryRecord::Undone => self.unfinished = false,
            HistoryRecord::Intended { number, change } => {
                self.pending.insert(number);
                self.entries.push(Entry { number, change, outcome: None, at });
            }
            HistoryRecord::Done { number, id } => self.set_outcome(number, Outcome::Done { id }),
            HistoryRecord::Existed { number, .. } => self.set_outcome(number, Outcome::Existed),
            HistoryRecord::Found { number, id } => self.set_outcome(number, Outcome::Found { id }),
            HistoryRecord::Unknown { number } => self.set_outcome(number, Outcome::Unknown),
            HistoryRecord::Failed { number, error, params } => {
                self.set_outcome(number, Outcome::Failed { error, params })
            }
            HistoryRecord::Kept { of, reason } => {
                let number = self.next_number();
                self.entries.push(Entry {
                    number,
                    change: Change::Undo { of },
                    outcome: Some(Outcome::Failed { error: reason, params: BTreeMap::new() }),
                    at,
                });
            }
        }
    }

    /// Returns whether the line is valid at this position. Entries are numbered in order, and later
    /// lines refer to them by number.
    pub fn is_valid_next(&self, line: &HistoryRecord) -> bool {
        match line {
            HistoryRecord::Intended { number, .. } => *number == self.next_number(),
            HistoryRecord::Done { number, .. }
            | HistoryRecord::Existed { number, .. }
            | HistoryRecord::Found { number, .. }
            | HistoryRecord::Unknown { number }
            | HistoryRecord::Failed { number, .. }
            | HistoryRecord::Kept { of: number, .. } => self.entry(*number).is_some(),
            HistoryRecord::Opened { .. }
            | HistoryRecord::Planned { .. }
            | HistoryRecord::Completed { .. }
            | HistoryRecord::Undoing { .. }
            | HistoryRecord::Undone => true,
        }
    }

    /// Returns the number of lines read or written so far.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    pub fn next_number(&self) -> u32 {
        count(self.entries.len()).saturating_add(1)
    }

    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(index(number)?)
    }

    /// Returns the entries without an outcome.
    pub fn pending(&self) -> Vec<Entry> {
        let pending = self.pending.iter();
        pending.filter_map(|number| self.entry(*number)).cloned().collect()
    }

    /// Returns the entries that can be undone, newest first.
    pub fn undoable(&self, uncertain: UncertainResources) -> Vec<Entry> {
        let newest_first = self.entries.iter().rev();
        newest_first.filter(|entry| self.can_be_undone(entry, uncertain)).cloned().collect()
    }

    /// Returns whether another entry of the same kind created the resource with this ID.
    pub fn is_created_by_another_entry(&self, entry: &Entry, id: &str) -> bool {
        self.entries.iter().any(|other| {
            other.number != entry.number
                && other.change.kind() == entry.change.kind()
                && other.created_id() == Some(id)
        })
    }

    pub fn summary(&self, is_running: bool) -> Summary {
        Summary {
            applied: self.applied,
            interrupted: !is_running && !self.pending.is_empty(),
            unfinished: !is_running && self.unfinished,
            can_undo: self
                .entries
                .iter()
                .any(|entry| self.can_be_undone(entry, UncertainResources::Undo)),
            open: if is_running { 0 } else { count(self.pending.len()) },
            uncertain: count(self.entries.iter().filter(|entry| self.is_uncertain(entry)).count()),
            created: self.entries.iter().any(|entry| {
                matches!(entry.change, Change::CreateUser { .. }) && entry.created_id().is_some()
            }),
            undoable: self.undoable_counts(),
            restorable: self.restorable(),
        }
    }

    fn undoable_counts(&self) -> UndoableCounts {
        let mut all = UndoableCounts::default();
        let certain = |entry: &&Entry| self.can_be_undone(entry, UncertainResources::Leave);
        for entry in self.entries.iter().filter(certain) {
            // The addition and the removal of a member cancel each other out.
            if self.addition_of(entry).is_some() || self.is_removed(entry) {
                continue;
            }
            let kind = match &entry.change {
                Change::CreateGroup { .. } => &mut all.groups,
                Change::CreateUser { .. } => &mut all.users,
                Change::AddMember { .. } => &mut all.members,
                Change::RemoveMember { .. } => &mut all.removed,
                Change::Assign { .. } => &mut all.assigned,
                Change::Unassign { .. } => &mut all.unassigned,
                Change::Undo { .. } => continue,
            };
            *kind += 1;
        }
        all
    }

    /// Returns the number of removed memberships that can be added again.
    fn restorable(&self) -> u32 {
        let removals = self.entries.iter().filter(|entry| {
            matches!(entry.change, Change::RemoveMember { .. })
                && self.can_be_undone(entry, UncertainResources::Leave)
        });
        count(removals.count())
    }

    /// Returns our entry that added the member whom this entry removed.
    pub fn addition_of(&self, removal: &Entry) -> Option<&Entry> {
        let who = removed_member(&removal.change)?;
        let mut earlier = self.entries.iter().rev().filter(|entry| entry.number < removal.number);
        earlier
            .find(|entry| entry.created_id().is_some() && added_member(&entry.change) == Some(who))
    }

    /// Returns whether a later entry of ours removed the member whom this entry added.
    fn is_removed(&self, addition: &Entry) -> bool {
        let Some(who) = added_member(&addition.change) else { return false };
        self.entries.iter().any(|entry| {
            entry.number > addition.number
                && entry.created_id().is_some()
                && removed_member(&entry.change) == Some(who)
        })
    }

    /// Returns the changes that were made for a person and not undone.
    pub fn person_state(&self, key: &str) -> PersonState {
        self.people.get(key).copied().unwrap_or_default()
    }

    /// Returns whether a group is assigned to this application, by us or by another administrator,
    /// and we didn't undo the assignment.
    pub fn has_assigned_group(&self, application: &str) -> bool {
        self.entries.iter().any(|entry| {
            let there = entry.created_id().is_some() || entry.outcome == Some(Outcome::Existed);
            let ours = matches!(
                &entry.change,
                Change::Assign { application: to, principal: Principal::Group(_), .. }
                    if to == application
            );
            there && ours
        })
    }

    /// Returns the last `most` entries, oldest first.
    pub fn rows(&self, is_running: bool, most: usize) -> Vec<HistoryEntry> {
        let first = self.entries.len().saturating_sub(most);
        self.entries[first..].iter().map(|entry| self.row(entry, is_running)).collect()
    }

    fn row(&self, entry: &Entry, is_running: bool) -> HistoryEntry {
        let undone = match &entry.change {
            Change::Undo { of } => self.entry(*of),
            _ => None,
        };
        let (error, params) = match &entry.outcome {
            Some(Outcome::Failed { error, params }) => (Some(error.clone()), params.clone()),
            _ => (None, BTreeMap::new()),
        };
        HistoryEntry {
            number: entry.number,
            at: entry.at,
            change: undone.map_or_else(
                || entry.change.kind().to_owned(),
                |undone| format!("undo_{}", undone.change.kind()),
            ),
            subject: undone.unwrap_or(entry).change.display_name().to_owned(),
            outcome: match &entry.outcome {
                None if is_running => "intended",
                None => "interrupted",
                Some(outcome) => outcome.into(),
            },
            error,
            params,
        }
    }

    /// Returns whether undoing the change could affect a resource that another administrator
    /// created: the resource was found after a lost response, or the removed resource may be ours
    /// because an entry's outcome isn't known.
    pub fn is_uncertain(&self, entry: &Entry) -> bool {
        let mut earlier = self.entries.iter().take_while(|other| other.number < entry.number);
        entry.was_found()
            || earlier.any(|other| {
                matches!(other.outcome, None | Some(Outcome::Unknown))
                    && match (&entry.change, &other.change) {
                        (
                            Change::Unassign { application, principal, .. },
                            Change::Assign { application: to, principal: who, .. },
                        ) => to == application && who == principal,
                        (removal, addition) => {
                            let removed = removed_member(removal);
                            removed.is_some() && removed == added_member(addition)
                        }
                    }
            })
    }

    fn can_be_undone(&self, entry: &Entry, uncertain: UncertainResources) -> bool {
        entry.created_id().is_some()
            && !matches!(entry.change, Change::Undo { .. })
            && (uncertain == UncertainResources::Undo || !self.is_uncertain(entry))
    }

    /// Updates the member whom we added before the removal with this number. If the removal was
    /// undone, `id` is the new membership's ID, or empty if the membership isn't ours.
    fn set_membership(&mut self, removal: u32, id: Option<String>) {
        let addition = self.entry(removal).and_then(|entry| self.addition_of(entry));
        let Some(number) = addition.map(|entry| entry.number) else { return };
        let Some(entry) = index(number).and_then(|index| self.entries.get_mut(index)) else {
            return;
        };
        let Change::AddMember { key, .. } = &entry.change else { return };
        let is_ours = id.as_ref().is_some_and(|id| !id.is_empty());
        self.people.entry(key.clone()).or_default().member = is_ours.then_some(AttemptState::Done);
        match id {
            Some(id) if is_ours => entry.outcome = Some(Outcome::Done { id }),
            Some(_) => entry.outcome = Some(Outcome::Existed),
            None => {}
        }
    }

    fn set_outcome(&mut self, number: u32, outcome: Outcome) {
        self.pending.remove(&number);
        let Some(entry) = index(number).and_then(|index| self.entries.get_mut(index)) else {
            return;
        };
        let state = match &outcome {
            Outcome::Done { .. } | Outcome::Found { .. } => Some(AttemptState::Done),
            Outcome::Failed { .. } => Some(AttemptState::Failed),
            Outcome::Existed | Outcome::Undone | Outcome::Unknown => None,
        };
        let created = match &outcome {
            Outcome::Done { id } => Some(id.clone()),
            _ => None,
        };
        entry.outcome = Some(outcome);
        match entry.change.clone() {
            Change::CreateUser { person, .. } => {
                self.people.entry(person.key).or_default().user = state;
            }
            Change::AddMember { key, .. } => self.people.entry(key).or_default().member = state,
            Change::RemoveMember { .. } if state == Some(AttemptState::Done) => {
                self.set_membership(number, None);
            }
            Change::Undo { of } if state == Some(AttemptState::Done) => {
                self.set_membership(of, created);
                self.set_outcome(of, Outcome::Undone);
            }
            Change::RemoveMember { .. }
            | Change::Undo { .. }
            | Change::CreateGroup { .. }
            | Change::Assign { .. }
            | Change::Unassign { .. } => {}
        }
    }
}

impl Entry {
    /// Returns the ID of the resource that we created or may have created.
    pub fn created_id(&self) -> Option<&str> {
        match &self.outcome {
            Some(Outcome::Done { id } | Outcome::Found { id }) => Some(id),
            _ => None,
        }
    }

    /// Returns whether the resource was found after a lost response. It is uncertain whether we or
    /// another administrator created it.
    pub fn was_found(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Found { .. }))
    }
}

/// Returns the group and user of an added member.
fn added_member(change: &Change) -> Option<(&str, &str)> {
    match change {
        Change::AddMember { group, user, .. } => Some((group, user)),
        _ => None,
    }
}

/// Returns the group and user of a removed member.
fn removed_member(change: &Change) -> Option<(&str, &str)> {
    match change {
        Change::RemoveMember { group, user, .. } => Some((group, user)),
        _ => None,
    }
}

/// How undo handles resources that were found after a lost response. It is uncertain whether we or
/// another administrator created them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UncertainResources {
    /// Undo keeps these resources.
    Leave,
    /// Undo removes these resources too. The user confirmed this.
    Undo,
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn index(number: u32) -> Option<usize> {
    usize::try_from(number.checked_sub(1)?).ok()
}
