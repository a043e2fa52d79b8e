//! The change history: who changed what, and when.

use serde::Serialize;

use super::super::{ReportedPeople, redaction::Redactor};
use super::params;
use crate::view::{HistoryRow, SetupView};
use messages::MessageCatalog;
use setup::Field;

/// One change, or several similar changes if the report only counts people.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryGroup {
    /// Time of the first change, RFC 3339.
    pub from: String,
    /// Time of the last change, RFC 3339.
    pub until: String,
    /// The caller that AWS reported. Empty if unknown.
    pub who: String,
    /// For example, `create_user`.
    pub change: String,
    /// For example, `done`.
    pub outcome: String,
    pub count: u32,
    /// The change as text.
    pub words: String,
    /// Why the change failed, as text.
    pub error: Option<String>,
}

pub(super) fn journal(
    view: &SetupView,
    people: ReportedPeople<'_>,
    redactor: &Redactor,
    words: &MessageCatalog,
) -> Vec<HistoryGroup> {
    let who = view.facts.get(&Field::AwsCaller).map(|fact| redactor.redact(&fact.value));
    let who = who.unwrap_or_default();
    let mut journal: Vec<HistoryGroup> = Vec::new();
    for row in &view.people.journal {
        let counted = matches!(people, ReportedPeople::Counted) && is_about_a_person(row);
        let error = row.error.as_ref().map(|error| words.format_plain(&format!("aws-{error}")));
        if counted
            && let Some(last) = journal.last_mut()
            && last.change == row.change
            && last.outcome == row.outcome
            && last.error == error
        {
            last.count += 1;
            last.until.clone_from(&row.at);
            last.words = describe_people_change(row, last.count, words);
            continue;
        }
        journal.push(HistoryGroup {
            from: row.at.clone(),
            until: row.at.clone(),
            who: who.clone(),
            change: row.change.clone(),
            outcome: row.outcome.clone(),
            count: 1,
            words: if counted {
                describe_people_change(row, 1, words)
            } else {
                let subject = params([("subject", row.subject.clone())]);
                words.text(&format!("report-change-{}", row.change), &subject)
            },
            error,
        });
    }
    journal
}

fn describe_people_change(row: &HistoryRow, count: u32, words: &MessageCatalog) -> String {
    words.text(&format!("report-changes-{}", row.change), &params([("count", count.to_string())]))
}

fn is_about_a_person(row: &HistoryRow) -> bool {
    ["create_user", "add_member", "remove_member", "assign_user"]
        .iter()
        .any(|change| row.change.ends_with(change))
}
