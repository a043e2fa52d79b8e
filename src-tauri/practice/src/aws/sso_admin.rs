//! The SSO Admin API: instances, applications, and assignments to applications and AWS accounts.

pub mod applications;
pub mod assignments;
pub mod instances;

use super::{ApiError, Call, CallInput, Result, constraint_error};
use crate::world::{Application, Instance, PracticeState};

/// Returns the instance that the call is for. These operations have no "not found" error, so an
/// unknown instance causes an "access denied" error.
fn instance<'w>(world: &'w PracticeState, input: &CallInput) -> Result<&'w Instance> {
    let arn = input.text("InstanceArn")?;
    if !is_sso_arn(arn) || !arn.contains(":sso:::instance/ssoins-") {
        return Err(constraint_error("InstanceArn", "Member must be the ARN of an instance"));
    }
    if arn != world.instance.arn() {
        return Err(ApiError::new(
            "AccessDeniedException",
            format!("You do not have access to {arn}."),
        ));
    }
    Ok(&world.instance)
}

/// Returns the application that the call is for. An application exists only in its own Region.
fn application<'w>(world: &'w PracticeState, call: &Call) -> Result<&'w Application> {
    let arn = call.text("ApplicationArn")?;
    if !is_sso_arn(arn) || !arn.contains(":application/ssoins-") {
        return Err(constraint_error("ApplicationArn", "Member must be the ARN of an application"));
    }
    world
        .applications
        .iter()
        .find(|application| {
            application.region == call.region && world.application_arn(application) == arn
        })
        .ok_or_else(|| ApiError::not_found(format!("Application {arn} does not exist.")))
}

fn is_sso_arn(arn: &str) -> bool {
    arn.starts_with("arn:aws") && arn.contains(":sso::")
}

pub fn identity_store_arn(world: &PracticeState) -> String {
    format!(
        "arn:{}:identitystore::{}:identitystore/{}",
        world.instance.partition.name(),
        world.organization.management_account,
        world.instance.identity_store_id
    )
}

/// Returns the error for an application or a provider that an operation doesn't support.
fn unsupported_error(kind: &str, arn: &str) -> ApiError {
    ApiError::validation(format!("The {kind} with arn '{arn}' is not supported for this action."))
}
