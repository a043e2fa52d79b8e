//! AWS Organizations.

use serde_json::json;

use super::{Call, CallResult, constraint_error, page};
use crate::world::PracticeState;

pub fn describe(world: &PracticeState, _: &Call) -> CallResult {
    let organization = &world.organization;
    let (id, account) = (&organization.id, &organization.management_account);
    let partition = world.instance.partition.name();
    Ok(json!({
        "Organization": {
            "Id": id,
            "Arn": format!("arn:{partition}:organizations::{account}:organization/{id}"),
            "FeatureSet": "ALL",
            "MasterAccountArn": format!("arn:{partition}:organizations::{account}:account/{id}/{account}"),
            "MasterAccountId": account,
            "MasterAccountEmail": organization.management_email,
            "AvailablePolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}],
        }
    }))
}

/// `ListDelegatedAdministrators`. Returns an empty list, because the practice organization has
/// none.
pub fn list_delegated_administrators(_: &PracticeState, call: &Call) -> CallResult {
    call.optional_bounded_text("ServicePrincipal", 128)?;
    if call.max_results()?.is_some_and(|most| most > 20) {
        return Err(constraint_error(
            "MaxResults",
            "Member must have value less than or equal to 20",
        ));
    }
    page(call, "DelegatedAdministrators", 20, [])
}
