//! AWS account assignments.

use serde_json::json;

use super::{assignments::principal, instance};
use crate::{
    aws::{Answer, Call, page},
    world::{AccountAssignment, PrincipalKind, World},
};

/// `ListAccountAssignmentsForPrincipal`. Returns the principal's own assignments and, for a user, those
/// of the user's groups.
pub fn list_for_principal(world: &World, call: &Call) -> Answer {
    let instance = instance(world, call)?;
    let asked = principal(call)?;
    let filter = call.optional_structure("Filter")?.unwrap_or_default();
    let account = filter.optional_text("AccountId")?;
    let applies = |assignment: &&AccountAssignment| {
        let principal = &assignment.principal;
        let by_group = principal.kind == PrincipalKind::Group
            && asked.kind == PrincipalKind::User
            && world.is_member(&principal.id, &asked.id);
        (*principal == asked || by_group)
            && account.is_none_or(|account| account == assignment.account)
    };
    let listed = world.account_assignments.iter().filter(applies).map(|assignment| {
        let set = instance.arn().replace(":instance/", ":permissionSet/");
        json!({
            "AccountId": assignment.account,
            "PermissionSetArn": format!("{set}/ps-{}", assignment.permission_set),
            "PrincipalId": assignment.principal.id,
            "PrincipalType": assignment.principal.kind,
        })
    });
    page(call, "AccountAssignments", 100, listed)
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
