//! Microsoft Entra ID's errors. Their numbers are the same in every language (Microsoft identity
//! platform: authentication and authorization error codes).

use super::{ErrorPattern, PatternMatch, error_pattern, number_after};
use crate::{Field::IdentitySource, RuleBasis::Documented};

const ENTRA: ErrorPattern = error_pattern("shown_entra", IdentitySource, Documented, &[]);

/// The kinds of errors, each with its numbers.
const NUMBERS: [(&str, &[u32]); 19] = [
    ("not_assigned", &[50105, 501_051]),
    ("no_application", &[50001, 70001, 500_011, 700_016]),
    ("application_disabled", &[500_014, 7_000_112]),
    ("reply_url", &[50011, 500_111, 500_112, 500_113, 75008]),
    ("request", &[75001, 75003, 75005, 90013, 90014, 750_054, 7_500_514, 7_500_525, 7_500_529]),
    ("method", &[75011]),
    ("name_id", &[75016]),
    ("no_user", &[50020, 50034, 51004, 90072, 500_208, 500_212]),
    ("password", &[50056, 50064, 50126]),
    ("password_expired", &[50055, 50133, 50135, 50144]),
    ("locked", &[50053]),
    ("user_disabled", &[50057]),
    ("mfa", &[50072, 50074, 50076, 50078, 50079, 50158, 50203, 53004, 500_121]),
    (
        "policy",
        &[50005, 50097, 50129, 50131, 53000, 53001, 53002, 53003, 53011, 530_003, 530_004, 530_032],
    ),
    ("signing_key", &[50003, 50007, 50146]),
    ("consent", &[65001, 65004, 90094, 650_052, 650_056, 650_057]),
    ("tenant", &[50059, 50107, 50128, 90002]),
    ("tenant_restrictions", &[500_021, 500_022]),
    ("session", &[16000, 50058, 50089, 50132, 50173, 50196, 70043, 70044, 165_900, 900_561]),
];

/// The kinds of Microsoft's pages that show no error number, each with the page's ID.
const PAGE_IDS: [(&str, &str); 3] = [
    ("policy", "convergedconditionalaccess"),
    ("mfa", "convergedproofup"),
    ("password_expired", "convergedchangepassword"),
];

/// Words on pages that show error numbers without `AADSTS`, such as the sign-in log and the
/// Conditional Access page.
const MICROSOFT: [&str; 7] = [
    "microsoft",
    "entra",
    "azure",
    "sign-in error code",
    "correlation id",
    "korrelations-id",
    "id de corrélation",
];

/// Labels of error numbers.
const LABELS: [&str; 7] = [
    "error code",
    "error code:",
    "errorcode:",
    "fehlercode:",
    "code d'erreur :",
    "error_codes\":[",
    "error=",
];

/// The kinds of Microsoft's pages that are recognized by their text.
const PAGE_TEXTS: [(&str, &str); 1] = [(
    "consent",
    "needs permission to access resources in your organization that only an admin can grant",
)];

/// Texts that identify Microsoft's sign-in pages.
const PAGES: [&str; 3] = ["login.microsoftonline.", "login.microsoft.com", "aadsts"];

/// Finds the Entra error. A page that repeats the error produces only one match.
pub(in crate::diagnosis) fn find(lower: &str) -> Option<PatternMatch> {
    let labeled = || {
        let is_microsoft = MICROSOFT.iter().any(|word| lower.contains(word));
        let mut numbers = LABELS.iter().filter_map(|label| number_after(lower, label));
        numbers.find(|number| is_microsoft && kind(number).is_some())
    };
    match number_after(lower, "aadsts").or_else(labeled) {
        Some(number) => Some(PatternMatch {
            pattern: ENTRA.kind(match kind(number) {
                Some("no_application" | "reply_url") if is_sent_by_nops(lower) => "direct",
                known => known.unwrap_or("other"),
            }),
            provider: "Entra ID",
            number: number.to_owned(),
        }),
        None => {
            let unnumbered = |pattern| PatternMatch {
                provider: "Entra ID",
                number: "none".to_owned(),
                ..PatternMatch::new(pattern)
            };
            let mut pages = PAGE_IDS.iter().chain(&PAGE_TEXTS);
            let page = pages.find(|(_, text)| lower.contains(text));
            let is_microsoft = || PAGES.iter().any(|page| lower.contains(page));
            match page {
                Some((kind, _)) => Some(unnumbered(ENTRA.kind(kind))),
                None => is_microsoft().then(|| unnumbered(ENTRA.kind("other").mark_vague())),
            }
        }
    }
}

fn kind(number: &str) -> Option<&'static str> {
    let number: u32 = number.parse().ok()?;
    NUMBERS.iter().find(|(_, numbers)| numbers.contains(&number)).map(|(kind, _)| *kind)
}

/// Returns whether the error says that the application is a nOps address. If so, nOps sent the user
/// to Entra instead of AWS.
fn is_sent_by_nops(lower: &str) -> bool {
    ["'https://", "\"https://"].iter().any(|quoted| {
        lower.match_indices(quoted).any(|(at, _)| {
            let rest = &lower[at + quoted.len()..];
            rest.split(['/', '\'', '"', ' ']).next().is_some_and(|host| host.ends_with("nops.io"))
        })
    })
}
