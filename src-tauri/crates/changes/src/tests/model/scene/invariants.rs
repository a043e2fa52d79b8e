//! Invariants that hold after every step.

use std::collections::BTreeSet;

use super::*;

impl ModelScene {
    /// Checks the invariants that must hold between any two steps.
    pub(super) fn check(&mut self) -> InvariantResult {
        let bytes = fs::read(self.path()).unwrap_or_default();
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let lines = &bytes[..end];
        if !lines.starts_with(&self.lines) {
            return Err("the change history lost lines".to_owned());
        }
        self.lines = lines.to_vec();
        let (mut intended, mut entries) = (0, 0);
        let mut settled = BTreeSet::new();
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let line: Value = serde_json::from_slice(line)
                .map_err(|_| format!("not a record: {}", String::from_utf8_lossy(line)))?;
            match line["line"].as_str().unwrap_or_default() {
                "intended" => (intended, entries) = (intended + 1, entries + 1),
                // If undo keeps a resource, it adds an entry without an AWS call.
                "kept" => entries += 1,
                "done" | "existed" | "found" | "unknown" | "failed" => {
                    let number = line["number"].as_u64().unwrap_or_default();
                    if number > entries || !settled.insert(number) {
                        return Err(format!("change {number} ends twice or never began"));
                    }
                }
                _ => {}
            }
        }
        if self.directory.write_count() > intended {
            return Err(format!("{} calls for {intended} changes", self.directory.write_count()));
        }
        let on_disk = self.journal()?;
        match &self.open {
            Some(open) if self.under_way.is_none() && !self.foreign => {
                let rows = (open.rows(), open.summary());
                match rows == (on_disk.rows(), on_disk.summary()) {
                    true => Ok(()),
                    false => Err(format!("{rows:#?} is on disk as {:#?}", on_disk.rows())),
                }
            }
            _ => Ok(()),
        }
    }

    /// Checks that each remaining resource existed before, belongs to other people, is used by
    /// other people, or belongs to an entry that the user closed.
    pub(super) fn check_no_own_resource_remains(&self) -> InvariantResult {
        let world = self.directory.current_state();
        let things = world.resources();
        let rows = self.journal()?.rows();
        let closed = |change: &str, subject: &str| {
            rows.iter().any(|row| {
                (row.outcome, &*row.change, &*row.subject) == ("unknown", change, subject)
            })
        };
        // If an assignment was removed while its entry was open, the assignment counts as made by
        // other people, so undo restores it.
        let came_back =
            |change: &str| rows.iter().any(|row| (row.outcome, &*row.change) == ("done", change));
        let is_assigned =
            |principal: &Principal| things.contains(&Resource::Assignment(principal.clone()));
        let has_membership = |id: &str| {
            things.iter().any(
                |thing| matches!(thing, Resource::Membership { group, user, .. } if group == id || user == id),
            )
        };
        let name_of = |id: &str| {
            let named = things.iter().find_map(|thing| match thing {
                Resource::User { id: of, name } | Resource::Group { id: of, name } if of == id => {
                    Some(name.clone())
                }
                _ => None,
            });
            named.unwrap_or_default()
        };
        let ours = things.difference(&self.theirs);
        for thing in ours.filter(|thing| !self.once_theirs.contains(*thing)) {
            let may_stay = match thing {
                Resource::User { id, name } => {
                    has_membership(id)
                        || is_assigned(&Principal::User(id.clone()))
                        || closed("create_user", name)
                }
                Resource::Group { id, name } => {
                    has_membership(id)
                        || is_assigned(&Principal::Group(id.clone()))
                        || closed("create_group", GROUP)
                        || name != GROUP
                }
                Resource::Membership { user, .. } => closed("add_member", &name_of(user)),
                Resource::Assignment(principal) => {
                    closed("assign_group", GROUP)
                        || closed("assign_user", &name_of(principal.id()))
                        || came_back("undo_unassign_user")
                }
            };
            if !may_stay {
                return Err(format!("{thing:?} is ours and stays; {:#?}", self.journal()?.rows()));
            }
        }
        Ok(())
    }
}
