//! Users. When the API creates a user, the user has no password and gets no email.

use serde_json::{Value, json};

use super::{
    LONG, PAGE, bare_id, check_not_reserved, check_store, filter, unique_attribute, with_ids,
};
use crate::{
    aws::{ApiError, Call, CallInput, CallResult, Result, constraint_error, page, status, time},
    world::{Email, PracticeState, User},
};

pub fn create(world: &mut PracticeState, call: &Call) -> CallResult {
    check_store(world, call)?;
    let user_name = call.bounded_text("UserName", 128)?;
    let display_name = call.bounded_text("DisplayName", LONG)?;
    let name = call.structure("Name")?;
    let given_name = name.bounded_text("GivenName", LONG)?;
    let family_name = name.bounded_text("FamilyName", LONG)?;
    let email = email(call)?;
    check_not_reserved("UserName", user_name)?;
    if user_name.chars().any(char::is_whitespace) {
        return Err(constraint_error("UserName", "Member must have no white space"));
    }
    if world.find_user(user_name).is_some() {
        return Err(ApiError::not_unique("Duplicate UserName"));
    }
    if let Some(email) = &email
        && with_email(world, &email.value).is_some()
    {
        return Err(ApiError::not_unique("Duplicate Email"));
    }

    let mut other =
        call.other_members(&["IdentityStoreId", "UserName", "DisplayName", "Name", "Emails"]);
    let names = name.other_members(&["GivenName", "FamilyName"]);
    if !names.is_empty() {
        other.insert("Name".to_owned(), Value::Object(names));
    }
    let user = User {
        user_name: user_name.to_owned(),
        display_name: display_name.to_owned(),
        given_name: given_name.to_owned(),
        family_name: family_name.to_owned(),
        email,
        other,
        ..world.new_user(call.now)
    };
    let revision = json!({"Revision": user.revision.to_string()});
    let output = with_ids(world, "User", &user.id, revision);
    world.users.push(user);
    Ok(output)
}

/// `DeleteUser`. Removes the memberships, but not the assignments, as AWS does.
pub fn delete(world: &mut PracticeState, call: &Call) -> CallResult {
    let id = user_from_input(world, call)?.id.clone();
    world.users.retain(|user| user.id != id);
    world.memberships.retain(|membership| membership.user != id);
    Ok(json!({}))
}

pub fn describe(world: &PracticeState, call: &Call) -> CallResult {
    Ok(description(world, user_from_input(world, call)?, call))
}

pub fn list(world: &PracticeState, call: &Call) -> CallResult {
    check_store(world, call)?;
    let wanted = filter(call, "UserName")?;
    let listed = world
        .users
        .iter()
        .filter(|user| wanted.as_ref().is_none_or(|name| user.user_name == *name))
        .map(|user| description(world, user, call));
    page(call, "Users", PAGE, listed)
}

/// `GetUserId`. Finds a user by `userName` or `emails.value`.
pub fn id(world: &PracticeState, call: &Call) -> CallResult {
    check_store(world, call)?;
    let (path, value) = unique_attribute(call)?;
    let user = match path.to_lowercase().as_str() {
        "username" => world.find_user(&value),
        "emails.value" => with_email(world, &value),
        _ => {
            return Err(ApiError::validation(format!(
                "{path} isn't a unique attribute of a user."
            )));
        }
    };
    let user = user.ok_or_else(|| ApiError::missing("USER", &value))?;
    Ok(with_ids(world, "User", &user.id, json!({})))
}

/// Returns the user identified by `UserId`.
fn user_from_input<'w>(world: &'w PracticeState, input: &CallInput) -> Result<&'w User> {
    check_store(world, input)?;
    find_existing_user(world, input)
}

/// Returns the user identified by `MemberId`.
pub fn user_from_member_id<'w>(world: &'w PracticeState, input: &CallInput) -> Result<&'w User> {
    find_existing_user(world, &input.structure("MemberId")?)
}

fn find_existing_user<'w>(world: &'w PracticeState, input: &CallInput) -> Result<&'w User> {
    let id = bare_id(input, "UserId")?;
    world.user(id).ok_or_else(|| ApiError::missing("USER", id))
}

fn with_email<'w>(world: &'w PracticeState, address: &str) -> Option<&'w User> {
    let wanted = address.to_lowercase();
    world
        .users
        .iter()
        .find(|user| user.email_address().is_some_and(|email| email.to_lowercase() == wanted))
}

fn email(input: &CallInput) -> Result<Option<Email>> {
    match input.structures("Emails")?.as_slice() {
        [] => Ok(None),
        [email] => Ok(Some(Email {
            value: email.bounded_text("Value", LONG)?.to_owned(),
            kind: email.optional_bounded_text("Type", LONG)?.map(str::to_owned),
            primary: email.value("Primary").and_then(Value::as_bool).unwrap_or_default(),
        })),
        _ => Err(constraint_error("Emails", "Member must have length less than or equal to 1")),
    }
}

fn description(world: &PracticeState, user: &User, call: &Call) -> Value {
    let mut output = Value::Object(user.other.clone());
    output["Revision"] = json!(user.revision.to_string());
    output["UserName"] = json!(user.user_name);
    output["Name"]["GivenName"] = json!(user.given_name);
    output["Name"]["FamilyName"] = json!(user.family_name);
    output["DisplayName"] = json!(user.display_name);
    output["UserStatus"] = status(user.enabled);
    output["CreatedAt"] = time(user.created_at);
    output["UpdatedAt"] = time(user.updated_at);
    if call.switches.other_scim_issuer {
        output["ExternalIds"] = json!([{"Issuer": "https://scim.example.com/", "Id": user.id}]);
    }
    if let Some(email) = &user.email {
        let mut address = json!({"Value": email.value, "Primary": email.primary});
        if let Some(kind) = &email.kind {
            address["Type"] = json!(kind);
        }
        output["Emails"] = json!([address]);
    }
    with_ids(world, "User", &user.id, output)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::operation::tests::call;

    fn person(world: &PracticeState) -> Value {
        json!({
            "IdentityStoreId": world.instance.identity_store_id,
            "UserName": "ana@example.com",
            "DisplayName": "Ana Lima",
            "Name": {"GivenName": "Ana", "FamilyName": "Lima"},
            "Emails": [{"Value": "ana@example.com", "Primary": true}],
        })
    }

    fn rejection_reason(change: impl FnOnce(&mut Value)) -> &'static str {
        let mut world = PracticeState::seeded(0);
        let before = world.clone();
        let mut input = person(&world);
        change(&mut input);
        let refusal = call(&mut world, "AWSIdentityStore.CreateUser", &input).unwrap_err();
        assert_eq!(world, before, "a refused call changes nothing");
        refusal.kind
    }

    #[test]
    fn api_user_has_no_password_and_no_email() {
        let mut world = PracticeState::seeded(0);
        let input = person(&world);
        call(&mut world, "AWSIdentityStore.CreateUser", &input).unwrap();
        let user = world.find_user("ana@example.com").unwrap();
        assert_eq!(user.password, None);
        assert_eq!(user.invitation, None);
        assert_eq!(world.mails, []);
    }

    #[test]
    fn taken_values_conflict_case_insensitively() {
        let taken = "Dana.Whitfield@example.com";
        assert_eq!(rejection_reason(|input| input["UserName"] = json!(taken)), "ConflictException");
        assert_eq!(
            rejection_reason(|input| input["Emails"][0]["Value"] = json!(taken)),
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
            assert_eq!(rejection_reason(change), "ValidationException");
        }
        assert_eq!(
            rejection_reason(|input| input["UserName"] = json!(7)),
            "SerializationException"
        );
    }
}
