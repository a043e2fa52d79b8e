//! nOps's own password sign-in, which *Domain* and *Enforce* can block.

use axum::{http::StatusCode, response::Response};
use maud::html;

use super::{SsoLinks, acs::signed_in, path};
use crate::{
    pages::{Fields, Page, PageError, PageResult, error, form, input, password},
    state::AppState,
    world::{NopsOrganization, NopsUser, PASSWORD, SignedInUser},
};

const WRONG: &str = "The email address or the password is not right.";
const ENFORCED: &str = "Your organization requires SSO login for this domain.";

/// Shows the sign-in form.
pub async fn page(shared: AppState) -> Page {
    form_page(&shared, None)
}

/// Handles a sign-in attempt.
pub async fn sign_in(shared: AppState, fields: Fields) -> PageResult<Response> {
    let (email, typed) = (fields.one("email"), fields.one("password"));
    let attempt = shared.change(|world| {
        if shared.switches.sso_at_once && world.nops.sso_enabled {
            return Err(ENFORCED);
        }
        let user = check_password(&world.nops, email, typed)?;
        Ok((world.sign_in(SignedInUser::Nops(email.to_owned())), user))
    })?;
    let refused = |text| PageError::Other(StatusCode::FORBIDDEN, form_page(&shared, Some(text)));
    let (session, user) = attempt.map_err(refused)?;
    signed_in(&shared, &session, &user)
}

/// Returns the user if the password is correct and SSO isn't enforced for the user's domain.
fn check_password(
    nops: &NopsOrganization,
    email: &str,
    typed: &str,
) -> Result<NopsUser, &'static str> {
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
    nops.active_sso().is_some_and(|sso| {
        sso.enforce && sso.domain.trim().trim_start_matches('@').eq_ignore_ascii_case(domain)
    })
}

fn form_page(shared: &AppState, refusal: Option<&str>) -> Page {
    let sso_address = shared.read(|world| {
        world.nops.active_sso()?;
        shared.local(&SsoLinks::from_state(shared, world).shareable())
    });
    let body = html! {
        @if let Some(text) = refusal { (error(text)) }
        (form(&path("login"), "Sign in", html! {
            (input("Email", "email", ""))
            (password("Password", "password"))
        }))
        @if let Some(address) = sso_address { p { a href=(address) { "Sign in with SSO" } } }
        p .hint { "dana.whitfield@example.com and ops@example.net have the password " code { (PASSWORD) } "." }
    };
    super::page("Sign in to nOps", body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{NopsSso, PracticeState};

    #[test]
    fn enforce_blocks_only_the_configured_domain() {
        let mut nops = PracticeState::seeded(1).nops;
        assert_eq!(
            check_password(&nops, "dana.whitfield@example.com", PASSWORD).unwrap().name,
            "Dana Whitfield"
        );
        assert_eq!(check_password(&nops, "dana.whitfield@example.com", "no"), Err(WRONG));
        nops.sso_enabled = true;
        nops.sso =
            Some(NopsSso { enforce: true, domain: "example.com".to_owned(), ..NopsSso::default() });
        assert_eq!(check_password(&nops, "dana.whitfield@example.com", PASSWORD), Err(ENFORCED));
        assert!(check_password(&nops, "ops@example.net", PASSWORD).is_ok());
    }
}
