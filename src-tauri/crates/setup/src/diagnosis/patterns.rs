//! The texts of error pages and messages, and the cause of each.

mod aws;
mod entra;
mod identity_providers;
mod nops;

pub(super) use entra::find as find_entra;

use std::collections::BTreeSet;

use crate::{Field, RuleBasis};

/// An error pattern: the texts to find, the finding's code, and the field to fix.
#[derive(Clone, Copy)]
pub(super) struct ErrorPattern {
    /// Lowercase texts with plain apostrophes and single spaces. A text with ` & ` matches only if
    /// all parts are found.
    texts: &'static [&'static str],
    pub(super) code: &'static str,
    /// Selects the variant of the message.
    pub(super) kind: &'static str,
    pub(super) field: Field,
    pub(super) basis: RuleBasis,
    /// The pattern also matches other errors, so it's used only if no specific pattern matches.
    vague: bool,
    /// This pattern explains the whole error, so other patterns in the text are ignored.
    alone: bool,
}

/// A pattern that was found, and the details from the text.
pub(super) struct PatternMatch {
    pub(super) pattern: ErrorPattern,
    /// The external identity provider's name.
    pub(super) provider: &'static str,
    /// The identity provider's error number.
    pub(super) number: String,
}

/// Returns the patterns in the text, starting with the most likely cause. The order is the same as
/// in a sign-in: identity providers, AWS, nOps. Returns a cause only once if several patterns match
/// it. The text must be in lowercase. `is_external` means that the users come, or may come, from an
/// external identity provider.
pub(super) fn find(lower: &str, is_external: bool) -> Vec<PatternMatch> {
    let mut found: Vec<PatternMatch> = entra::find(lower).into_iter().collect();
    found.extend(identity_providers::find(lower, is_external));
    let patterns = aws::PATTERNS.iter().chain(nops::PATTERNS);
    found.extend(
        patterns
            .filter(|pattern| pattern.occurs_in(lower))
            .map(|pattern| PatternMatch::new(*pattern)),
    );
    if found.iter().any(|one| one.pattern.alone) {
        found.retain(|one| one.pattern.alone);
    } else if found.iter().any(|one| !one.pattern.vague) {
        found.retain(|one| !one.pattern.vague);
    } else {
        // General texts on one page have the same cause, so keep only the first, which says most.
        found.truncate(1);
    }
    if NOT_SAVED.iter().all(|field| found.iter().any(|one| one.is_setting_of(*field))) {
        found.retain(|one| !NOT_SAVED.iter().any(|field| one.is_setting_of(*field)));
        found.push(PatternMatch::new(nops::NOT_SAVED));
    }
    let mut causes = BTreeSet::new();
    found.retain(|one| causes.insert((one.pattern.code, one.pattern.field)));
    found
}

/// If all these settings are missing, nOps hasn't saved anything.
const NOT_SAVED: [Field; 3] = [Field::NopsIssuerUrl, Field::NopsSsoEndpoint, Field::NopsX509];

impl PatternMatch {
    fn is_setting_of(&self, field: Field) -> bool {
        self.pattern.code == "shown_setting" && self.pattern.field == field
    }

    fn new(pattern: ErrorPattern) -> Self {
        Self { pattern, provider: "", number: String::new() }
    }
}

impl ErrorPattern {
    fn occurs_in(&self, lower: &str) -> bool {
        self.texts.iter().any(|text| text.split(" & ").all(|part| lower.contains(part)))
    }

    const fn mark_vague(self) -> Self {
        Self { vague: true, ..self }
    }

    const fn alone(self) -> Self {
        Self { alone: true, ..self }
    }

    const fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }
}

const fn error_pattern(
    code: &'static str,
    field: Field,
    basis: RuleBasis,
    texts: &'static [&'static str],
) -> ErrorPattern {
    ErrorPattern { texts, code, kind: "", field, basis, vague: false, alone: false }
}

/// Returns the digits after `prefix`. At most one space or hyphen may come before the digits.
fn number_after<'a>(lower: &'a str, prefix: &str) -> Option<&'a str> {
    lower.match_indices(prefix).find_map(|(at, _)| {
        let rest = &lower[at + prefix.len()..];
        let rest = rest.strip_prefix([' ', '-', ':']).unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        (3..=9).contains(&end).then(|| &rest[..end])
    })
}
