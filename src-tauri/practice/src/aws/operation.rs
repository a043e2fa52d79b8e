//! The AWS operations that practice mode supports.

use std::{ops::Deref, sync::Arc};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    ApiError, Result, cloud_trail,
    identity_store::{groups, memberships, users},
    input::CallInput,
    organizations,
    sso_admin::{applications, assignments, instances},
};
use crate::{
    settings::Switches,
    world::{ADDITIONAL_REGION, PracticeState, Service},
};

/// The JSON output of a call, or its error.
pub type CallResult = Result<Value>;

/// A call to an operation. It dereferences to its input.
pub struct Call {
    pub input: CallInput,
    pub now: Timestamp,
    /// The Region that the call is signed for.
    pub region: &'static str,
    pub switches: Arc<Switches>,
}

impl Deref for Call {
    type Target = CallInput;

    fn deref(&self) -> &CallInput {
        &self.input
    }
}

/// An operation's handler. The variant shows whether the operation changes the state.
pub enum Operation {
    Read(fn(&PracticeState, &Call) -> CallResult),
    /// An operation that changes the state. It checks everything before any change, because there
    /// is no rollback.
    Write(fn(&mut PracticeState, &Call) -> CallResult),
}

/// Returns the operation for an `X-Amz-Target` header.
pub fn operation_for_target(target: &str) -> Option<Operation> {
    use Operation::{Read, Write};
    Some(match target {
        "AWSOrganizationsV20161128.DescribeOrganization" => Read(organizations::describe),
        "AWSOrganizationsV20161128.ListDelegatedAdministrators" => {
            Read(organizations::list_delegated_administrators)
        }
        "SWBExternalService.ListInstances" => Read(instances::list),
        "SWBExternalService.DescribeInstance" => Read(instances::describe),
        "SWBExternalService.ListApplications" => Read(applications::list),
        "SWBExternalService.DescribeApplication" => Read(applications::describe),
        "SWBExternalService.CreateApplication" => Write(applications::create),
        "SWBExternalService.CreateApplicationAssignment" => Write(assignments::create),
        "SWBExternalService.DeleteApplicationAssignment" => Write(assignments::delete),
        "SWBExternalService.DescribeApplicationAssignment" => Read(assignments::describe),
        "SWBExternalService.ListApplicationAssignments" => Read(assignments::list),
        "SWBExternalService.ListApplicationAssignmentsForPrincipal" => {
            Read(assignments::list_for_principal)
        }
        "SWBExternalService.ListAccountAssignmentsForPrincipal" => {
            Read(assignments::list_accounts_for_principal)
        }
        "SWBExternalService.GetApplicationAssignmentConfiguration" => {
            Read(assignments::read_configuration)
        }
        "SWBExternalService.PutApplicationAssignmentConfiguration" => {
            Read(assignments::put_configuration)
        }
        "AWSIdentityStore.CreateUser" => Write(users::create),
        "AWSIdentityStore.DeleteUser" => Write(users::delete),
        "AWSIdentityStore.DescribeUser" => Read(users::describe),
        "AWSIdentityStore.ListUsers" => Read(users::list),
        "AWSIdentityStore.GetUserId" => Read(users::id),
        "AWSIdentityStore.CreateGroup" => Write(groups::create),
        "AWSIdentityStore.DeleteGroup" => Write(groups::delete),
        "AWSIdentityStore.DescribeGroup" => Read(groups::describe),
        "AWSIdentityStore.ListGroups" => Read(groups::list),
        "AWSIdentityStore.GetGroupId" => Read(groups::id),
        "AWSIdentityStore.CreateGroupMembership" => Write(memberships::create),
        "AWSIdentityStore.DeleteGroupMembership" => Write(memberships::delete),
        "AWSIdentityStore.DescribeGroupMembership" => Read(memberships::describe),
        "AWSIdentityStore.ListGroupMemberships" => Read(memberships::list_of_group),
        "AWSIdentityStore.ListGroupMembershipsForMember" => Read(memberships::list_of_member),
        "AWSIdentityStore.GetGroupMembershipId" => Read(memberships::id),
        "AWSIdentityStore.IsMemberInGroups" => Read(memberships::is_member_in_groups),
        "CloudTrail_20131101.LookupEvents" => Read(cloud_trail::lookup_events),
        _ => return None,
    })
}

/// Returns the service that logs a change made through this target.
pub fn logged_by(target: &str) -> Service {
    match target.starts_with("AWSIdentityStore.") {
        true => Service::IdentityStore,
        false => Service::IdentityCenter,
    }
}

/// Rejects a call that isn't allowed in its Region. In an additional Region, calls can read users
/// and manage applications (user guide, *IAM Identity Center service APIs supported in additional
/// Regions*).
pub fn check_region(target: &str, call: &Call) -> Result<()> {
    if call.region != ADDITIONAL_REGION {
        return Ok(());
    }
    if call.switches.additional_region_denied {
        return Err(ApiError::new(
            "AccessDeniedException",
            "An explicit deny in a service control policy denies this Region.",
        ));
    }
    let is_write = matches!(operation_for_target(target), Some(Operation::Write(_)));
    let is_primary_only = is_write && target.starts_with("AWSIdentityStore.")
        || target == "SWBExternalService.ListAccountAssignmentsForPrincipal";
    if is_primary_only {
        return Err(ApiError::validation("The operation works only in the primary Region."));
    }
    Ok(())
}

/// Converts a time to the AWS JSON 1.1 format: seconds since 1970, with a fraction.
pub fn time(time: Timestamp) -> Value {
    json!(time.as_millisecond() as f64 / 1000.0)
}

/// Formats the status of a user or an application.
pub fn status(enabled: bool) -> Value {
    json!(if enabled { "ENABLED" } else { "DISABLED" })
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::world::REGION;

    /// Calls an operation one hour after the epoch, with these switches.
    pub fn call_with_switches(
        world: &mut PracticeState,
        switches: &Switches,
        target: &str,
        input: &Value,
    ) -> CallResult {
        let call = Call {
            input: CallInput::read(input.to_string().as_bytes())?,
            now: Timestamp::constant(3600, 0),
            region: REGION,
            switches: Arc::new(switches.clone()),
        };
        match operation_for_target(target).expect("an operation of practice") {
            Operation::Read(read) => read(world, &call),
            Operation::Write(write) => write(world, &call),
        }
    }

    /// Same as [`call_with_switches`], with default switches.
    pub fn call(world: &mut PracticeState, target: &str, input: &Value) -> CallResult {
        call_with_switches(world, &Switches::default(), target, input)
    }

    #[test]
    fn times_keep_their_milliseconds() {
        let noon = Timestamp::constant(1_772_452_800, 250_000_000);
        assert_eq!(time(noon), json!(1_772_452_800.25));
    }
}
