//! IAM Identity Center instances. Practice mode has one instance.

use serde_json::{Value, json};

use super::{identity_store_arn, instance};
use crate::{
    aws::{Call, CallResult, constraint_error, page, time},
    world::{ADDITIONAL_REGION, PracticeState},
};

/// The account that owns the instance when the management account doesn't own it.
const OTHER_ACCOUNT: &str = "210987654321";

/// `ListInstances`. The scope has no effect, because one endpoint serves all Regions.
pub fn list(world: &PracticeState, call: &Call) -> CallResult {
    match call.optional_text("RegionScope")? {
        None | Some("CURRENT_REGION" | "ALL_REGIONS") => {
            page(call, "Instances", 10, [metadata(world, call)])
        }
        Some(_) => {
            let scopes = "Member must satisfy enum value set: [ALL_REGIONS, CURRENT_REGION]";
            Err(constraint_error("RegionScope", scopes))
        }
    }
}

pub fn describe(world: &PracticeState, call: &Call) -> CallResult {
    instance(world, call)?;
    let mut description = metadata(world, call);
    description["EncryptionConfigurationDetails"] =
        json!({"KeyType": "AWS_OWNED_KMS_KEY", "EncryptionStatus": "ENABLED"});
    description["PermissionSetsEnabled"] = json!(!call.switches.account_access_manager);
    Ok(description)
}

fn metadata(world: &PracticeState, call: &Call) -> Value {
    let created = time(world.instance.created_at);
    let mut metadata = json!({
        "InstanceArn": world.instance.arn(),
        "IdentityStoreId": world.instance.identity_store_id,
        "IdentityStoreArn": identity_store_arn(world),
        "OwnerAccountId": if call.switches.other_instance_owner { OTHER_ACCOUNT } else { &world.organization.management_account },
        "CreatedDate": created,
        "Status": "ACTIVE",
        "PrimaryRegion": world.region(),
    });
    let additional = call.switches.has_additional_region().then_some(ADDITIONAL_REGION);
    if !call.switches.regions_not_listed {
        let regions = [world.region()].into_iter().chain(additional).map(|name| {
            json!({
                "RegionName": name,
                "Status": "ACTIVE",
                "AddedDate": created,
                "IsPrimaryRegion": name == world.region(),
            })
        });
        metadata["Regions"] = regions.collect();
    }
    metadata
}
