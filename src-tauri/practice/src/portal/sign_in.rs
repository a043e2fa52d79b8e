//! Sign-in to the access portal with a password, an emailed code, or an invitation.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde_json::json;
use uuid::Uuid;

use super::{page, path};
use crate::{
    pages::{
        Fields, Page, PageError, PageResult, error, form, hidden, input, notice, password,
        set_session,
    },
    state::AppState,
    world::{Actor, Mail, PASSWORD, PracticeState, Service, SignedInUser, User},
};

const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);
const WRONG: &str = "Something doesn't compute. We couldn't verify your sign-in credentials.";

/// Renders the sign-in form. `next` is the path to open after sign-in, starting at the server's
/// root.
pub fn form_page(shared: &AppState, next: &str, refusal: Option<&str>) -> Page {
    let body = html! {
        @if let Some(text) = refusal { (error(text)) }
        (sign_in_form(shared, next, "Sign in", html! {
            (input("Username", "user_name", ""))
            (password("Password", "password"))
        }))
        p .hint {
            "All users with a password have the password " code { (PASSWORD) }
            ", for example dana.whitfield@example.com. Users created through the API have none: turn on Send email OTP in the "
            "console, then sign in with an empty password and read the code in the mailbox."
        }
    };
    page("Sign in", body)
}

enum SignInAttempt {
    SignedIn(String),
    NewPasswordNeeded,
    CodeSent,
    Refused(&'static str),
}

/// Handles a sign-in attempt.
pub async fn sign_in(shared: AppState, fields: Fields) -> PageResult<Response> {
    let next = match fields.one("next") {
        next if next.starts_with("/at/") => next.to_owned(),
        _ => path(&shared, "start"),
    };
    Ok(match shared.change(|world| attempt_sign_in(world, &fields, shared.now()))? {
        SignInAttempt::SignedIn(session) => {
            let cookie = set_session(&shared, "portal", &session)?;
            ([(SET_COOKIE, cookie)], Redirect::to(&next)).into_response()
        }
        SignInAttempt::NewPasswordNeeded => {
            new_password_page(&shared, &next, &fields).into_response()
        }
        SignInAttempt::CodeSent => code_page(&shared, &next, &fields).into_response(),
        SignInAttempt::Refused(text) => {
            (StatusCode::FORBIDDEN, form_page(&shared, &next, Some(text))).into_response()
        }
    })
}

/// Ends the session and redirects to the start page.
pub async fn sign_out(shared: AppState, headers: HeaderMap) -> PageResult<Redirect> {
    super::sign_out(&shared, &headers)?;
    Ok(Redirect::to(&path(&shared, "start")))
}

/// Shows the page that opens from the link in an invitation.
pub async fn show_invitation(shared: AppState, Path(token): Path<String>) -> PageResult {
    let user_name = shared.read(|world| {
        invited_user(world, &token, shared.now()).map(|user| user.user_name.clone())
    })?;
    let accept = path(&shared, &format!("start/invitation/{token}"));
    let body = html! {
        p { "Your username is " strong { (user_name) } "." }
        (form(&accept, "Accept invitation", password("New password", "new_password")))
    };
    Ok(page("Accept invitation", body))
}

/// Accepts an invitation and sets the user's password.
pub async fn accept_invitation(
    shared: AppState,
    Path(token): Path<String>,
    fields: Fields,
) -> PageResult<Redirect> {
    shared.try_change(|world| {
        let id = invited_user(world, &token, shared.now())?.id.clone();
        let new_password = fields.one("new_password");
        if let Some(user) = world.user_mut(&id).filter(|_| !new_password.is_empty()) {
            user.password = Some(new_password.to_owned());
            user.password_is_one_time = false;
            user.invitation = None;
        }
        Ok::<_, PageError>(())
    })?;
    Ok(Redirect::to(&path(&shared, "start")))
}

/// Returns the user whose invitation has this token and is still open.
fn invited_user<'w>(world: &'w PracticeState, token: &str, now: Timestamp) -> PageResult<&'w User> {
    let is_invited = |user: &&User| {
        user.invitation.as_ref().is_some_and(|invitation| {
            invitation.token == token && now.duration_since(invitation.sent_at) < INVITATION
        })
    };
    let user = world.users.iter().find(is_invited);
    user.ok_or_else(|| {
        let text = "It was used before or has expired. Sign in, or ask for a new invitation.";
        PageError::Other(
            StatusCode::NOT_FOUND,
            page("This invitation is no longer open", html! { p { (text) } }),
        )
    })
}

fn attempt_sign_in(world: &mut PracticeState, fields: &Fields, now: Timestamp) -> SignInAttempt {
    let outcome = decide_attempt(world, fields, now);
    log(world, fields, &outcome, now);
    outcome
}

/// Logs a sign-in attempt of an existing user in AWS's format (IAM Identity Center User Guide:
/// understanding sign-in events).
fn log(world: &mut PracticeState, fields: &Fields, outcome: &SignInAttempt, now: Timestamp) {
    let Some(id) = world.find_user(fields.one("user_name")).map(|user| user.id.clone()) else {
        return;
    };
    let is_code = matches!(outcome, SignInAttempt::CodeSent) || !fields.one("code").is_empty();
    let credential = if is_code { "EMAIL_OTP" } else { "PASSWORD" };
    let events = match outcome {
        SignInAttempt::SignedIn(_) => {
            &[("CredentialVerification", "Success"), ("UserAuthentication", "Success")][..]
        }
        SignInAttempt::NewPasswordNeeded => &[("CredentialVerification", "Success")],
        SignInAttempt::CodeSent => &[("CredentialChallenge", "Success")],
        SignInAttempt::Refused(_) => &[("CredentialVerification", "Failure")],
    };
    let workflow = Uuid::from_u64_pair(world.events.next(), 3).to_string();
    for (name, result) in events {
        let details = json!({
            "additionalEventData": {"AuthWorkflowID": workflow, "CredentialType": credential},
            "serviceEventDetails": {*name: result},
        });
        world.events.add(now, Service::SignIn, name, Actor::User(id.clone()), details);
    }
}

fn decide_attempt(world: &mut PracticeState, fields: &Fields, now: Timestamp) -> SignInAttempt {
    let Some(user) = world.find_user(fields.one("user_name")).filter(|user| user.enabled) else {
        return SignInAttempt::Refused(WRONG);
    };
    let id = user.id.clone();
    let new_password = fields.one("new_password");
    let proven = match (&user.password, &user.email_code) {
        (Some(password), _) if password == fields.one("password") => {
            if !user.password_is_one_time {
                return SignInAttempt::SignedIn(world.sign_in(SignedInUser::Portal(id)));
            }
            true
        }
        (None, Some(code)) => code == fields.one("code"),
        _ => false,
    };
    if !proven {
        return match (&user.password, user.email_address()) {
            (None, Some(address))
                if world.instance.send_email_otp && fields.one("code").is_empty() =>
            {
                let address = address.to_owned();
                send_code(world, &id, address, now);
                SignInAttempt::CodeSent
            }
            _ => SignInAttempt::Refused(WRONG),
        };
    }
    if new_password.is_empty() {
        return SignInAttempt::NewPasswordNeeded;
    }
    if let Some(user) = world.user_mut(&id) {
        user.password = Some(new_password.to_owned());
        user.password_is_one_time = false;
        user.email_code = None;
    }
    SignInAttempt::SignedIn(world.sign_in(SignedInUser::Portal(id)))
}

fn send_code(world: &mut PracticeState, id: &str, to: String, now: Timestamp) {
    let code = world.draw_code();
    world.mails.push(Mail {
        to,
        from: "no-reply@signin.aws".to_owned(),
        subject: "Your AWS access portal verification code".to_owned(),
        body: vec![format!("Verification code: {code}")],
        link: None,
        sent_at: now,
    });
    if let Some(user) = world.user_mut(id) {
        user.email_code = Some(code);
    }
}

fn new_password_page(shared: &AppState, next: &str, fields: &Fields) -> Page {
    let body = html! {
        @for name in ["user_name", "password", "code"] { (hidden(name, fields.one(name))) }
        (password("New password", "new_password"))
    };
    page("Set a new password", sign_in_form(shared, next, "Set new password", body))
}

fn code_page(shared: &AppState, next: &str, fields: &Fields) -> Page {
    let body = html! {
        (notice("A verification code was sent to your primary email."))
        (sign_in_form(shared, next, "Sign in", html! {
            (hidden("user_name", fields.one("user_name")))
            (input("Verification code", "code", ""))
        }))
    };
    page("Enter verification code", body)
}

fn sign_in_form(shared: &AppState, next: &str, button: &str, fields: Markup) -> Markup {
    form(&path(shared, "start/sign-in"), button, html! { (hidden("next", next)) (fields) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_in_fields(query: &str) -> Fields {
        Fields::parse(query.as_bytes())
    }

    #[test]
    fn only_the_correct_password_signs_in() {
        let mut world = PracticeState::seeded(1);
        let right = attempt_sign_in(
            &mut world,
            &sign_in_fields("user_name=Dana.Whitfield%40example.com&password=practice-1"),
            Timestamp::UNIX_EPOCH,
        );
        assert!(matches!(right, SignInAttempt::SignedIn(_)));
        for wrong in [
            "user_name=dana.whitfield%40example.com&password=no",
            "user_name=unknown&password=practice-1",
            "user_name=tortega&password=practice-1",
            "user_name=ivan.petrov%40example.com&password=",
        ] {
            assert!(
                matches!(
                    attempt_sign_in(&mut world, &sign_in_fields(wrong), Timestamp::UNIX_EPOCH),
                    SignInAttempt::Refused(_)
                ),
                "{wrong}"
            );
        }
    }

    #[test]
    fn emailed_code_lets_user_set_a_password() {
        let mut world = PracticeState::seeded(1);
        world.instance.send_email_otp = true;
        let who = "user_name=ivan.petrov%40example.com";
        assert!(matches!(
            attempt_sign_in(&mut world, &sign_in_fields(who), Timestamp::UNIX_EPOCH),
            SignInAttempt::CodeSent
        ));
        let code = world.mails[0].body[0].rsplit(' ').next().unwrap().to_owned();
        let with_code = format!("{who}&code={code}");
        assert!(matches!(
            attempt_sign_in(
                &mut world,
                &sign_in_fields(&format!("{who}&code=x")),
                Timestamp::UNIX_EPOCH
            ),
            SignInAttempt::Refused(_)
        ));
        assert!(matches!(
            attempt_sign_in(&mut world, &sign_in_fields(&with_code), Timestamp::UNIX_EPOCH),
            SignInAttempt::NewPasswordNeeded
        ));
        assert!(matches!(
            attempt_sign_in(
                &mut world,
                &sign_in_fields(&format!("{with_code}&new_password=n")),
                Timestamp::UNIX_EPOCH
            ),
            SignInAttempt::SignedIn(_)
        ));
        assert!(matches!(
            attempt_sign_in(
                &mut world,
                &sign_in_fields(&format!("{who}&password=n")),
                Timestamp::UNIX_EPOCH
            ),
            SignInAttempt::SignedIn(_)
        ));
    }
}
