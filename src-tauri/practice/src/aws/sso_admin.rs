//! The SSO Admin API: instances, applications, and assignments to applications and AWS accounts.

pub(super) mod accounts;
pub(super) mod applications;
pub(super) mod assignments;
pub(super) mod instances;

use super::{
    error::Failure,
    input::{Input, unfit},
};
use crate::world::{Application, Instance, World};

/// Returns the call's instance. These operations have no "not found" error: an unknown instance gives
/// "access denied".
fn instance<'w>(world: &'w World, input: &Input) -> Result<&'w Instance, Failure> {
    let arn = input.text("InstanceArn")?;
    if !arn.starts_with("arn:aws:sso:::instance/ssoins-") {
        return Err(unfit("InstanceArn", "Member must be the ARN of an instance"));
    }
    if arn != world.instance.arn() {
        return Err(Failure::denied(format!("You do not have access to {arn}.")));
    }
    Ok(&world.instance)
}

/// Returns the call's application.
fn application<'w>(world: &'w World, input: &Input) -> Result<&'w Application, Failure> {
    let arn = input.text("ApplicationArn")?;
    if !arn.starts_with("arn:aws:sso::") || !arn.contains(":application/ssoins-") {
        return Err(unfit("ApplicationArn", "Member must be the ARN of an application"));
    }
    world
        .applications
        .iter()
        .find(|application| arn_of(world, application) == arn)
        .ok_or_else(|| Failure::not_found(format!("Application {arn} does not exist.")))
}

fn arn_of(world: &World, application: &Application) -> String {
    application.arn(&world.organization.management_account, &world.instance)
}

fn identity_store_arn(world: &World) -> String {
    format!(
        "arn:aws:identitystore::{}:identitystore/{}",
        world.organization.management_account, world.instance.identity_store_id
    )
}
