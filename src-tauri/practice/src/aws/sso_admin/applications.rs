//! Customer managed applications. The API lists all of them, but creates only OAuth ones.

use serde_json::{Value, json};

use super::{
    super::{
        error::Failure,
        input::{Input, null, unfit},
        operation::{Answer, Context, time},
        paging::page,
    },
    application, arn_of, identity_store_arn, instance,
};
use crate::world::{Application, Provider, REGION, World};

/// Maximum page size, even if `MaxResults` is larger.
const PAGE: usize = 50;

/// `ListApplications`.
pub(in crate::aws) fn list(world: &World, input: &Input, context: &Context<'_>) -> Answer {
    instance(world, input)?;
    let filter = input.optional_structure("Filter")?;
    let (account, provider) = match &filter {
        None => (None, None),
        Some(filter) => (
            filter.optional_text("ApplicationAccount")?,
            filter.optional_text("ApplicationProvider")?,
        ),
    };
    let of_account = account.is_none_or(|account| account == world.organization.management_account);
    let listed = world
        .applications
        .iter()
        .filter(|_| of_account)
        .filter(|application| {
            provider.is_none_or(|arn| arn == application.provider.arn(context.switches))
        })
        .filter(|application| {
            !(context.switches.application_not_listed && application.made_in_console)
        });
    page(input, "Applications", PAGE, listed.map(|application| shown(world, application, context)))
}

/// `DescribeApplication`.
pub(in crate::aws) fn describe(world: &World, input: &Input, context: &Context<'_>) -> Answer {
    Ok(shown(world, application(world, input)?, context))
}

/// `CreateApplication`, for OAuth 2.0 only. SAML applications can only be created in the console.
pub(in crate::aws) fn create(world: &mut World, input: &Input, context: &Context<'_>) -> Answer {
    instance(world, input)?;
    let name = input.bounded_text("Name", 100)?.ok_or_else(|| null("Name"))?;
    let description = input.bounded_text("Description", 128)?;
    let provider = input.text("ApplicationProviderArn")?;
    if !provider.starts_with("arn:aws:sso::aws:applicationProvider/") {
        let constraint = "Member must be the ARN of an application provider";
        return Err(unfit("ApplicationProviderArn", constraint));
    }
    if provider != Provider::CustomOauth.arn(context.switches) {
        return Err(Failure::validation(format!(
            "The application provider with arn '{provider}' is not supported for this action."
        )));
    }
    let mut application =
        world.new_application(Provider::CustomOauth, context.switches.opaque_tokens, context.now);
    application.name = name.to_owned();
    application.description = description.unwrap_or_default().to_owned();
    application.enabled = input.optional_text("Status")? != Some("DISABLED");
    let output = json!({
        "ApplicationArn": arn_of(world, &application),
        "InstanceArn": world.instance.arn(),
        "IdentityStoreArn": identity_store_arn(world),
    });
    world.applications.push(application);
    Ok(output)
}

fn shown(world: &World, application: &Application, context: &Context<'_>) -> Value {
    let mut shown = json!({
        "ApplicationArn": arn_of(world, application),
        "ApplicationProviderArn": application.provider.arn(context.switches),
        "Name": application.name,
        "ApplicationAccount": world.organization.management_account,
        "InstanceArn": world.instance.arn(),
        "IdentityStoreArn": identity_store_arn(world),
        "Status": if application.enabled { "ENABLED" } else { "DISABLED" },
        "PortalOptions": {
            "SignInOptions": {"Origin": "IDENTITY_CENTER"},
            "Visibility": "ENABLED",
        },
        "CreatedDate": time(application.created_at),
        "CreatedFrom": REGION,
    });
    if !application.description.is_empty() {
        shown["Description"] = json!(application.description);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        aws::operation::tests::{call, call_with},
        settings::Switches,
    };

    fn names(world: &mut World, switches: &Switches) -> Vec<String> {
        let instance = json!({"InstanceArn": world.instance.arn()});
        let target = "SWBExternalService.ListApplications";
        let output = call_with(world, switches, target, &instance).unwrap();
        let listed = output["Applications"].as_array().unwrap();
        listed.iter().map(|application| application["Name"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn submitted_application_is_listed_unless_hidden() {
        let mut world = World::seeded(0);
        let id = world.open_draft(&Switches::default(), world.instance.created_at);
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
        let mut world = World::seeded(0);
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
