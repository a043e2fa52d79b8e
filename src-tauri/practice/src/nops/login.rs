//! nOps's own password sign-in, which *Domain* and *Enforce* can block.

use axum::{
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::{Html, IntoResponse, Response},
};
use maud::html;

use super::{SsoLinks, acs::welcome_page, path};
use crate::{
    pages::{Failure, Fields, SignedInTo, Site, input, page_at, password, set_session},
    state::AppState,
    world::{NopsOrganization, NopsUser, PASSWORD, SignedIn},
};

const WRONG: &str = "The email address or the password is not right.";
const ENFORCED: &str = "Your organization requires SSO login for this domain.";

/// Shows the sign-in form.
pub(super) async fn page(State(shared): State<AppState>) -> Html<String> {
    form(&shared, None)
}

/// Handles one sign-in attempt.
pub(super) async fn sign_in(
    State(shared): State<AppState>,
    fields: Fields,
) -> Result<Response, Failure> {
    let now = shared.now();
    let (email, typed) = (fields.one("email"), fields.one("password"));
    let attempt = shared.change(|world| {
        let by_sso_alone = shared.switches.sso_at_once && world.nops.sso_enabled;
        let user = match by_sso_alone {
            true => return Err(ENFORCED),
            false => admit(&world.nops, email, typed)?,
        };
        Ok::<_, &str>((world.sign_in(SignedIn::Nops(email.to_owned()), now), user))
    })?;
    Ok(match attempt {
        Ok((session, user)) => {
            let cookie = set_session(&shared, SignedInTo::Nops, &session)?;
            ([(SET_COOKIE, cookie)], welcome_page(&user)).into_response()
        }
        Err(words) => (StatusCode::FORBIDDEN, form(&shared, Some(words))).into_response(),
    })
}

/// Returns the user if the password is correct and SSO isn't enforced for the user's domain.
fn admit(nops: &NopsOrganization, email: &str, typed: &str) -> Result<NopsUser, &'static str> {
    let user = nops.user(email).ok_or(WRONG)?;
    if is_enforced(nops, email) {
        return Err(ENFORCED);
    }
    match &user.password {
        Some(password) if password == typed => Ok(user.clone()),
        _ => Err(WRONG),
    }
}

fn is_enforced(nops: &NopsOrganization, email: &str) -> bool {
    let domain = email.rsplit_once('@').map(|(_, domain)| domain).unwrap_or_default();
    let enforced = |sso: &crate::world::NopsSso| {
        sso.enforce && sso.domain.trim().trim_start_matches('@').eq_ignore_ascii_case(domain)
    };
    nops.sso_enabled && nops.sso.as_ref().is_some_and(enforced)
}

fn form(shared: &AppState, refusal: Option<&str>) -> Html<String> {
    let by_sso = shared.read(|world| {
        let is_set_up = world.nops.sso_enabled && world.nops.sso.is_some();
        is_set_up.then(|| SsoLinks::of(shared, world).shareable())
    });
    let by_sso = by_sso.and_then(|link| shared.local(&link));
    let body = html! {
        @if let Some(words) = refusal { pre #error { (words) } }
        form method="post" action=(path("login")) {
            (input("Email", "email", ""))
            (password("Password", "password"))
            button type="submit" { "Sign in" }
        }
        @if let Some(address) = by_sso { p { a href=(address) { "Sign in with SSO" } } }
        p .hint { "dana.whitfield@example.com and ops@example.net have the password " code { (PASSWORD) } "." }
    };
    page_at(Site::Nops, "Sign in to nOps", body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{NopsSso, World};

    #[test]
    fn enforce_blocks_only_the_configured_domain() {
        let mut nops = World::seeded(1).nops;
        assert_eq!(
            admit(&nops, "dana.whitfield@example.com", PASSWORD).unwrap().name,
            "Dana Whitfield"
        );
        assert_eq!(admit(&nops, "dana.whitfield@example.com", "no"), Err(WRONG));
        nops.sso_enabled = true;
        nops.sso =
            Some(NopsSso { enforce: true, domain: "example.com".to_owned(), ..NopsSso::default() });
        assert_eq!(admit(&nops, "dana.whitfield@example.com", PASSWORD), Err(ENFORCED));
        assert!(admit(&nops, "ops@example.net", PASSWORD).is_ok());
    }
}
