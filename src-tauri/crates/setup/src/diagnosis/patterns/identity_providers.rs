//! The errors of external identity providers other than Microsoft. These errors stop a sign-in
//! before it reaches AWS.

use super::{ErrorPattern, PatternMatch, error_pattern, number_after};
use crate::{
    Field::IdentitySource,
    RuleBasis::{Documented, Inferred, Seen},
};

const fn okta(kind: &'static str, texts: &'static [&'static str]) -> ErrorPattern {
    error_pattern("shown_okta", IdentitySource, Seen, texts).kind(kind)
}

const fn google(kind: &'static str, texts: &'static [&'static str]) -> ErrorPattern {
    error_pattern("shown_google", IdentitySource, Documented, texts).kind(kind)
}

const fn other_provider_pattern(
    kind: &'static str,
    texts: &'static [&'static str],
) -> ErrorPattern {
    error_pattern("shown_identity_provider", IdentitySource, Inferred, texts).kind(kind)
}

/// Google's codes are from *SAML app error messages* (Google Workspace Admin Help), and Okta's
/// texts are from its knowledge base. A code is listed before any shorter code that it starts with.
const PATTERNS: &[ErrorPattern] = &[
    okta(
        "not_assigned",
        &[
            "403 & app not assigned",
            "not assigned to the client application",
            "okta & not assigned",
            "okta & user attempted unauthorized access to app",
        ],
    ),
    okta(
        "nonsuccess",
        &["general_nonsuccess", "unable to transform email to username", "okta & user via idp"],
    ),
    okta(
        "policy",
        &[
            "not allowed to access this app. to request access, contact an admin",
            "permission to access the feature you are requesting",
            "okta & policy evaluation failed",
            "okta & access_denied",
            "okta & access denied",
            "okta & access forbidden",
        ],
    ),
    okta(
        "saml",
        &[
            "okta & unable to process saml",
            "okta & unable to validate incoming saml",
            "okta & bad saml request",
            "okta & invalid saml",
        ],
    ),
    okta("locked", &["okta & locked out", "okta & account is locked", "okta & account locked"]),
    okta("password", &["okta & unable to sign in", "okta & authentication failed"]),
    okta("not_found", &["okta & 404", "okta & page not found", "okta & not found"]),
    google("for_user", &["app_not_configured_for_user", "google & not configured for this user"]),
    google("not_enabled", &["app_not_enabled_for_user", "app_not_enabled"]),
    google("not_configured", &["app_not_configured", "saml_invalid_sp_id", "invalid_sp_id"]),
    google("idp_id", &["invalid_idp_id", "invalid idpid"]),
    google("acs", &["google & acs url"]),
    google("name_id", &["saml_invalid_user_id_mapping"]),
    google("duplicate", &["duplicate entity id"]),
    google("denied", &["deny_access", "google & access_denied"]),
    google("certificate", &["google & malformed certificate", "malformed_certificate"]),
    google(
        "request",
        &["google & unable to parse", "google & invalid_request", "google & unable to process"],
    ),
    other_provider_pattern("loop", &["msis7042", "same client browser session has made"]),
    other_provider_pattern(
        "no_application",
        &[
            "unknown login requester",
            "login requester not enabled",
            "is not registered for use with this service",
        ],
    ),
    other_provider_pattern("unsigned", &["we are sorry... & invalid requester"]),
    other_provider_pattern(
        "not_assigned",
        &["onelogin & do not have access", "jumpcloud & not authorized"],
    ),
    okta("other", &["okta.com", "oktapreview.com", "okta-emea.com", "by okta"]).mark_vague(),
    google("other", &["accounts.google.", "google workspace", "google admin"]).mark_vague(),
    other_provider_pattern("not_assigned", &["account is not assigned", "account isn't assigned"])
        .mark_vague(),
    other_provider_pattern("not_assigned", &["you do not have access to this application"])
        .mark_vague(),
    other_provider_pattern(
        "other",
        &["unknown identity provider", "identity provider returned an error"],
    )
    .mark_vague(),
];

/// How AD FS's activity IDs start, in every language.
const ACTIVITY: &str = "00000000-0000-0000-";
const ACTIVITY_LENGTH: usize = 36;

/// Patterns that don't name their provider.
const UNMARKED: [(&str, &str); 2] =
    [("shown_identity_provider", "not_assigned"), ("shown_identity_provider", "other")];

/// The kinds of Okta's numbered errors, each with its numbers (Okta developer documentation: error
/// codes).
const OKTA_NUMBERS: [(&str, &[u32]); 6] = [
    ("password", &[4, 87]),
    ("locked", &[69, 119]),
    ("password_expired", &[64]),
    ("session", &[5, 11]),
    ("not_found", &[7]),
    ("mfa", &[68, 82]),
];

/// The names of other identity providers, and words from their pages.
const PROVIDERS: [(&str, &[&str]); 12] = [
    ("OneLogin", &["onelogin.com", "onelogin.net"]),
    ("JumpCloud", &["jumpcloud"]),
    ("Ping Identity", &["pingone", "pingidentity", "pingfederate", "sign on error"]),
    ("Auth0", &["auth0.com", "auth0"]),
    ("Keycloak", &["keycloak", "we are sorry...", "login requester"]),
    ("AD FS", &["adfs", "active directory federation", "relying party:", ACTIVITY]),
    ("Duo", &["duosecurity.com", "duo security", "duo central"]),
    ("CyberArk", &["cyberark", "idaptive"]),
    ("Shibboleth", &["shibboleth", "is not registered for use with this service"]),
    ("authentik", &["authentik"]),
    ("Cloudflare Access", &["cloudflareaccess.com"]),
    ("Rippling", &["rippling"]),
];

/// Finds the errors of identity providers. If nothing in the text identifies a provider, the text
/// counts only if the users come from an external provider (`is_external`).
pub(super) fn find(lower: &str, is_external: bool) -> Vec<PatternMatch> {
    let mut found = Vec::new();
    if let Some(number) = number_after(lower, "e0000") {
        let parsed = number.parse::<u32>().ok();
        let kind =
            OKTA_NUMBERS.iter().find(|(_, numbers)| parsed.is_some_and(|n| numbers.contains(&n)));
        found.push(PatternMatch {
            number: format!("E0000{number}"),
            ..PatternMatch::new(okta(kind.map_or("other", |(kind, _)| *kind), &[]))
        });
    }
    found.extend(
        PATTERNS.iter().filter(|one| one.occurs_in(lower)).map(|one| PatternMatch::new(*one)),
    );
    let provider = provider(lower);
    if provider.is_none() && !is_external {
        found.retain(|one| !UNMARKED.contains(&(one.pattern.code, one.pattern.kind)));
    }
    if let Some(provider) = provider {
        found.push(PatternMatch::new(other_provider_pattern("other", &[]).mark_vague()));
        for one in &mut found {
            one.provider = provider;
        }
    }
    if let Some(number) = number_after(lower, "msis") {
        let kind = match number {
            "7042" => "loop",
            "7007" => "no_application",
            _ => "other",
        };
        found.retain(|one| one.pattern.code != "shown_identity_provider");
        found.push(PatternMatch {
            provider: "AD FS",
            number: format!("MSIS{number}"),
            ..PatternMatch::new(other_provider_pattern(kind, &[]))
        });
    }
    // AD FS's pages show only the ID of the log entry.
    let activity = lower.find(ACTIVITY).and_then(|at| lower.get(at..at + ACTIVITY_LENGTH));
    for one in &mut found {
        if let Some(id) = activity.filter(|_| one.provider == "AD FS" && one.number.is_empty()) {
            one.number = format!("Activity ID {id}");
        }
        if one.number.is_empty() {
            one.number = "none".to_owned();
        }
    }
    found
}

fn provider(lower: &str) -> Option<&'static str> {
    // nOps's likely SAML library is `onelogin.saml2`, so the word `onelogin` alone doesn't identify
    // OneLogin.
    let is_named = |words: &&[&str]| words.iter().any(|word| lower.contains(word));
    PROVIDERS.iter().find(|(_, words)| is_named(words)).map(|(name, _)| *name)
}
