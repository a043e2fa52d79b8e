//! Assignments to applications and AWS accounts.

use serde_json::{Value, json};

use super::{application, instance, unsupported_error};
use crate::{
    aws::{ApiError, Call, CallInput, CallResult, Result, bare_id, constraint_error, page},
    world::{AccountAssignment, Application, Assignment, PracticeState, Principal, PrincipalKind},
};

pub fn create(world: &mut PracticeState, call: &Call) -> CallResult {
    let assignment = described_changeable_assignment(world, call)?;
    let id = &assignment.principal.id;
    if !world.exists(&assignment.principal) {
        return Err(ApiError::not_found(format!("The principal {id} does not exist.")));
    }
    if world.assignments.contains(&assignment) {
        return Err(ApiError::conflict(format!("{id} is assigned to this application already.")));
    }
    world.assignments.push(assignment);
    Ok(json!({}))
}

/// `DeleteApplicationAssignment`. Can also remove the assignment of a deleted principal.
pub fn delete(world: &mut PracticeState, call: &Call) -> CallResult {
    let assignment = described_changeable_assignment(world, call)?;
    check_assigned(world, &assignment)?;
    world.assignments.retain(|kept| *kept != assignment);
    Ok(json!({}))
}

pub fn describe(world: &PracticeState, call: &Call) -> CallResult {
    let (application, assignment) = described_assignment(world, call)?;
    check_assigned(world, &assignment)?;
    Ok(description(world, application, &assignment))
}

pub fn list(world: &PracticeState, call: &Call) -> CallResult {
    let application = application(world, call)?;
    let listed = world
        .assignments
        .iter()
        .filter(|assignment| assignment.application == application.id)
        .map(|assignment| description(world, application, assignment));
    page(call, "ApplicationAssignments", 100, listed)
}

/// `ListApplicationAssignmentsForPrincipal`. Returns only direct assignments of the principal, not
/// the assignments of a user's groups.
pub fn list_for_principal(world: &PracticeState, call: &Call) -> CallResult {
    instance(world, call)?;
    let principal = principal(call)?;
    let filter = call.optional_structure("Filter")?.unwrap_or_default();
    let wanted = filter.optional_text("ApplicationArn")?;
    let listed = world
        .assignments
        .iter()
        .filter(|assignment| assignment.principal == principal)
        .filter_map(|assignment| {
            let application = world.application(&assignment.application)?;
            let is_here = application.region == call.region;
            is_here.then(|| description(world, application, assignment))
        })
        .filter(|description| wanted.is_none_or(|arn| description["ApplicationArn"] == arn));
    page(call, "ApplicationAssignments", 100, listed)
}

/// `ListAccountAssignmentsForPrincipal`. Returns direct assignments of the principal. For a user,
/// also returns the assignments of the user's groups.
pub fn list_accounts_for_principal(world: &PracticeState, call: &Call) -> CallResult {
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

pub fn read_configuration(world: &PracticeState, call: &Call) -> CallResult {
    application(world, call)?;
    Ok(json!({"AssignmentRequired": true}))
}

/// `PutApplicationAssignmentConfiguration`. Fails for SAML applications (seen in public reports).
/// For OAuth applications, succeeds without a change, because practice mode doesn't store the
/// configuration.
pub fn put_configuration(world: &PracticeState, call: &Call) -> CallResult {
    let application = application(world, call)?;
    if application.provider.is_saml() {
        return Err(unsupported_error("application", &world.application_arn(application)));
    }
    Ok(json!({}))
}

/// Builds the assignment that a call describes, even if the assignment doesn't exist.
fn described_assignment<'w>(
    world: &'w PracticeState,
    call: &Call,
) -> Result<(&'w Application, Assignment)> {
    let application = application(world, call)?;
    let principal = principal(call)?;
    Ok((application, Assignment { application: application.id.clone(), principal }))
}

/// Same as [`described_assignment`], for a call that changes the assignment. Rejects applications
/// whose assignments can be changed only in the console.
fn described_changeable_assignment(world: &PracticeState, call: &Call) -> Result<Assignment> {
    let (application, assignment) = described_assignment(world, call)?;
    if call.switches.assignment_refused && application.provider.is_saml() {
        return Err(unsupported_error("application", &world.application_arn(application)));
    }
    Ok(assignment)
}

fn check_assigned(world: &PracticeState, assignment: &Assignment) -> Result<()> {
    let id = &assignment.principal.id;
    if world.assignments.contains(assignment) {
        Ok(())
    } else {
        Err(ApiError::not_found(format!("{id} is not assigned to this application.")))
    }
}

pub fn principal(input: &CallInput) -> Result<Principal> {
    let kind = match input.text("PrincipalType")? {
        "USER" => PrincipalKind::User,
        "GROUP" => PrincipalKind::Group,
        _ => {
            let kinds = "Member must satisfy enum value set: [USER, GROUP]";
            return Err(constraint_error("PrincipalType", kinds));
        }
    };
    Ok(Principal { kind, id: bare_id(input, "PrincipalId")?.to_owned() })
}

fn description(world: &PracticeState, application: &Application, assignment: &Assignment) -> Value {
    json!({
        "ApplicationArn": world.application_arn(application),
        "PrincipalId": assignment.principal.id,
        "PrincipalType": assignment.principal.kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aws::operation::tests::{call, call_with_switches},
        settings::Switches,
    };

    fn one_user(world: &PracticeState) -> Value {
        json!({
            "ApplicationArn": world.application_arn(&world.applications[1]),
            "PrincipalId": world.users[0].id,
            "PrincipalType": "USER",
        })
    }

    #[test]
    fn group_assignment_includes_members_once() {
        let mut world = PracticeState::seeded(0);
        let application = world.applications[1].id.clone();
        let member = world.memberships[0].clone();
        assert!(!world.is_assigned(&application, &member.user));
        let mut input = one_user(&world);
        input["PrincipalId"] = json!(member.group);
        input["PrincipalType"] = json!("GROUP");
        let target = "SWBExternalService.CreateApplicationAssignment";
        call(&mut world, target, &input).unwrap();
        assert!(world.is_assigned(&application, &member.user));
        let refusal = call(&mut world, target, &input).unwrap_err();
        assert_eq!(refusal.kind, "ConflictException");
    }

    #[test]
    fn switch_refuses_only_saml_assignments() {
        let mut world = PracticeState::seeded(0);
        let switches = Switches { assignment_refused: true, ..Switches::default() };
        let target = "SWBExternalService.CreateApplicationAssignment";
        let saml = one_user(&world);
        let refusal = call_with_switches(&mut world, &switches, target, &saml).unwrap_err();
        assert_eq!(refusal.kind, "ValidationException");
        let mut oauth = saml.clone();
        let application = world.applications.iter().find(|one| !one.provider.is_saml());
        oauth["ApplicationArn"] = json!(world.application_arn(application.unwrap()));
        call_with_switches(&mut world, &switches, target, &oauth).unwrap();
    }

    #[test]
    fn recreated_user_does_not_inherit_assignment() {
        let mut world = PracticeState::seeded(0);
        let application = world.applications[1].id.clone();
        let input = one_user(&world);
        call(&mut world, "SWBExternalService.CreateApplicationAssignment", &input).unwrap();
        let old = world.users[0].clone();
        let store = world.instance.identity_store_id.clone();
        let named = json!({"IdentityStoreId": store, "UserId": old.id});
        call(&mut world, "AWSIdentityStore.DeleteUser", &named).unwrap();
        let again = json!({
            "IdentityStoreId": store,
            "UserName": old.user_name,
            "DisplayName": old.display_name,
            "Name": {"GivenName": old.given_name, "FamilyName": old.family_name},
        });
        call(&mut world, "AWSIdentityStore.CreateUser", &again).unwrap();
        let new = world.find_user(&old.user_name).unwrap();
        assert_ne!(new.id, old.id);
        assert!(!world.is_assigned(&application, &new.id));
        assert!(
            world.assignments.iter().any(|kept| kept.principal.id == old.id),
            "the old assignment is still there"
        );
    }

    #[test]
    fn user_list_includes_group_assignments() {
        let mut world = PracticeState::seeded(0);
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
