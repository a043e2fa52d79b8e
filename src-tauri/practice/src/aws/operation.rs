//! The supported operations.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    error::Failure,
    identity_store::{groups, memberships, users},
    input::Input,
    organizations,
    sso_admin::{accounts, applications, assignments, instances},
};
use crate::{settings::Switches, world::World};

/// A call's JSON output, or its error.
pub(super) type Answer = Result<Value, Failure>;

/// Parameters of an operation other than the state and its input.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub now: Timestamp,
    /// Selects the inferred facts that are false.
    pub switches: &'a Switches,
}

/// An operation's handler, by its access to the state.
pub(super) enum Operation {
    Read(fn(&World, &Input, &Context<'_>) -> Answer),
    /// Checks everything before it changes anything: there is no rollback.
    Write(fn(&mut World, &Input, &Context<'_>) -> Answer),
}

/// Returns the operation of an `X-Amz-Target`.
pub(super) fn named(target: &str) -> Option<Operation> {
    use Operation::{Read, Write};
    let (service, name) = target.split_once('.')?;
    let operation = match (service, name) {
        (ORGANIZATIONS, "DescribeOrganization") => Read(organizations::describe),
        (ORGANIZATIONS, "ListDelegatedAdministrators") => {
            Read(organizations::list_delegated_administrators)
        }
        (SSO_ADMIN, "ListInstances") => Read(instances::list),
        (SSO_ADMIN, "DescribeInstance") => Read(instances::describe),
        (SSO_ADMIN, "ListApplications") => Read(applications::list),
        (SSO_ADMIN, "DescribeApplication") => Read(applications::describe),
        (SSO_ADMIN, "CreateApplication") => Write(applications::create),
        (SSO_ADMIN, "CreateApplicationAssignment") => Write(assignments::create),
        (SSO_ADMIN, "DeleteApplicationAssignment") => Write(assignments::delete),
        (SSO_ADMIN, "DescribeApplicationAssignment") => Read(assignments::describe),
        (SSO_ADMIN, "ListApplicationAssignments") => Read(assignments::list),
        (SSO_ADMIN, "ListApplicationAssignmentsForPrincipal") => {
            Read(assignments::list_for_principal)
        }
        (SSO_ADMIN, "ListAccountAssignmentsForPrincipal") => Read(accounts::list_for_principal),
        (SSO_ADMIN, "GetApplicationAssignmentConfiguration") => {
            Read(assignments::read_configuration)
        }
        (SSO_ADMIN, "PutApplicationAssignmentConfiguration") => {
            Read(assignments::put_configuration)
        }
        (IDENTITY_STORE, "CreateUser") => Write(users::create),
        (IDENTITY_STORE, "DeleteUser") => Write(users::delete),
        (IDENTITY_STORE, "DescribeUser") => Read(users::describe),
        (IDENTITY_STORE, "ListUsers") => Read(users::list),
        (IDENTITY_STORE, "GetUserId") => Read(users::id),
        (IDENTITY_STORE, "CreateGroup") => Write(groups::create),
        (IDENTITY_STORE, "DeleteGroup") => Write(groups::delete),
        (IDENTITY_STORE, "DescribeGroup") => Read(groups::describe),
        (IDENTITY_STORE, "ListGroups") => Read(groups::list),
        (IDENTITY_STORE, "GetGroupId") => Read(groups::id),
        (IDENTITY_STORE, "CreateGroupMembership") => Write(memberships::create),
        (IDENTITY_STORE, "DeleteGroupMembership") => Write(memberships::delete),
        (IDENTITY_STORE, "DescribeGroupMembership") => Read(memberships::describe),
        (IDENTITY_STORE, "ListGroupMemberships") => Read(memberships::list_of_group),
        (IDENTITY_STORE, "ListGroupMembershipsForMember") => Read(memberships::list_of_member),
        (IDENTITY_STORE, "GetGroupMembershipId") => Read(memberships::id),
        (IDENTITY_STORE, "IsMemberInGroups") => Read(memberships::is_member_in_groups),
        _ => return None,
    };
    Some(operation)
}

/// Returns whether a target's calls count toward the IAM Identity Center quota.
pub(super) fn is_limited(target: &str) -> bool {
    let service = target.split('.').next();
    service.is_some_and(|service| [SSO_ADMIN, IDENTITY_STORE].contains(&service))
}

/// Formats a time for AWS JSON 1.1: seconds since 1970, with a fraction.
pub(super) fn time(time: Timestamp) -> Value {
    json!(time.as_millisecond() as f64 / 1000.0)
}

const IDENTITY_STORE: &str = "AWSIdentityStore";
const ORGANIZATIONS: &str = "AWSOrganizationsV20161128";
const SSO_ADMIN: &str = "SWBExternalService";

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Calls an operation with `switches`, one hour after the epoch.
    pub fn call_with(
        world: &mut World,
        switches: &Switches,
        target: &str,
        input: &Value,
    ) -> Answer {
        let input = Input::read(input.to_string().as_bytes())?;
        let context = Context { now: Timestamp::constant(3600, 0), switches };
        match named(target).expect("an operation of practice") {
            Operation::Read(look) => look(world, &input, &context),
            Operation::Write(alter) => alter(world, &input, &context),
        }
    }

    /// Same as [`call_with`], with default switches.
    pub fn call(world: &mut World, target: &str, input: &Value) -> Answer {
        call_with(world, &Switches::default(), target, input)
    }

    #[test]
    fn limit_applies_only_to_identity_center() {
        assert!(is_limited("SWBExternalService.ListInstances"));
        assert!(is_limited("AWSIdentityStore.ListUsers"));
        assert!(!is_limited("AWSOrganizationsV20161128.DescribeOrganization"));
    }

    #[test]
    fn times_keep_their_milliseconds() {
        let noon = Timestamp::constant(1_772_452_800, 250_000_000);
        assert_eq!(time(noon), json!(1_772_452_800.25));
    }
}
