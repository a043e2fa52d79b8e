//! *Users*: the list, a user's page, and *Add user*.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{page, path};
use crate::{
    pages::{Failure, Fields, action, input, notice, value},
    state::AppState,
    world::{Email, Invitation, Mail, MailLink, User, World},
};

pub(super) async fn list(State(shared): State<AppState>) -> Html<String> {
    let users = shared.read(|world| world.users.clone());
    let body = html! {
        p { a href=(path("users/add")) { "Add user" } }
        table {
            thead { tr { th { "Username" } th { "Display name" } th { "Primary email" } th { "Status" } } }
            tbody {
                @for user in &users {
                    tr {
                        td { a href=(path(&format!("users/{}", user.id))) { (user.user_name) } }
                        td { (user.display_name) }
                        td { (user.email_address().unwrap_or("–")) }
                        td { (status(user)) }
                    }
                }
            }
        }
    };
    page("Users", body)
}

pub(super) async fn details(
    State(shared): State<AppState>,
    Path(id): Path<String>,
) -> Result<Html<String>, Failure> {
    let user = find(&shared, &id)?;
    Ok(user_page(&user, None))
}

/// Enables or disables a user.
pub(super) async fn set_status(
    State(shared): State<AppState>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    change(&shared, &id, |user| user.enabled = fields.is_on("enabled"))?;
    Ok(to_user(&id))
}

/// *Edit*: changes a user's details, except the user name.
pub(super) async fn edit(
    State(shared): State<AppState>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    change(&shared, &id, |user| {
        let texts = [
            ("given_name", &mut user.given_name),
            ("family_name", &mut user.family_name),
            ("display_name", &mut user.display_name),
        ];
        for (name, place) in texts {
            if fields.has(name) {
                fields.one(name).clone_into(place);
            }
        }
        if fields.has("email") {
            user.email = email(fields.one("email"));
        }
    })?;
    Ok(to_user(&id))
}

/// *Reset password*: shows a one-time password.
pub(super) async fn reset_password(
    State(shared): State<AppState>,
    Path(id): Path<String>,
) -> Result<Html<String>, Failure> {
    let drawn = shared.change(|world| world.draw_hex(10))?;
    let password = format!("Practice-{drawn}");
    change(&shared, &id, |user| {
        user.password = Some(password.clone());
        user.password_is_one_time = true;
    })?;
    let shown = html! {
        (notice("Password reset. The one-time password is shown once; it has to be changed when it is first used."))
        dl { (value("One-time password", "one-time-password", &password)) }
    };
    Ok(user_page(&find(&shared, &id)?, Some(shown)))
}

/// *Send invitation*: emails a link for setting a password.
pub(super) async fn invite(
    State(shared): State<AppState>,
    Path(id): Path<String>,
) -> Result<Html<String>, Failure> {
    let now = shared.now();
    let sent = shared.try_change(|world| {
        world.user(&id).ok_or(Failure::NotFound("user"))?;
        Ok::<_, Failure>(send_invitation(world, &id, now))
    })?;
    let words = match sent {
        Some(address) => {
            format!("An invitation was sent to {address}. It expires after seven days.")
        }
        None => "This user has no primary email, so no invitation can be sent.".to_owned(),
    };
    Ok(user_page(&find(&shared, &id)?, Some(notice(&words))))
}

/// Shows the empty *Add user* form.
pub(super) async fn add_page() -> Html<String> {
    new_user_page(&Fields::default(), None)
}

/// *Add user*: creates the user and emails an invitation.
pub(super) async fn add(
    State(shared): State<AppState>,
    fields: Fields,
) -> Result<Response, Failure> {
    let labels = [
        ("user_name", "Username"),
        ("email", "Email address"),
        ("given_name", "First name"),
        ("family_name", "Last name"),
        ("display_name", "Display name"),
    ];
    let empty = labels.iter().find(|(name, _)| fields.one(name).trim().is_empty());
    if let Some((_, label)) = empty {
        return Ok(refused(&fields, &format!("{label} is required.")));
    }
    let now = shared.now();
    let made = shared.try_change(|world| {
        let taken = world.user_named(fields.one("user_name")).is_some()
            || world.users.iter().any(|user| user.email_address() == Some(fields.one("email")));
        if taken {
            return Ok::<_, Failure>(None);
        }
        let user = new_user(world, &fields, now);
        let id = user.id.clone();
        world.users.push(user);
        send_invitation(world, &id, now);
        Ok(Some(id))
    })?;
    Ok(match made {
        Some(id) => to_user(&id).into_response(),
        None => refused(&fields, "A user with this username or email address already exists."),
    })
}

fn new_user(world: &mut World, fields: &Fields, now: Timestamp) -> User {
    User {
        user_name: fields.one("user_name").to_owned(),
        display_name: fields.one("display_name").to_owned(),
        given_name: fields.one("given_name").to_owned(),
        family_name: fields.one("family_name").to_owned(),
        email: email(fields.one("email")),
        ..world.new_user(now)
    }
}

/// Sends an invitation and returns the recipient's address.
fn send_invitation(world: &mut World, id: &str, now: Timestamp) -> Option<String> {
    let token = world.draw_hex(32);
    let portal = world.portal_host();
    let user = world.user_mut(id)?;
    let to = user.email_address()?.to_owned();
    let body = vec![
        format!("Hello {},", user.display_name),
        "Your administrator has invited you to access IAM Identity Center.".to_owned(),
        format!("Your AWS access portal URL: https://{portal}/start"),
        format!("Your username: {}", user.user_name),
        "This invitation expires in seven days.".to_owned(),
    ];
    user.invitation = Some(Invitation { token: token.clone(), sent_at: now });
    world.send(Mail {
        to: to.clone(),
        from: "no-reply@login.awsapps.com".to_owned(),
        subject: "Invitation to join AWS IAM Identity Center (successor to AWS Single Sign-On)"
            .to_owned(),
        body,
        link: Some(MailLink {
            words: "Accept invitation".to_owned(),
            link: format!("https://{portal}/start/invitation/{token}"),
        }),
        sent_at: now,
    });
    Some(to)
}

fn email(address: &str) -> Option<Email> {
    (!address.is_empty()).then(|| Email::work(address))
}

fn find(shared: &AppState, id: &str) -> Result<User, Failure> {
    shared.read(|world| world.user(id).cloned()).ok_or(Failure::NotFound("user"))
}

fn change(shared: &AppState, id: &str, alter: impl FnOnce(&mut User)) -> Result<(), Failure> {
    let now = shared.now();
    shared.try_change(|world| {
        let user = world.user_mut(id).ok_or(Failure::NotFound("user"))?;
        alter(user);
        user.updated_at = now;
        user.revision += 1;
        Ok(())
    })
}

fn to_user(id: &str) -> Redirect {
    Redirect::to(&path(&format!("users/{id}")))
}

fn status(user: &User) -> &'static str {
    if user.enabled { "Enabled" } else { "Disabled" }
}

fn user_page(user: &User, above: Option<Markup>) -> Html<String> {
    let to = |page: &str| path(&format!("users/{}/{page}", user.id));
    let switch =
        if user.enabled { ("Disable user access", "off") } else { ("Enable user access", "on") };
    let body = html! {
        @if let Some(above) = above { (above) }
        dl {
            (value("Username", "user-name", &user.user_name))
            (value("User ID", "user-id", &user.id))
            (value("Primary email", "primary-email", user.email_address().unwrap_or_default()))
            (value("Status", "status", status(user)))
        }
        (action(&to("reset-password"), "Reset password", &[]))
        (action(&to("invite"), "Send invitation", &[]))
        (action(&to("status"), switch.0, &[("enabled", switch.1)]))
        h2 { "Edit" }
        form method="post" action=(to("edit")) {
            (input("Email address", "email", user.email_address().unwrap_or_default()))
            (input("First name", "given_name", &user.given_name))
            (input("Last name", "family_name", &user.family_name))
            (input("Display name", "display_name", &user.display_name))
            button type="submit" { "Save changes" }
        }
    };
    page(&user.display_name, body)
}

fn refused(fields: &Fields, words: &str) -> Response {
    (StatusCode::BAD_REQUEST, new_user_page(fields, Some(words))).into_response()
}

fn new_user_page(fields: &Fields, refusal: Option<&str>) -> Html<String> {
    let body = html! {
        @if let Some(words) = refusal { (notice(words)) }
        form method="post" action=(path("users/add")) {
            (input("Username", "user_name", fields.one("user_name")))
            (input("Email address", "email", fields.one("email")))
            (input("First name", "given_name", fields.one("given_name")))
            (input("Last name", "family_name", fields.one("family_name")))
            (input("Display name", "display_name", fields.one("display_name")))
            p .hint { "An email with the invitation is sent to this user." }
            button type="submit" { "Add user" }
        }
    };
    page("Add user", body)
}
