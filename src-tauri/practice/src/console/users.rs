//! *Users*: the list of users, the page of a user, and *Add user*.

use axum::response::Redirect;
use jiff::Timestamp;
use maud::{Markup, html};

use super::{PathId, page, path, redirect, status};
use crate::{
    pages::{
        Fields, Page, PageError, PageResult, action, form, input, notice, saved, table, value,
    },
    state::AppState,
    world::{Email, Invitation, Mail, MailLink, PracticeState, User},
};

/// The fields on the *Add user* page, with their labels.
const FIELDS: [(&str, &str); 5] = [
    ("user_name", "Username"),
    ("email", "Email address"),
    ("given_name", "First name"),
    ("family_name", "Last name"),
    ("display_name", "Display name"),
];

pub async fn list(shared: AppState) -> Page {
    let users = shared.read(|world| world.users.clone());
    let rows = html! {
        @for user in &users {
            tr {
                td { a href=(path(&format!("users/{}", user.id))) { (user.user_name) } }
                td { (user.display_name) }
                td { (user.email_address().unwrap_or("–")) }
                td { (status(user.enabled)) }
            }
        }
    };
    let body = html! {
        p { a href=(path("users/add")) { "Add user" } }
        (table(&["Username", "Display name", "Primary email", "Status"], rows))
    };
    page("Users", body)
}

pub async fn details(shared: AppState, PathId(id): PathId, query: Fields) -> PageResult {
    let message = html! {
        @if query.has("saved") { (saved("The changes were saved.")) }
    };
    user_page(&shared, &id, message)
}

/// Enables or disables a user.
pub async fn set_status(
    shared: AppState,
    PathId(id): PathId,
    fields: Fields,
) -> PageResult<Redirect> {
    change_user(&shared, &id, |user| user.enabled = fields.is_on("enabled"))?;
    Ok(redirect(&format!("users/{id}")))
}

/// Handles *Edit*, which can change all of a user's details except the user name.
pub async fn edit(shared: AppState, PathId(id): PathId, fields: Fields) -> PageResult<Redirect> {
    change_user(&shared, &id, |user| {
        fields.fill([
            ("given_name", &mut user.given_name),
            ("family_name", &mut user.family_name),
            ("display_name", &mut user.display_name),
        ]);
        if fields.has("email") {
            user.email = email(fields.one("email").trim());
        }
    })?;
    Ok(redirect(&format!("users/{id}?saved")))
}

/// Handles *Reset password*, which shows a one-time password.
pub async fn reset_password(shared: AppState, PathId(id): PathId) -> PageResult {
    let drawn = shared.change(|world| world.draw_hex(10))?;
    let password = format!("Practice-{drawn}");
    change_user(&shared, &id, |user| {
        user.password = Some(password.clone());
        user.password_is_one_time = true;
    })?;
    let shown = html! {
        (notice("Password reset. The one-time password is shown once; it has to be changed when it is first used."))
        dl { (value("One-time password", "one-time-password", &password)) }
    };
    user_page(&shared, &id, shown)
}

/// Handles *Send invitation*, which emails a link for setting a password.
pub async fn invite(shared: AppState, PathId(id): PathId) -> PageResult {
    let text = match shared.change(|world| send_invitation(world, &id, shared.now()))? {
        Some(address) => {
            format!("An invitation was sent to {address}. It expires after seven days.")
        }
        None => "This user has no primary email, so no invitation can be sent.".to_owned(),
    };
    user_page(&shared, &id, notice(&text))
}

/// Shows the empty *Add user* form.
pub async fn add_page() -> Page {
    new_user_page(&Fields::default(), None)
}

/// Handles *Add user*, which creates the user and emails an invitation.
pub async fn add(shared: AppState, fields: Fields) -> PageResult<Redirect> {
    let refused = |text: &str| PageError::bad_request(new_user_page(&fields, Some(text)));
    if let Some(label) = fields.first_blank(&FIELDS) {
        return Err(refused(&format!("{label} is required.")));
    }
    // A value that was copied from a table may end with a tab.
    let typed = |name| fields.one(name).trim();
    let now = shared.now();
    let id = shared.try_change(|world| {
        let taken = world.find_user(typed("user_name")).is_some()
            || world.users.iter().any(|user| user.email_address() == Some(typed("email")));
        if taken {
            return Err(refused("A user with this username or email address already exists."));
        }
        let user = User {
            user_name: typed("user_name").to_owned(),
            display_name: typed("display_name").to_owned(),
            given_name: typed("given_name").to_owned(),
            family_name: typed("family_name").to_owned(),
            email: email(typed("email")),
            ..world.new_user(now)
        };
        let id = user.id.clone();
        world.users.push(user);
        send_invitation(world, &id, now);
        Ok(id)
    })?;
    Ok(redirect(&format!("users/{id}")))
}

/// Sends an invitation and returns the recipient's address.
fn send_invitation(world: &mut PracticeState, id: &str, now: Timestamp) -> Option<String> {
    let token = world.draw_hex(32);
    let (portal, host) = (world.portal_address(), world.portal_host());
    let user = world.user_mut(id)?;
    let to = user.email_address()?.to_owned();
    let body = vec![
        format!("Hello {},", user.display_name),
        "Your administrator has invited you to access IAM Identity Center.".to_owned(),
        format!("Your AWS access portal URL: https://{portal}"),
        format!("Your username: {}", user.user_name),
        "This invitation expires in seven days.".to_owned(),
    ];
    user.invitation = Some(Invitation { token: token.clone(), sent_at: now });
    world.mails.push(Mail {
        to: to.clone(),
        from: "no-reply@login.awsapps.com".to_owned(),
        subject: "Invitation to join AWS IAM Identity Center (successor to AWS Single Sign-On)"
            .to_owned(),
        body,
        link: Some(MailLink {
            words: "Accept invitation".to_owned(),
            link: format!("https://{host}/start/invitation/{token}"),
        }),
        sent_at: now,
    });
    Some(to)
}

fn email(address: &str) -> Option<Email> {
    (!address.is_empty()).then(|| Email::work_address(address))
}

fn change_user(shared: &AppState, id: &str, change: impl FnOnce(&mut User)) -> PageResult<()> {
    shared.try_change(|world| {
        let user = world.user_mut(id).ok_or(PageError::NotFound("user"))?;
        change(user);
        user.updated_at = shared.now();
        user.revision += 1;
        Ok(())
    })
}

/// Renders a user's page with `message` at the top.
fn user_page(shared: &AppState, id: &str, message: Markup) -> PageResult {
    let user = shared.read(|world| world.user(id).cloned()).ok_or(PageError::NotFound("user"))?;
    let to = |page: &str| path(&format!("users/{id}/{page}"));
    let (switch, enabled) =
        if user.enabled { ("Disable user access", "off") } else { ("Enable user access", "on") };
    let email = user.email_address().unwrap_or_default();
    let body = html! {
        (message)
        dl {
            (value("Username", "user-name", &user.user_name))
            (value("User ID", "user-id", id))
            (value("Primary email", "primary-email", email))
            (value("Status", "status", status(user.enabled)))
        }
        (action(&to("reset-password"), "Reset password", &[]))
        (action(&to("invite"), "Send invitation", &[]))
        (action(&to("status"), switch, &[("enabled", enabled)]))
        h2 { "Edit" }
        (form(&to("edit"), "Save changes", html! {
            (input("Email address", "email", email))
            (input("First name", "given_name", &user.given_name))
            (input("Last name", "family_name", &user.family_name))
            (input("Display name", "display_name", &user.display_name))
        }))
    };
    Ok(page(&user.display_name, body))
}

fn new_user_page(fields: &Fields, refusal: Option<&str>) -> Page {
    let body = html! {
        @if let Some(text) = refusal { (notice(text)) }
        (form(&path("users/add"), "Add user", html! {
            @for (name, label) in FIELDS { (input(label, name, fields.one(name))) }
            p .hint { "An email with the invitation is sent to this user." }
        }))
    };
    page("Add user", body)
}
