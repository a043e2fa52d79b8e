//! Users. Users created through the API have no password and get no email.

use serde_json::{Map, Value, json};

use super::{
    super::{
        error::Failure,
        input::{Input, null, unfit},
        operation::{Answer, Context, time},
        paging::page,
    },
    PAGE, arn, bare_id, check_store, filter, unique_attribute,
};
use crate::world::{Email, User, World};

/// User names that AWS reserves.
const RESERVED: [&str; 2] = ["Administrator", "AWSAdministrators"];
/// Maximum length of most attributes.
const LONG: usize = 1024;

/// `CreateUser`.
pub(in crate::aws) fn create(world: &mut World, input: &Input, context: &Context<'_>) -> Answer {
    check_store(world, input)?;
    let user_name = input.bounded_text("UserName", 128)?.ok_or_else(|| null("UserName"))?;
    let display_name =
        input.bounded_text("DisplayName", LONG)?.ok_or_else(|| null("DisplayName"))?;
    let name = input.structure("Name")?;
    let given_name = name.bounded_text("GivenName", LONG)?.ok_or_else(|| null("GivenName"))?;
    let family_name = name.bounded_text("FamilyName", LONG)?.ok_or_else(|| null("FamilyName"))?;
    let email = email(input)?;
    if RESERVED.contains(&user_name) {
        return Err(unfit("UserName", "Member must not be a reserved name"));
    }
    if user_name.chars().any(char::is_whitespace) {
        return Err(unfit("UserName", "Member must have no white space"));
    }
    if world.user_named(user_name).is_some() {
        return Err(Failure::taken("Duplicate UserName"));
    }
    if let Some(email) = &email
        && with_email(world, &email.value).is_some()
    {
        return Err(Failure::taken("Duplicate Email"));
    }

    let mut other = input.others(&["IdentityStoreId", "UserName", "DisplayName", "Name", "Emails"]);
    let names = name.others(&["GivenName", "FamilyName"]);
    if !names.is_empty() {
        other.insert("Name".to_owned(), Value::Object(names));
    }
    let user = User {
        id: world.draw_principal_id(),
        user_name: user_name.to_owned(),
        display_name: display_name.to_owned(),
        given_name: given_name.to_owned(),
        family_name: family_name.to_owned(),
        email,
        enabled: true,
        password: None,
        password_is_one_time: false,
        invitation: None,
        email_code: None,
        created_at: context.now,
        updated_at: context.now,
        revision: 1,
        other,
    };
    let output = json!({
        "IdentityStoreId": world.instance.identity_store_id,
        "UserId": user.id,
        "UserArn": arn("user", &user.id),
        "Revision": user.revision.to_string(),
    });
    world.users.push(user);
    Ok(output)
}

/// `DeleteUser`. Removes the memberships, but not the assignments, as AWS does.
pub(in crate::aws) fn delete(world: &mut World, input: &Input, _: &Context<'_>) -> Answer {
    let id = named(world, input)?.id.clone();
    world.users.retain(|user| user.id != id);
    world.memberships.retain(|membership| membership.user != id);
    Ok(json!({}))
}

/// `DescribeUser`.
pub(in crate::aws) fn describe(world: &World, input: &Input, context: &Context<'_>) -> Answer {
    Ok(shown(world, named(world, input)?, context))
}

/// `ListUsers`.
pub(in crate::aws) fn list(world: &World, input: &Input, context: &Context<'_>) -> Answer {
    check_store(world, input)?;
    let wanted = filter(input, "UserName")?;
    let listed = world
        .users
        .iter()
        .filter(|user| wanted.as_ref().is_none_or(|name| user.user_name == *name))
        .map(|user| shown(world, user, context));
    page(input, "Users", PAGE, listed)
}

/// `GetUserId`, by `userName` or `emails.value`.
pub(in crate::aws) fn id(world: &World, input: &Input, _: &Context<'_>) -> Answer {
    check_store(world, input)?;
    let (path, value) = unique_attribute(input)?;
    let user = match path.to_lowercase().as_str() {
        "username" => world.user_named(&value),
        "emails.value" => with_email(world, &value),
        _ => {
            return Err(Failure::validation(format!("{path} is no unique attribute of a user.")));
        }
    };
    let user = user.ok_or_else(|| Failure::missing("USER", &value))?;
    Ok(json!({
        "IdentityStoreId": world.instance.identity_store_id,
        "UserId": user.id,
        "UserArn": arn("user", &user.id),
    }))
}

/// Returns the user of the member `UserId`.
pub(super) fn named<'w>(world: &'w World, input: &Input) -> Result<&'w User, Failure> {
    check_store(world, input)?;
    existing(world, bare_id(input, "UserId")?)
}

/// Returns the user of the member `MemberId`.
pub(super) fn member<'w>(world: &'w World, input: &Input) -> Result<&'w User, Failure> {
    let member = input.structure("MemberId")?;
    existing(world, bare_id(&member, "UserId")?)
}

fn existing<'w>(world: &'w World, id: &str) -> Result<&'w User, Failure> {
    world.user(id).ok_or_else(|| Failure::missing("USER", id))
}

fn with_email<'w>(world: &'w World, address: &str) -> Option<&'w User> {
    let wanted = address.to_lowercase();
    world
        .users
        .iter()
        .find(|user| user.email_address().is_some_and(|email| email.to_lowercase() == wanted))
}

fn email(input: &Input) -> Result<Option<Email>, Failure> {
    let emails = input.structures("Emails")?;
    match emails.as_slice() {
        [] => Ok(None),
        [email] => Ok(Some(Email {
            value: email.bounded_text("Value", LONG)?.ok_or_else(|| null("Value"))?.to_owned(),
            kind: email.bounded_text("Type", LONG)?.map(str::to_owned),
            primary: email.value("Primary").and_then(Value::as_bool).unwrap_or_default(),
        })),
        _ => Err(unfit("Emails", "Member must have length less than or equal to 1")),
    }
}

fn shown(world: &World, user: &User, context: &Context<'_>) -> Value {
    let mut shown = user.other.clone();
    let mut name = match shown.remove("Name") {
        Some(Value::Object(name)) => name,
        _ => Map::new(),
    };
    name.insert("GivenName".to_owned(), json!(user.given_name));
    name.insert("FamilyName".to_owned(), json!(user.family_name));
    let members = [
        ("IdentityStoreId", json!(world.instance.identity_store_id)),
        ("UserId", json!(user.id)),
        ("UserArn", json!(arn("user", &user.id))),
        ("Revision", json!(user.revision.to_string())),
        ("UserName", json!(user.user_name)),
        ("Name", Value::Object(name)),
        ("DisplayName", json!(user.display_name)),
        ("UserStatus", json!(if user.enabled { "ENABLED" } else { "DISABLED" })),
        ("CreatedAt", time(user.created_at)),
        ("UpdatedAt", time(user.updated_at)),
    ];
    shown.extend(members.map(|(member, value)| (member.to_owned(), value)));
    if context.switches.other_scim_issuer {
        let id = json!([{"Issuer": "https://scim.example.com/", "Id": user.id}]);
        shown.insert("ExternalIds".to_owned(), id);
    }
    if let Some(email) = &user.email {
        let mut address = json!({"Value": email.value, "Primary": email.primary});
        if let Some(kind) = &email.kind {
            address["Type"] = json!(kind);
        }
        shown.insert("Emails".to_owned(), json!([address]));
    }
    Value::Object(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::operation::tests::call;

    fn person(world: &World) -> Value {
        json!({
            "IdentityStoreId": world.instance.identity_store_id,
            "UserName": "ana@example.com",
            "DisplayName": "Ana Lima",
            "Name": {"GivenName": "Ana", "FamilyName": "Lima"},
            "Emails": [{"Value": "ana@example.com", "Primary": true}],
        })
    }

    fn refusal_of(change: impl FnOnce(&mut Value)) -> &'static str {
        let mut world = World::seeded(0);
        let before = world.clone();
        let mut input = person(&world);
        change(&mut input);
        let refusal = call(&mut world, "AWSIdentityStore.CreateUser", &input).unwrap_err();
        assert_eq!(world, before, "a refused call changes nothing");
        refusal.kind
    }

    #[test]
    fn api_user_has_no_password_and_no_email() {
        let mut world = World::seeded(0);
        let input = person(&world);
        call(&mut world, "AWSIdentityStore.CreateUser", &input).unwrap();
        let user = world.user_named("ana@example.com").unwrap();
        assert_eq!(user.password, None);
        assert_eq!(user.invitation, None);
        assert_eq!(world.mails, []);
    }

    #[test]
    fn taken_values_conflict_case_insensitively() {
        let taken = "Dana.Whitfield@example.com";
        assert_eq!(refusal_of(|input| input["UserName"] = json!(taken)), "ConflictException");
        assert_eq!(
            refusal_of(|input| input["Emails"][0]["Value"] = json!(taken)),
            "ConflictException"
        );
    }

    #[test]
    fn invalid_input_is_refused() {
        let changes: [fn(&mut Value); 7] = [
            |input| input["UserName"] = Value::Null,
            |input| input["UserName"] = json!(""),
            |input| input["UserName"] = json!("AWSAdministrators"),
            |input| input["UserName"] = json!("ana lima"),
            |input| input["DisplayName"] = Value::Null,
            |input| input["Name"] = json!({"GivenName": "Ana"}),
            |input| {
                input["Emails"] = json!([{"Value": "a@example.com"}, {"Value": "b@example.com"}])
            },
        ];
        for change in changes {
            assert_eq!(refusal_of(change), "ValidationException");
        }
        assert_eq!(refusal_of(|input| input["UserName"] = json!(7)), "SerializationException");
    }
}
