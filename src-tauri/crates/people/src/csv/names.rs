//! Splits full names into given and family names. The result is a guess.

/// Lowercase words that start a family name, as in `Vincent van Gogh`.
const PARTICLES: [&str; 32] = [
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "das", "du", "des",
    "la", "le", "el", "al", "bin", "ibn", "bint", "ben", "ter", "ten", "zu", "zum", "zur", "af",
    "av", "y", "e", "’t",
];

/// Words that can follow a comma but aren't a given name.
const SUFFIXES: [&str; 9] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "cpa"];

/// Words before a name that aren't part of it.
const HONORIFICS: [&str; 14] = [
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "mme", "monsieur", "madame",
    "sra", "dhr",
];

/// Returns a word in lowercase, without periods.
fn title_word(word: &str) -> String {
    word.to_lowercase().replace('.', "")
}

/// Removes a number or bullet before a name or address, such as `1.` or `-`.
pub(super) fn without_number(line: &str) -> &str {
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (after_digits.len() < line.len()).then_some(after_digits);
    let numbered = numbered.and_then(|rest| rest.strip_prefix(['.', ')']));
    let bulleted = || line.strip_prefix(['-', '*', '•', '–']);
    let rest = numbered.or_else(bulleted).filter(|rest| rest.starts_with(char::is_whitespace));
    rest.map_or(line, str::trim_start)
}

/// Removes honorifics before a name and suffixes after it.
fn without_titles(name: &str) -> &str {
    let mut name = name.trim();
    loop {
        let next = name.split_once(char::is_whitespace).filter(|(word, rest)| {
            HONORIFICS.contains(&title_word(word).as_str()) && !rest.trim().is_empty()
        });
        let Some((_, rest)) = next else { break };
        name = rest.trim();
    }
    while let Some((rest, word)) = name.rsplit_once(char::is_whitespace) {
        let is_suffix = SUFFIXES.contains(&title_word(word).as_str());
        if !is_suffix || !rest.contains(char::is_alphanumeric) {
            break;
        }
        name = rest.trim_end().trim_end_matches(',');
    }
    name
}

/// Returns the words of a name that consists of two words and has no comma.
pub(super) fn two_words(name: &str) -> Option<[&str; 2]> {
    let name = without_titles(without_remark(without_number(name.trim())));
    let mut words = name.split_whitespace();
    let two = [words.next()?, words.next()?];
    (words.next().is_none() && !name.contains([',', '、', '，'])).then_some(two)
}

/// Splits `Ana Maria Lima`, `Lima, Ana Maria`, `LIMA Ana` or `山田 太郎` into given and family name.
/// `family_first` says whether the family name comes first in names without a comma, according to
/// the header.
pub(super) fn split_full_name(name: &str, family_first: bool) -> (String, String) {
    let name = without_titles(without_remark(without_number(name.trim())));
    if let Some((family, given)) = name.split_once([',', '、', '，']) {
        let given = given.trim();
        return match SUFFIXES.contains(&title_word(given).as_str()) {
            true => split_full_name(family, family_first),
            false => (without_titles(given).to_owned(), without_titles(family).to_owned()),
        };
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let [first, .., last] = words[..] else { return (name.to_owned(), String::new()) };
    if family_first || name.chars().all(|c| c.is_whitespace() || is_east_asian(c)) {
        return (words[1..].join(" "), first.to_owned());
    }
    // French and Spanish lists often show family names in capital letters.
    let capitals = words.iter().take_while(|word| is_capitals(word)).count();
    if capitals > 0
        && !words[capitals..].iter().any(|word| is_capitals(word))
        && capitals < words.len()
    {
        return (words[capitals..].join(" "), words[..capitals].join(" "));
    }
    let particles = words[1..words.len() - 1].iter().rev();
    let particles = particles.take_while(|word| PARTICLES.contains(word)).count();
    let family = words.len() - 1 - particles;
    let family_name = if particles == 0 { last.to_owned() } else { words[family..].join(" ") };
    (words[..family].join(" "), family_name)
}

/// Removes a remark at the end of a name, such as `(Contractor)` or `[EXT]`.
fn without_remark(name: &str) -> &str {
    let remark = name.strip_suffix(')').and_then(|name| name.rsplit_once('('));
    match remark.or_else(|| name.strip_suffix(']').and_then(|name| name.rsplit_once('['))) {
        Some((name, _)) if !name.trim().is_empty() => name.trim(),
        _ => name,
    }
}

fn is_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !word.chars().any(char::is_lowercase)
        && word.chars().any(char::is_uppercase)
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '々')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_are_split() {
        let check = |name: &str, expect: &str| {
            let (given, family) = split_full_name(name, false);
            assert_eq!(format!("{given}|{family}"), expect, "{name}");
        };
        check("Ana Maria Lima", "Ana Maria|Lima");
        check("Lima, Ana Maria", "Ana Maria|Lima");
        check("Vincent van der Berg", "Vincent|van der Berg");
        check("LIMA Ana", "Ana|LIMA");
        check("Ana LIMA", "Ana|LIMA");
        check("ANA LIMA", "ANA|LIMA");
        check("山田 太郎", "太郎|山田");
        check("山田　太郎", "太郎|山田");
        check("Ana Lima, PhD", "Ana|Lima");
        check("Ana Lima (Contractor)", "Ana|Lima");
        check("Ana Lima [EXT]", "Ana|Lima");
        check("Dr. Ana Lima", "Ana|Lima");
        check("Prof. Dr. Ana Lima, Ph.D.", "Ana|Lima");
        check("Lima, Dr. Ana", "Ana|Lima");
        check("Mr Ben Roy Jr.", "Ben|Roy");
        check("Ben Roy III", "Ben|Roy");
        check("1. Ana Lima", "Ana|Lima");
        check("• Ana Lima", "Ana|Lima");
        check("Miss", "Miss|");
        check("Ana", "Ana|");
        check("", "|");
        assert_eq!(split_full_name("Lima Ana", true), ("Ana".to_owned(), "Lima".to_owned()));
    }
}
