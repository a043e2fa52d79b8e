//! Removes what a clipboard adds around a value, and doesn't change anything else.

/// Cleaned-up text, and how many characters of each kind were removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanedText {
    pub text: String,
    /// Zero-width and other invisible characters removed from the ends.
    pub invisible: u32,
    /// Quotation marks and brackets removed from around the value.
    pub quotes: u32,
    /// White space removed from the ends, or from a link that was wrapped onto several lines.
    pub space: u32,
    /// Characters removed from around the only link in the text, such as a label, a sentence or a
    /// tag.
    pub around: u32,
    /// Invisible characters inside the value. They aren't removed.
    pub invisible_inside: u32,
}

impl CleanedText {
    /// Returns whether nothing was removed.
    pub fn is_untouched(&self) -> bool {
        self.invisible == 0 && self.quotes == 0 && self.space == 0 && self.around == 0
    }
}

pub(super) fn clean_up(text: &str) -> CleanedText {
    let mut cleanups = CleanedText::default();
    let mut rest = text;
    // Removing one layer can expose another layer, such as a quoted sentence or a space before a
    // period.
    loop {
        let before = rest;
        rest = trim_matching_ends(rest, is_invisible, &mut cleanups.invisible);
        rest = trim_matching_ends(rest, char::is_whitespace, &mut cleanups.space);
        rest = take_quotes(rest, &mut cleanups.quotes);
        if rest != before {
            continue;
        }
        if let Some(link) = lone_link(rest) {
            cleanups.around += count(rest.chars()) - count(link.chars());
            rest = link;
        }
        rest = without_final_mark(rest, &mut cleanups.around);
        if rest == before {
            break;
        }
    }
    cleanups.text = join_lines(rest, &mut cleanups.space);
    cleanups.invisible_inside = count(cleanups.text.chars().filter(|c| is_invisible(*c)));
    cleanups
}

fn trim_matching_ends<'a>(text: &'a str, which: impl Fn(char) -> bool, taken: &mut u32) -> &'a str {
    let kept = text.trim_matches(which);
    // Count only if something was removed, because long text is trimmed many times.
    if kept.len() == text.len() {
        return text;
    }
    *taken = taken.saturating_add(count(text.chars()) - count(kept.chars()));
    kept
}

fn take_quotes<'a>(text: &'a str, taken: &mut u32) -> &'a str {
    const PAIRS: [(char, char); 10] = [
        ('(', ')'),
        ('"', '"'),
        ('\'', '\''),
        ('`', '`'),
        ('“', '”'),
        ('„', '“'),
        ('‘', '’'),
        ('«', '»'),
        ('”', '”'),
        ('<', '>'),
    ];
    for (open, close) in PAIRS {
        if let Some(inside) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            *taken = taken.saturating_add(2);
            return inside;
        }
    }
    // If the selection started or ended one character off, only one of the two quotation marks is
    // left.
    const HALVES: [char; 8] = ['"', '\'', '`', '“', '”', '„', '«', '»'];
    let kept = text.trim_matches(HALVES);
    if kept.len() == text.len() {
        return text;
    }
    *taken = taken.saturating_add(count(text.chars()) - count(kept.chars()));
    kept
}

/// Returns the only link in text that starts with something else. The same link twice, such as in a
/// tag and its text, counts as one link.
fn lone_link(text: &str) -> Option<&str> {
    let starts = link_starts(text);
    if starts.first() == Some(&0) {
        return None;
    }
    let mut links = starts.into_iter().map(|start| {
        let rest = &text[start..];
        let end = rest.find(|c: char| c.is_whitespace() || "\"'`)]|”»".contains(c));
        let link = &rest[..end.unwrap_or(rest.len())];
        link.find("</").map_or(link, |tag| &link[..tag])
    });
    let first = links.next()?;
    links.all(|link| link == first).then_some(first)
}

/// Returns the start positions of all links and ARNs, except those inside another link.
pub(super) fn link_starts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = ["https://", "http://", "arn:aws"]
        .iter()
        .flat_map(|start| text.match_indices(start))
        .map(|(at, _)| at)
        .filter(|at| !text[..*at].ends_with(['=', '&', '/']))
        .collect();
    starts.sort_unstable();
    starts
}

/// Removes the sentence's period or comma after a link. An ellipsis stays, because it shows that
/// the link was truncated.
fn without_final_mark<'a>(text: &'a str, taken: &mut u32) -> &'a str {
    let is_link = link_starts(text).first() == Some(&0);
    match text.strip_suffix(['.', ',', ';', ')', ']']) {
        Some(kept) if is_link && !kept.ends_with('.') && !kept.contains(['(', '[']) => {
            *taken = taken.saturating_add(1);
            kept
        }
        _ => text,
    }
}

/// Joins a link that a mail program or terminal wrapped onto several lines. Does nothing if a
/// second link starts on a later line.
fn join_lines(text: &str, taken: &mut u32) -> String {
    let is_link =
        text.starts_with("http://") || text.starts_with("https://") || text.starts_with("arn:");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let one_word_each = lines.iter().all(|line| !line.contains(char::is_whitespace));
    let one_link =
        lines.iter().skip(1).all(|line| !line.contains("://") && !line.starts_with("arn:"));
    if !(is_link && lines.len() > 1 && one_word_each && one_link) {
        return text.to_owned();
    }
    let joined = lines.concat();
    *taken = taken.saturating_add(count(text.chars()) - count(joined.chars()));
    joined
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFFC}'
    ) || (c.is_control() && !c.is_whitespace())
}

fn count(chars: impl Iterator<Item = char>) -> u32 {
    u32::try_from(chars.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_surrounding_characters_are_removed() {
        let check = |given: &str, text: &str, counts: (u32, u32, u32)| {
            let cleanups = clean_up(given);
            assert_eq!(cleanups.text, text, "{given:?}");
            assert_eq!((cleanups.invisible, cleanups.quotes, cleanups.space), counts, "{given:?}");
        };
        check("https://a/b", "https://a/b", (0, 0, 0));
        check("https://a/b\n", "https://a/b", (0, 0, 1));
        check("\u{200b}https://a/b\u{feff}", "https://a/b", (2, 0, 0));
        check("\"https://a/b\"", "https://a/b", (0, 2, 0));
        check("“https://a/b” ", "https://a/b", (0, 2, 1));
        check("<https://a/b>", "https://a/b", (0, 2, 0));
        check("https://a/b\"", "https://a/b", (0, 1, 0));
        check("\u{a0}https://a/b\u{a0}", "https://a/b", (0, 0, 2));
        check("https://a/long\n  er/link\n", "https://a/longer/link", (0, 0, 4));
        check("https://a/b\nhttps://c/d", "https://a/b\nhttps://c/d", (0, 0, 0));
        check("Hello, my\nfriend", "Hello, my\nfriend", (0, 0, 0));
        check("https://a/ b", "https://a/ b", (0, 0, 0));
        check("", "", (0, 0, 0));
        check(" \u{200b} ", "", (1, 0, 2));
    }

    #[test]
    fn cleanup_is_idempotent() {
        for given in [
            "see https://a/b\u{200b}, and no further",
            "\"https://a/b\u{200b}.\"",
            "a: “https://a/b ”.",
            "https://\u{1}.",
        ] {
            let once = clean_up(given).text;
            assert_eq!(clean_up(&once).text, once, "{given:?}");
        }
    }

    #[test]
    fn inner_invisible_characters_are_kept() {
        let cleanups = clean_up("https://a/\u{200b}b");
        assert_eq!(cleanups.text, "https://a/\u{200b}b");
        assert_eq!(cleanups.invisible_inside, 1);
        assert!(cleanups.is_untouched());
    }
}
