//! Customer managed applications. The API lists all applications but can create only OAuth
//! applications.

use serde_json::{Value, json};

use super::{application, identity_store_arn, instance, unsupported_error};
use crate::{
    aws::{Call, CallResult, constraint_error, page, status, time},
    world::{Application, PracticeState, Provider},
};

/// The maximum page size, which applies even if `MaxResults` is larger.
const PAGE: usize = 50;

pub fn list(world: &PracticeState, call: &Call) -> CallResult {
    instance(world, call)?;
    let filter = call.optional_structure("Filter")?.unwrap_or_default();
    let account = filter.optional_text("ApplicationAccount")?;
    let provider = filter.optional_text("ApplicationProvider")?;
    let is_listed = |application: &&Application| {
        application.region == call.region
            && account.is_none_or(|account| account == world.organization.management_account)
            && provider.is_none_or(|arn| arn == application.provider.arn(&call.switches))
            && !(call.switches.application_not_listed && application.made_in_console)
    };
    let listed = world.applications.iter().filter(is_listed);
    page(
        call,
        "Applications",
        PAGE,
        listed.map(|application| description(world, application, call)),
    )
}

pub fn describe(world: &PracticeState, call: &Call) -> CallResult {
    Ok(description(world, application(world, call)?, call))
}

/// `CreateApplication`. Supports only OAuth 2.0, because SAML applications can be created only in
/// the console.
pub fn create(world: &mut PracticeState, call: &Call) -> CallResult {
    instance(world, call)?;
    let name = call.bounded_text("Name", 100)?;
    let description = call.optional_bounded_text("Description", 128)?;
    let provider = call.text("ApplicationProviderArn")?;
    if !provider.starts_with("arn:aws:sso::aws:applicationProvider/") {
        let constraint = "Member must be the ARN of an application provider";
        return Err(constraint_error("ApplicationProviderArn", constraint));
    }
    if provider != Provider::CustomOauth.arn(&call.switches) {
        return Err(unsupported_error("application provider", provider));
    }
    let application = Application {
        name: name.to_owned(),
        description: description.unwrap_or_default().to_owned(),
        enabled: call.optional_text("Status")? != Some("DISABLED"),
        ..world.new_application(Provider::CustomOauth, &call.switches, call.now)
    };
    let output = json!({
        "ApplicationArn": world.application_arn(&application),
        "InstanceArn": world.instance.arn(),
        "IdentityStoreArn": identity_store_arn(world),
    });
    world.applications.push(application);
    Ok(output)
}

fn description(world: &PracticeState, application: &Application, call: &Call) -> Value {
    let mut output = json!({
        "ApplicationArn": world.application_arn(application),
        "ApplicationProviderArn": application.provider.arn(&call.switches),
        "Name": application.name,
        "ApplicationAccount": world.organization.management_account,
        "InstanceArn": world.instance.arn(),
        "IdentityStoreArn": identity_store_arn(world),
        "Status": status(application.enabled),
        "PortalOptions": {
            "SignInOptions": {"Origin": "IDENTITY_CENTER"},
            "Visibility": "ENABLED",
        },
        "CreatedDate": time(application.created_at),
    });
    if !call.switches.created_from_missing {
        output["CreatedFrom"] = json!(application.region);
    }
    if !application.description.is_empty() {
        output["Description"] = json!(application.description);
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aws::operation::tests::{call, call_with_switches},
        settings::Switches,
        world::REGION,
    };

    fn names(world: &mut PracticeState, switches: &Switches) -> Vec<String> {
        let instance = json!({"InstanceArn": world.instance.arn()});
        let target = "SWBExternalService.ListApplications";
        let output = call_with_switches(world, switches, target, &instance).unwrap();
        let listed = output["Applications"].as_array().unwrap();
        listed.iter().map(|application| application["Name"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn submitted_application_is_listed_unless_hidden() {
        let mut world = PracticeState::seeded(0);
        let id = world.open_draft(
            Provider::CustomSaml,
            REGION,
            &Switches::default(),
            world.instance.created_at,
        );
        world.application_mut(&id).unwrap().name = "nOps".to_owned();
        assert!(!names(&mut world, &Switches::default()).contains(&"nOps".to_owned()));
        assert!(world.submit_draft(&id));
        assert!(names(&mut world, &Switches::default()).contains(&"nOps".to_owned()));
        let hidden = Switches { application_not_listed: true, ..Switches::default() };
        let listed = names(&mut world, &hidden);
        assert!(!listed.contains(&"nOps".to_owned()));
        assert_eq!(listed.len(), 5, "seeded applications stay listed");
    }

    #[test]
    fn api_does_not_create_saml_applications() {
        let mut world = PracticeState::seeded(0);
        let before = world.clone();
        let input = json!({
            "InstanceArn": world.instance.arn(),
            "ApplicationProviderArn": Provider::CustomSaml.arn(&Switches::default()),
            "Name": "nOps",
        });
        let refusal = call(&mut world, "SWBExternalService.CreateApplication", &input).unwrap_err();
        assert_eq!(refusal.kind, "ValidationException");
        assert_eq!(world, before);
    }
}
