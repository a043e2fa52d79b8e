//! Which administrator does which part of the setup, if two people share it.

use super::{Side, Step};

/// Returns the side whose administrator completes an open item, or `None` if either can. `item` is
/// one of [`Progress::open`](super::progress::Progress::open).
pub fn administrator(item: &str) -> Option<Side> {
    match item {
        "connection" | "application" | "issuer" | "certificate" | "submitted" | "mappings"
        | "tester" | "dry_run" | "test_from_portal" | "people" | "people_halted"
        | "people_excluded" | "people_by_hand" | "people_planned" | "people_changes"
        | "people_password" => Some(Side::Aws),
        "admin_signed_in" | "admin_password" | "recovery" | "acs" | "entity_id" | "login_url"
        | "role" | "nops_saved" | "test_from_nops" => Some(Side::Nops),
        _ => None,
    }
}

/// Returns whether the administrator of this side does something in the step.
pub fn has_work_in(side: Side, step: Step) -> bool {
    match step {
        Step::Start | Step::SignInTests | Step::Finish => true,
        Step::Connect | Step::Application | Step::Mappings | Step::DryRun | Step::People => {
            side == Side::Aws
        }
        Step::Addresses | Step::Details => side == Side::Nops,
    }
}

/// Returns the first step with a task for the user, who administers `lane` or both sides.
pub fn first_step(lane: Option<Side>) -> Step {
    match lane {
        Some(Side::Nops) => Step::Addresses,
        Some(Side::Aws) | None => Step::Connect,
    }
}

/// Returns whether the colleague can leave out the value of an open item, because it's personal
/// data.
pub(super) fn is_personal(item: &str) -> bool {
    matches!(item, "tester" | "recovery")
}

/// Returns what a step waits for if the administrator of this side has to act. Its message key is
/// `waiting-<on>`.
pub(super) fn waiting_for(side: Side) -> &'static str {
    match side {
        Side::Aws => "aws_administrator",
        Side::Nops => "nops_administrator",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_open_item_of_a_shared_setup_has_an_administrator() {
        let both = ["repair_values", "repair_rest", "differences", "steps", "report"];
        let keys = messages::keys().filter_map(|key| key.strip_prefix("open-"));
        // `open-page` is the label of a button.
        let items: Vec<&str> = keys.filter(|item| *item != "page").collect();
        assert!(items.len() > 20, "only {} items", items.len());
        for item in items {
            assert_eq!(administrator(item).is_none(), both.contains(&item), "{item}");
        }
    }

    #[test]
    fn first_step_belongs_to_the_user() {
        for side in [Side::Aws, Side::Nops] {
            assert!(has_work_in(side, first_step(Some(side))), "{side:?}");
        }
    }
}
