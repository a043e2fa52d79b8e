//! Sign-in at the access portal: by password, by emailed code, or by invitation.

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{Html, IntoResponse, Redirect, Response},
};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::path;
use crate::{
    pages::{
        self, Failure, Fields, SignedInTo, Site, input, notice, page_at, session_id, set_session,
    },
    state::AppState,
    world::{Mail, PASSWORD, SignedIn, World},
};

/// Lifetime of an invitation.
const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);
const WRONG: &str = "Something doesn't compute. We couldn't verify your sign-in credentials.";

/// Renders the sign-in form. `next` is the path to open afterwards, from the server's root.
pub(super) fn page(shared: &AppState, next: &str, refusal: Option<&str>) -> Html<String> {
    let body = html! {
        @if let Some(words) = refusal { pre #error { (words) } }
        (form(shared, next, html! {
            (input("Username", "user_name", ""))
            (pages::password("Password", "password"))
        }, "Sign in"))
        p .hint {
            "Everybody here who has a password has the password " code { (PASSWORD) }
            ", for example dana.whitfield@example.com. People made by API have none: switch on Send email OTP in the "
            "console, then sign in with an empty password and read the code in the mailbox."
        }
    };
    page_at(Site::Portal, "Sign in", body)
}

/// Outcome of a sign-in attempt.
enum Attempt {
    SignedIn(String),
    NewPasswordNeeded,
    CodeSent,
    Refused(&'static str),
}

/// Handles a sign-in attempt.
pub(super) async fn sign_in(
    State(shared): State<AppState>,
    fields: Fields,
) -> Result<Response, Failure> {
    let now = shared.now();
    let next = match fields.one("next") {
        next if next.starts_with("/at/") => next.to_owned(),
        _ => path(&shared, "start"),
    };
    let attempt = shared.change(|world| attempt(world, &fields, now))?;
    Ok(match attempt {
        Attempt::SignedIn(session) => {
            let cookie = set_session(&shared, SignedInTo::Portal, &session)?;
            ([(SET_COOKIE, cookie)], Redirect::to(&next)).into_response()
        }
        Attempt::NewPasswordNeeded => new_password_page(&shared, &next, &fields).into_response(),
        Attempt::CodeSent => code_page(&shared, &next, &fields).into_response(),
        Attempt::Refused(words) => {
            (StatusCode::FORBIDDEN, page(&shared, &next, Some(words))).into_response()
        }
    })
}

/// Ends the session and redirects to the start page.
pub(super) async fn sign_out(
    State(shared): State<AppState>,
    headers: HeaderMap,
) -> Result<Redirect, Failure> {
    if let Some(session) = session_id(&shared, SignedInTo::Portal, &headers) {
        shared.change(|world| world.sign_out(&session))?;
    }
    Ok(Redirect::to(&path(&shared, "start")))
}

/// Shows the page that an invitation's link opens.
pub(super) async fn invitation(
    State(shared): State<AppState>,
    Path(token): Path<String>,
) -> Result<Html<String>, Failure> {
    let now = shared.now();
    let user_name = shared
        .read(|world| {
            let id = invited(world, &token, now)?;
            world.user(&id).map(|user| user.user_name.clone())
        })
        .ok_or(Failure::NotFound("invitation that is still open"))?;
    let body = html! {
        p { "Your username is " strong { (user_name) } "." }
        form method="post" action=(path(&shared, &format!("start/invitation/{token}"))) {
            (pages::password("New password", "new_password"))
            button type="submit" { "Accept invitation" }
        }
    };
    Ok(page_at(Site::Portal, "Accept invitation", body))
}

/// Accepts an invitation and sets the user's password.
pub(super) async fn accept(
    State(shared): State<AppState>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let now = shared.now();
    shared.try_change(|world| {
        let open = Failure::NotFound("invitation that is still open");
        let Some(id) = invited(world, &token, now) else {
            return Err(open);
        };
        let user = world.user_mut(&id).ok_or(open)?;
        if !fields.one("new_password").is_empty() {
            user.password = Some(fields.one("new_password").to_owned());
            user.password_is_one_time = false;
            user.invitation = None;
        }
        Ok(())
    })?;
    Ok(Redirect::to(&path(&shared, "start")))
}

fn invited(world: &World, token: &str, now: Timestamp) -> Option<String> {
    let open = |user: &&crate::world::User| {
        let invitation = user.invitation.as_ref();
        invitation.is_some_and(|open| {
            open.token == token && now.duration_since(open.sent_at) < INVITATION
        })
    };
    world.users.iter().find(open).map(|user| user.id.clone())
}

fn attempt(world: &mut World, fields: &Fields, now: Timestamp) -> Attempt {
    let Some(user) = world.user_named(fields.one("user_name")).filter(|user| user.enabled) else {
        return Attempt::Refused(WRONG);
    };
    let id = user.id.clone();
    let new_password = fields.one("new_password");
    let proven = match (&user.password, &user.email_code) {
        (Some(password), _) if password == fields.one("password") => {
            if !user.password_is_one_time {
                return Attempt::SignedIn(world.sign_in(SignedIn::Portal(id), now));
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
                Attempt::CodeSent
            }
            _ => Attempt::Refused(WRONG),
        };
    }
    if new_password.is_empty() {
        return Attempt::NewPasswordNeeded;
    }
    if let Some(user) = world.user_mut(&id) {
        user.password = Some(new_password.to_owned());
        user.password_is_one_time = false;
        user.email_code = None;
    }
    Attempt::SignedIn(world.sign_in(SignedIn::Portal(id), now))
}

fn send_code(world: &mut World, id: &str, to: String, now: Timestamp) {
    let code = world.draw_code();
    world.send(Mail {
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

fn new_password_page(shared: &AppState, next: &str, fields: &Fields) -> Html<String> {
    let kept = ["user_name", "password", "code"];
    let body = form(
        shared,
        next,
        html! {
            @for name in kept { input type="hidden" name=(name) value=(fields.one(name)); }
            (pages::password("New password", "new_password"))
        },
        "Set new password",
    );
    page_at(Site::Portal, "Set a new password", body)
}

fn code_page(shared: &AppState, next: &str, fields: &Fields) -> Html<String> {
    let body = html! {
        (notice("A verification code was sent to your primary email."))
        (form(shared, next, html! {
            input type="hidden" name="user_name" value=(fields.one("user_name"));
            (input("Verification code", "code", ""))
        }, "Sign in"))
    };
    page_at(Site::Portal, "Enter verification code", body)
}

fn form(shared: &AppState, next: &str, fields: Markup, words: &str) -> Markup {
    html! {
        form method="post" action=(path(shared, "start/sign-in")) {
            input type="hidden" name="next" value=(next);
            (fields)
            button type="submit" { (words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(query: &str) -> Fields {
        Fields::parse(query.as_bytes())
    }

    #[test]
    fn only_the_correct_password_signs_in() {
        let mut world = World::seeded(1);
        let right = attempt(
            &mut world,
            &typed("user_name=Dana.Whitfield%40example.com&password=practice-1"),
            Timestamp::UNIX_EPOCH,
        );
        assert!(matches!(right, Attempt::SignedIn(_)));
        for wrong in [
            "user_name=dana.whitfield%40example.com&password=no",
            "user_name=nobody&password=practice-1",
            "user_name=tortega&password=practice-1",
            "user_name=ivan.petrov%40example.com&password=",
        ] {
            assert!(
                matches!(
                    attempt(&mut world, &typed(wrong), Timestamp::UNIX_EPOCH),
                    Attempt::Refused(_)
                ),
                "{wrong}"
            );
        }
    }

    #[test]
    fn emailed_code_lets_user_set_a_password() {
        let mut world = World::seeded(1);
        world.instance.send_email_otp = true;
        let who = "user_name=ivan.petrov%40example.com";
        assert!(matches!(
            attempt(&mut world, &typed(who), Timestamp::UNIX_EPOCH),
            Attempt::CodeSent
        ));
        let code = world.mails[0].body[0].rsplit(' ').next().unwrap().to_owned();
        let with_code = format!("{who}&code={code}");
        assert!(matches!(
            attempt(&mut world, &typed(&format!("{who}&code=x")), Timestamp::UNIX_EPOCH),
            Attempt::Refused(_)
        ));
        assert!(matches!(
            attempt(&mut world, &typed(&with_code), Timestamp::UNIX_EPOCH),
            Attempt::NewPasswordNeeded
        ));
        assert!(matches!(
            attempt(
                &mut world,
                &typed(&format!("{with_code}&new_password=n")),
                Timestamp::UNIX_EPOCH
            ),
            Attempt::SignedIn(_)
        ));
        assert!(matches!(
            attempt(&mut world, &typed(&format!("{who}&password=n")), Timestamp::UNIX_EPOCH),
            Attempt::SignedIn(_)
        ));
    }
}
