//! Application assignments.

use serde_json::{Value, json};

use super::{
    super::{
        error::Failure,
        identity_store::bare_id,
        input::{Input, unfit},
        operation::{Answer, Context},
        paging::page,
    },
    application, arn_of, instance,
};
use crate::world::{Application, Assignment, Principal, PrincipalKind, World};

/// Maximum page size.
const PAGE: usize = 100;

/// `CreateApplicationAssignment`.
pub(in crate::aws) fn create(world: &mut World, input: &Input, context: &Context<'_>) -> Answer {
    let assignment = named(world, input)?;
    refuse_if_console_only(world, &assignment, context)?;
    let Principal { kind, id } = &assignment.principal;
    let exists = match kind {
        PrincipalKind::User => world.user(id).is_some(),
        PrincipalKind::Group => world.group(id).is_some(),
    };
    if !exists {
        return Err(Failure::not_found(format!("The principal {id} does not exist.")));
    }
    if world.assignments.contains(&assignment) {
        return Err(Failure::conflict(format!("{id} is assigned to this application already.")));
    }
    world.assignments.push(assignment);
    Ok(json!({}))
}

/// `DeleteApplicationAssignment`. Also removes the assignment of a deleted principal.
pub(in crate::aws) fn delete(world: &mut World, input: &Input, context: &Context<'_>) -> Answer {
    let assignment = named(world, input)?;
    refuse_if_console_only(world, &assignment, context)?;
    if !world.assignments.contains(&assignment) {
        return Err(not_assigned(&assignment));
    }
    world.assignments.retain(|kept| *kept != assignment);
    Ok(json!({}))
}

/// `DescribeApplicationAssignment`.
pub(in crate::aws) fn describe(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    let assignment = named(world, input)?;
    if !world.assignments.contains(&assignment) {
        return Err(not_assigned(&assignment));
    }
    Ok(shown(application(world, input)?, &assignment, world))
}

/// `ListApplicationAssignments`.
pub(in crate::aws) fn list(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    let application = application(world, input)?;
    let listed = world
        .assignments
        .iter()
        .filter(|assignment| assignment.application == application.id)
        .map(|assignment| shown(application, assignment, world));
    page(input, "ApplicationAssignments", PAGE, listed)
}

/// `ListApplicationAssignmentsForPrincipal`. Returns only the principal's own assignments, not those of
/// a user's groups.
pub(in crate::aws) fn list_for_principal(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    instance(world, input)?;
    let principal = principal(input)?;
    let only = match input.optional_structure("Filter")? {
        None => None,
        Some(filter) => filter.optional_text("ApplicationArn")?.map(str::to_owned),
    };
    let listed = world
        .assignments
        .iter()
        .filter(|assignment| assignment.principal == principal)
        .filter_map(|assignment| {
            let application = world.application(&assignment.application)?;
            Some(shown(application, assignment, world))
        })
        .filter(|shown| only.as_ref().is_none_or(|arn| shown["ApplicationArn"] == **arn));
    page(input, "ApplicationAssignments", PAGE, listed)
}

/// `GetApplicationAssignmentConfiguration`.
pub(in crate::aws) fn read_configuration(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    application(world, input)?;
    Ok(json!({"AssignmentRequired": true}))
}

/// `PutApplicationAssignmentConfiguration`. Fails for SAML applications (seen in public reports).
/// Succeeds without a change for OAuth applications: practice mode doesn't store the configuration.
pub(in crate::aws) fn put_configuration(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    let application = application(world, input)?;
    if application.provider.is_saml() {
        return Err(unsupported(&arn_of(world, application)));
    }
    Ok(json!({}))
}

/// Builds the assignment that a call describes. It may not exist.
fn named(world: &World, input: &Input) -> Result<Assignment, Failure> {
    let application = application(world, input)?;
    Ok(Assignment { application: application.id.clone(), principal: principal(input)? })
}

pub(super) fn principal(input: &Input) -> Result<Principal, Failure> {
    let kind = match input.text("PrincipalType")? {
        "USER" => PrincipalKind::User,
        "GROUP" => PrincipalKind::Group,
        _ => {
            let kinds = "Member must satisfy enum value set: [USER, GROUP]";
            return Err(unfit("PrincipalType", kinds));
        }
    };
    Ok(Principal { kind, id: bare_id(input, "PrincipalId")?.to_owned() })
}

fn refuse_if_console_only(
    world: &World,
    assignment: &Assignment,
    context: &Context<'_>,
) -> Result<(), Failure> {
    match world.application(&assignment.application) {
        Some(application)
            if context.switches.assignment_refused && application.provider.is_saml() =>
        {
            Err(unsupported(&arn_of(world, application)))
        }
        _ => Ok(()),
    }
}

fn unsupported(arn: &str) -> Failure {
    Failure::validation(format!(
        "The application with arn '{arn}' is not supported for this action."
    ))
}

fn not_assigned(assignment: &Assignment) -> Failure {
    let id = &assignment.principal.id;
    Failure::not_found(format!("{id} is not assigned to this application."))
}

fn shown(application: &Application, assignment: &Assignment, world: &World) -> Value {
    json!({
        "ApplicationArn": arn_of(world, application),
        "PrincipalId": assignment.principal.id,
        "PrincipalType": assignment.principal.kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aws::operation::tests::{call, call_with},
        settings::Switches,
    };

    fn one_user(world: &World) -> Value {
        json!({
            "ApplicationArn": arn_of(world, &world.applications[1]),
            "PrincipalId": world.users[0].id,
            "PrincipalType": "USER",
        })
    }

    #[test]
    fn group_assignment_includes_members_once() {
        let mut world = World::seeded(0);
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
        let mut world = World::seeded(0);
        let switches = Switches { assignment_refused: true, ..Switches::default() };
        let target = "SWBExternalService.CreateApplicationAssignment";
        let saml = one_user(&world);
        let refusal = call_with(&mut world, &switches, target, &saml).unwrap_err();
        assert_eq!(refusal.kind, "ValidationException");
        let mut oauth = saml.clone();
        let application = world.applications.iter().find(|one| !one.provider.is_saml());
        oauth["ApplicationArn"] = json!(arn_of(&world, application.unwrap()));
        call_with(&mut world, &switches, target, &oauth).unwrap();
    }

    #[test]
    fn recreated_user_does_not_inherit_assignment() {
        let mut world = World::seeded(0);
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
        let new = world.user_named(&old.user_name).unwrap();
        assert_ne!(new.id, old.id);
        assert!(!world.is_assigned(&application, &new.id));
        assert!(
            world.assignments.iter().any(|kept| kept.principal.id == old.id),
            "the old assignment is still there"
        );
    }
}
