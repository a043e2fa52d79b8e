//! Recognizes samples from help pages. They are links with a placeholder instead of the user's own
//! ID.

pub(super) fn placeholder(text: &str) -> Option<String> {
    if !text.contains("://") && !text.starts_with("arn:") {
        return None;
    }
    bracketed(text, "<", ">")
        .or_else(|| bracketed(text, "{", "}"))
        .or_else(|| bracketed(text, "[", "]"))
        .or_else(|| bracketed(text, "%3C", "%3E"))
        .or_else(|| repeated_letter(text))
        .or_else(|| find_generic_word(text))
}

/// Finds a name in brackets, at most 40 bytes long.
fn bracketed(text: &str, open: &str, close: &str) -> Option<String> {
    let start = text.find(open)?;
    let length = text[start + open.len()..].find(close)?;
    let inside = &text[start + open.len()..][..length];
    let named = !inside.is_empty()
        && inside.len() <= 40
        && inside.chars().all(|c| c.is_alphanumeric() || " -_.:".contains(c));
    named.then(|| format!("{open}{inside}{close}"))
}

/// Finds a word of four or more `X`, `Y`, `Z` or `*` characters, which no ID contains.
fn repeated_letter(text: &str) -> Option<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '*'))
        .find(|word| {
            word.len() >= 4
                && word.starts_with(['X', 'Y', 'Z', 'x', 'y', 'z', '*'])
                && word.chars().all(|c| word.starts_with(c))
        })
        .map(str::to_owned)
}

/// Finds a generic word in place of an ID, such as `your-id`.
fn find_generic_word(text: &str) -> Option<String> {
    const PLACES: [&str; 5] =
        ["/sso/v1/", "/saml/assertion/", "/saml/logout/", "/saml/metadata/", "://portal.sso."];
    let after = |place: &&str| {
        let (_, rest) = text.split_once(*place)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        match *place {
            "://portal.sso." => rest[..end].split('.').next(),
            _ => Some(&rest[..end]),
        }
    };
    let account = || text.strip_prefix("arn:")?.split(':').nth(3);
    PLACES
        .iter()
        .filter_map(after)
        .chain(account())
        .find(|word| is_stand_in(word))
        .map(str::to_owned)
}

fn is_stand_in(word: &str) -> bool {
    const WORDS: [&str; 11] = [
        "account",
        "accountid",
        "accountnumber",
        "example",
        "id",
        "organization",
        "region",
        "sample",
        "tenant",
        "token",
        "uuid",
    ];
    let plain: String =
        word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let nothing = plain.len() == 32 && plain.bytes().all(|b| b == b'0');
    nothing
        || word.starts_with(['$', ':'])
        || (plain.starts_with("your") && !plain.bytes().any(|b| b.is_ascii_digit()))
        || WORDS.contains(&plain.as_str())
}
