//! What the lines of a journal add up to. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use identity_center::Principal;

use super::record::HistoryRecord;
use crate::change::Change;

/// All kinds of changes, for whoever checks that each has words.
pub const CHANGES: [&str; 7] = [
    "create_group",
    "create_user",
    "add_member",
    "assign_group",
    "assign_user",
    "unassign_group",
    "unassign_user",
];

/// Where things stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The last plan was applied to its end, and nothing was taken back since.
    pub applied: bool,
    /// A change was begun, its outcome is not known, and nobody is at it now.
    pub interrupted: bool,
    /// A plan, or an undo, was begun and did not come to its end.
    pub unfinished: bool,
    /// Something was made, or found, that can be undone.
    pub can_undo: bool,
    /// Changes whose outcome isn't known while nobody is at them.
    pub open: u32,
    /// Things that were found after a lost answer: ours, or made by others meanwhile.
    pub uncertain: u32,
    /// Users were made, or found, and not undone.
    pub created: bool,
    /// What can be undone without asking.
    pub undoable: Undoable,
}

/// What was made and not undone, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Undoable {
    /// Groups that were created.
    pub groups: u32,
    /// Users that were created.
    pub users: u32,
    /// Memberships that were added.
    pub members: u32,
    /// Assignments that were made.
    pub assigned: u32,
    /// Assignments that were removed.
    pub unassigned: u32,
}

/// One change, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its number, from 1.
    pub number: u32,
    /// When it was begun.
    pub at: Timestamp,
    /// One of [`CHANGES`], or the same with `undo_` before it.
    pub change: &'static str,
    /// Whom or what.
    pub subject: String,
    /// `intended`, `done`, `existed`, `failed`, `interrupted`, `undone`, `found`, `unknown`.
    pub outcome: &'static str,
    /// Why it failed: a key under `aws-<error>`.
    pub error: Option<String>,
    /// The variables of the error's words.
    pub params: BTreeMap<String, String>,
}

/// What was done for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonState {
    /// About the user.
    pub user: Option<State>,
    /// About the membership.
    pub member: Option<State>,
}

/// What became of the last attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was made by us.
    Done,
    /// It failed.
    Failed,
}

/// A change in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Names it, from 1.
    pub number: u32,
    /// The change.
    pub deed: Change,
    /// What became of it; none while that is not known.
    pub outcome: Option<Outcome>,
    at: Timestamp,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Made by us.
    Done {
        /// The id of what was made.
        id: String,
    },
    /// There already.
    Existed,
    /// Found after the answer was lost: ours, or made by others meanwhile.
    Found {
        /// The id of what was found.
        id: String,
    },
    /// Closed by the user without an outcome.
    Unknown,
    /// Not made.
    Failed {
        /// Why: a key under `aws-<error>`.
        error: String,
        /// The variables of its words.
        params: BTreeMap<String, String>,
    },
    /// Made by us and taken back.
    Undone,
}

/// The journal in memory.
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
    /// Takes a line for true.
    pub fn take(&mut self, at: Timestamp, line: HistoryRecord) {
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
            HistoryRecord::Intended { number, deed } => {
                self.pending.insert(number);
                self.entries.push(Entry { number, deed, outcome: None, at });
            }
            HistoryRecord::Done { number, id } => self.settle(number, Outcome::Done { id }),
            HistoryRecord::Existed { number, .. } => self.settle(number, Outcome::Existed),
            HistoryRecord::Found { number, id } => self.settle(number, Outcome::Found { id }),
            HistoryRecord::Unknown { number } => self.settle(number, Outcome::Unknown),
            HistoryRecord::Failed { number, error, params } => {
                self.settle(number, Outcome::Failed { error, params })
            }
            HistoryRecord::Kept { of, reason } => {
                let number = self.next();
                self.entries.push(Entry {
                    number,
                    deed: Change::Undo { of },
                    outcome: Some(Outcome::Failed { error: reason, params: BTreeMap::new() }),
                    at,
                });
            }
        }
    }

    /// Whether the line can come next: entries are numbered by their order, and later lines name them by number.
    pub fn follows(&self, line: &HistoryRecord) -> bool {
        match line {
            HistoryRecord::Intended { number, .. } => *number == self.next(),
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

    /// How many lines were taken.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The number of the next entry.
    pub fn next(&self) -> u32 {
        u32::try_from(self.entries.len()).map_or(u32::MAX, |count| count.saturating_add(1))
    }

    /// The entry with this number.
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.entries.get(index)
    }

    /// The entries without an outcome.
    pub fn pending(&self) -> Vec<Entry> {
        let pending = self.pending.iter();
        pending.filter_map(|number| self.entry(*number)).cloned().collect()
    }

    /// The entries that can be undone, newest first.
    pub fn undoable(&self, uncertain: Uncertain) -> Vec<Entry> {
        let newest_first = self.entries.iter().rev();
        newest_first.filter(|entry| entry.can_be_undone(uncertain)).cloned().collect()
    }

    /// Whether another entry made what goes by this id.
    pub fn made_by_another(&self, entry: &Entry, id: &str) -> bool {
        self.entries.iter().any(|other| {
            other.number != entry.number
                && other.deed.kind() == entry.deed.kind()
                && other.made() == Some(id)
        })
    }

    /// Where things stand.
    pub fn summary(&self, is_running: bool) -> Summary {
        Summary {
            applied: self.applied,
            interrupted: !is_running && !self.pending.is_empty(),
            unfinished: !is_running && self.unfinished,
            can_undo: self.entries.iter().any(|entry| entry.can_be_undone(Uncertain::Undo)),
            open: if is_running { 0 } else { count(self.pending.len()) },
            uncertain: count(self.entries.iter().filter(|entry| entry.is_uncertain()).count()),
            created: self.entries.iter().any(|entry| {
                matches!(entry.deed, Change::CreateUser { .. }) && entry.made().is_some()
            }),
            undoable: self.counted(),
        }
    }

    fn counted(&self) -> Undoable {
        let mut all = Undoable::default();
        for entry in self.entries.iter().filter(|entry| entry.can_be_undone(Uncertain::Leave)) {
            let kind = match &entry.deed {
                Change::CreateGroup { .. } => &mut all.groups,
                Change::CreateUser { .. } => &mut all.users,
                Change::AddMember { .. } => &mut all.members,
                Change::Assign { .. } => &mut all.assigned,
                Change::Unassign { .. } => &mut all.unassigned,
                Change::Undo { .. } => continue,
            };
            *kind += 1;
        }
        all
    }

    /// What was done for a person and not taken back.
    pub fn state_of(&self, key: &str) -> PersonState {
        self.people.get(key).copied().unwrap_or_default()
    }

    /// Whether a group was assigned to this application, by us or before us, and not taken away by us.
    pub fn has_assigned_group(&self, application: &str) -> bool {
        self.entries.iter().any(|entry| {
            let there = matches!(
                entry.outcome,
                Some(Outcome::Done { .. } | Outcome::Existed | Outcome::Found { .. })
            );
            let ours = matches!(
                &entry.deed,
                Change::Assign { application: to, principal: Principal::Group(_), .. }
                    if to == application
            );
            there && ours
        })
    }

    /// The last `most` entries, oldest first.
    pub fn rows(&self, is_running: bool, most: usize) -> Vec<HistoryEntry> {
        let first = self.entries.len().saturating_sub(most);
        self.entries[first..].iter().map(|entry| self.row(entry, is_running)).collect()
    }

    fn row(&self, entry: &Entry, is_running: bool) -> HistoryEntry {
        let undone = match &entry.deed {
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
            change: undone.map_or_else(|| entry.deed.kind(), |undone| undone.deed.undo_kind()),
            subject: undone.unwrap_or(entry).deed.subject().to_owned(),
            outcome: match &entry.outcome {
                None if is_running => "intended",
                None => "interrupted",
                Some(Outcome::Done { .. }) => "done",
                Some(Outcome::Existed) => "existed",
                Some(Outcome::Failed { .. }) => "failed",
                Some(Outcome::Undone) => "undone",
                Some(Outcome::Found { .. }) => "found",
                Some(Outcome::Unknown) => "unknown",
            },
            error,
            params,
        }
    }

    fn settle(&mut self, number: u32, outcome: Outcome) {
        self.pending.remove(&number);
        let Some(entry) = index(number).and_then(|index| self.entries.get_mut(index)) else {
            return;
        };
        let state = match &outcome {
            Outcome::Done { .. } | Outcome::Found { .. } => Some(State::Done),
            Outcome::Failed { .. } => Some(State::Failed),
            Outcome::Existed | Outcome::Undone | Outcome::Unknown => None,
        };
        entry.outcome = Some(outcome);
        match entry.deed.clone() {
            Change::CreateUser { person, .. } => {
                self.people.entry(person.key).or_default().user = state;
            }
            Change::AddMember { key, .. } => self.people.entry(key).or_default().member = state,
            Change::Undo { of } if state == Some(State::Done) => self.settle(of, Outcome::Undone),
            Change::Undo { .. }
            | Change::CreateGroup { .. }
            | Change::Assign { .. }
            | Change::Unassign { .. } => {}
        }
    }
}

impl Entry {
    /// The id of what was made by us, or may have been.
    pub fn made(&self) -> Option<&str> {
        match &self.outcome {
            Some(Outcome::Done { id } | Outcome::Found { id }) => Some(id),
            _ => None,
        }
    }

    /// Found after its answer was lost: ours, or made by others meanwhile.
    pub fn is_uncertain(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Found { .. }))
    }

    fn can_be_undone(&self, uncertain: Uncertain) -> bool {
        self.made().is_some()
            && !matches!(self.deed, Change::Undo { .. })
            && (uncertain == Uncertain::Undo || !self.is_uncertain())
    }
}

/// What undo does about things that were found after a lost answer. They are ours, or made by others meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncertain {
    /// They stay.
    Leave,
    /// They are undone too: somebody was asked and said so.
    Undo,
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn index(number: u32) -> Option<usize> {
    usize::try_from(number.checked_sub(1)?).ok()
}
