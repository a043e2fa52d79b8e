//! Compares a handover with the setup's own values, and merges the two.

use std::collections::{BTreeMap, BTreeSet};

use identifiers::{
    OrganizationId,
    link::{self, Link},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{HandedOverValue, Handover};
use crate::{Fact, Facts, Field, OriginalSource, Side, Source, derive::derive};

/// How a value in a handover differs from the setup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// The setup doesn't have the value.
    New,
    /// The value is newer than the setup's value, which comes from the same person or was read
    /// automatically.
    Updated,
    /// The setup's value was only derived from another value. It gives way to the colleague's value.
    ReplacesDerived,
    /// Both people provided different values.
    Conflict,
}

/// A value in a handover that differs from the setup.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedValue<'a> {
    pub field: Field,
    pub difference: Difference,
    /// The setup's value. It may be a derived value.
    pub ours: Option<Fact>,
    pub theirs: &'a HandedOverValue,
}

/// Which value to use if two people provided different values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Mine,
    Theirs,
}

/// A conflict without a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndecidedConflict(pub Field);

/// Returns the values in a handover that differ from `facts`, the stored facts.
pub fn compare<'a>(
    facts: &Facts,
    handover: &'a Handover,
    now: Timestamp,
) -> Vec<ComparedValue<'a>> {
    let all = derive(facts, now);
    let compared = handover.values.iter().filter_map(|(field, theirs)| {
        let ours = all.get(*field);
        let difference = difference(ours, theirs, handover.to)?;
        Some(ComparedValue { field: *field, difference, ours: ours.cloned(), theirs })
    });
    compared.collect()
}

/// Stores the values in a handover that are new or newer, and the values that the user chose. A
/// value without a difference doesn't change, so opening a file twice changes nothing more.
///
/// # Errors
/// Returns a conflict without a choice. The facts stay unchanged.
pub fn merge(
    facts: &Facts,
    handover: &Handover,
    file: Option<&str>,
    choices: &BTreeMap<Field, Choice>,
    now: Timestamp,
) -> Result<(Facts, BTreeSet<Field>), UndecidedConflict> {
    let mut merged = facts.clone();
    let mut taken = BTreeSet::new();
    for ComparedValue { field, difference, theirs, .. } in compare(facts, handover, now) {
        let choice = match difference {
            Difference::New | Difference::Updated | Difference::ReplacesDerived => Choice::Theirs,
            Difference::Conflict => *choices.get(&field).ok_or(UndecidedConflict(field))?,
        };
        if choice == Choice::Theirs {
            let mut fact = theirs.to_fact(file);
            // The sender's clock may be fast. Times that are in the future here would make every
            // later result stale, and every later correction look old.
            fact.at = fact.at.min(now);
            if let Source::Imported { origin: Some(origin), .. } = &mut fact.source {
                origin.at = origin.at.min(now);
            }
            merged.import(field, fact);
            taken.insert(field);
        }
    }
    Ok((merged, taken))
}

/// Returns whether the addresses in a handover belong to another nOps organization than the
/// setup's addresses.
pub fn names_other_organization(facts: &Facts, handover: &Handover) -> bool {
    const ADDRESSES: [Field; 3] = [Field::SpAcsUrl, Field::SpEntityId, Field::SpLoginUrl];
    let ours = ADDRESSES.iter().filter_map(|field| facts.text(*field));
    let theirs = ADDRESSES.iter().filter_map(|field| handover.values.get(field)?.value.text());
    let ours: BTreeSet<_> = ours.filter_map(organization).collect();
    let theirs: BTreeSet<_> = theirs.filter_map(organization).collect();
    !ours.is_empty() && !theirs.is_empty() && ours.is_disjoint(&theirs)
}

/// Returns the nOps organization that an address belongs to.
fn organization(address: &str) -> Option<OrganizationId> {
    match link::identify_link(address).link {
        Link::NopsAcs(link) | Link::NopsEntityId(link) | Link::NopsShareable(link) => {
            Some(link.tenant)
        }
        _ => None,
    }
}

/// Returns how the colleague's value differs, or `None` if the setup's value is the same or newer.
fn difference(ours: Option<&Fact>, theirs: &HandedOverValue, own: Side) -> Option<Difference> {
    let Some(ours) = ours else { return Some(Difference::New) };
    if ours.value == theirs.value {
        return None;
    }
    match (ours.source.is_derived(), theirs.source == OriginalSource::Derived) {
        // No one provided our value.
        (true, false) => return Some(Difference::ReplacesDerived),
        // Known values take precedence over derived ones, and a derived value is derived again.
        (false, true) => return None,
        (true, true) if ours.source.origin().is_none() => return None,
        (true, true) | (false, false) => {}
    }
    let origin = ours.source.origin();
    let (author, at) = origin.map_or((own, ours.at), |origin| (origin.role, origin.at));
    // Two people who read the same page or API at different times don't contradict each other.
    let both_observed = theirs.source == OriginalSource::Observed
        && OriginalSource::from(&ours.source) == OriginalSource::Observed;
    // The user's own value has no origin. A file never replaces it without asking.
    let is_own = origin.is_none() && theirs.at > at;
    if (author != theirs.by || is_own) && !both_observed {
        return Some(Difference::Conflict);
    }
    match theirs.at.cmp(&at) {
        std::cmp::Ordering::Greater => Some(Difference::Updated),
        std::cmp::Ordering::Less => None,
        std::cmp::Ordering::Equal => Some(Difference::Conflict),
    }
}
