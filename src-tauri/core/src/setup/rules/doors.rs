//! The two doors. They fail separately; proving one proves nothing about the other.

use super::super::{
    Facts, Field, Finding, Fix, Severity,
    proof::{self, Standing},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found: Vec<Finding> = [Field::DoorTile, Field::DoorLink]
        .into_iter()
        .filter_map(|door| {
            let (code, severity) = match proof::standing(facts, door) {
                Standing::Failed => ("door_failed", Severity::Error),
                Standing::Stale => ("door_stale", Severity::Warning),
                Standing::Fresh | Standing::Missing => return None,
            };
            let which = if door == Field::DoorTile { "tile" } else { "link" };
            Some(
                Finding::about(door, code, severity)
                    .with("door", which)
                    .fix(Fix::Again { field: door }),
            )
        })
        .collect();
    if facts.text(Field::ConfirmationMail) == Some("false") {
        found.push(
            Finding::about(Field::ConfirmationMail, "mail_not_confirmed", Severity::Warning)
                .fix(Fix::Read),
        );
    }
    found
}
