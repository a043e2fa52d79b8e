//! AWS account assignments.

use serde_json::json;

use super::{
    super::{
        input::Input,
        operation::{Answer, Context},
        paging::page,
    },
    assignments::principal,
    instance,
};
use crate::world::{PrincipalKind, World};

/// Maximum page size.
const PAGE: usize = 100;

/// `ListAccountAssignmentsForPrincipal`. Returns the principal's own assignments and, for a user, those
/// of the user's groups.
pub(in crate::aws) fn list_for_principal(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    let instance = instance(world, input)?;
    let asked = principal(input)?;
    let only = match input.optional_structure("Filter")? {
        None => None,
        Some(filter) => filter.optional_text("AccountId")?.map(str::to_owned),
    };
    let is_in = |group: &str| {
        world
            .memberships
            .iter()
            .any(|membership| membership.group == group && membership.user == asked.id)
    };
    let listed = world
        .account_assignments
        .iter()
        .filter(|assignment| {
            let by_group = assignment.principal.kind == PrincipalKind::Group
                && asked.kind == PrincipalKind::User
                && is_in(&assignment.principal.id);
            assignment.principal == asked || by_group
        })
        .filter(|assignment| only.as_ref().is_none_or(|only| *only == assignment.account))
        .map(|assignment| {
            let set = instance.arn().replace(":instance/", ":permissionSet/");
            json!({
                "AccountId": assignment.account,
                "PermissionSetArn": format!("{set}/ps-{}", assignment.permission_set),
                "PrincipalId": assignment.principal.id,
                "PrincipalType": assignment.principal.kind,
            })
        });
    page(input, "AccountAssignments", PAGE, listed)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::{
        aws::operation::tests::call,
        world::{AccountAssignment, Principal},
    };

    #[test]
    fn user_list_includes_group_assignments() {
        let mut world = World::seeded(0);
        let member = world.memberships[0].clone();
        let account = world.organization.management_account.clone();
        world.account_assignments.push(AccountAssignment {
            account: account.clone(),
            permission_set: "0123456789abcdef".to_owned(),
            principal: Principal { kind: PrincipalKind::Group, id: member.group.clone() },
        });
        let instance = world.instance.arn();
        let mut listed = |kind: &str, id: &str, account: &str| -> Vec<Value> {
            let input = json!({
                "InstanceArn": instance,
                "PrincipalType": kind,
                "PrincipalId": id,
                "Filter": {"AccountId": account},
            });
            let target = "SWBExternalService.ListAccountAssignmentsForPrincipal";
            let answer = call(&mut world, target, &input).unwrap();
            answer["AccountAssignments"].as_array().unwrap().clone()
        };
        assert_eq!(listed("GROUP", &member.group, &account).len(), 1);
        assert_eq!(listed("USER", &member.user, &account).len(), 1);
        assert_eq!(listed("USER", &member.user, "111111111111").len(), 0);
        assert_eq!(listed("GROUP", &member.user, &account).len(), 0);
    }
}
