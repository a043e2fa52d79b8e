//! Splits full names into given and family names. The result is a guess.

/// Lowercase words that start a family name, as in `Vincent van Gogh`.
const PARTICLES: [&str; 32] = [
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "das", "du", "des",
    "la", "le", "el", "al", "bin", "ibn", "bint", "ben", "ter", "ten", "zu", "zum", "zur", "af",
    "av", "y", "e", "’t",
];

/// Words that can follow a comma but aren't a given name.
const SUFFIXES: [&str; 12] =
    ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "mba", "cpa"];

/// Splits `Ana Maria Lima`, `Lima, Ana Maria`, `LIMA Ana` or `山田 太郎` into given and family name.
/// `family_first` says whether the family name comes first in names without a comma, according to
/// the header.
pub(super) fn split_full_name(name: &str, family_first: bool) -> (String, String) {
    let name = without_remark(name.trim());
    if let Some((family, given)) = name.split_once([',', '、', '，']) {
        let given = given.trim();
        return match SUFFIXES.contains(&given.to_lowercase().as_str()) {
            true => split_full_name(family, family_first),
            false => (given.to_owned(), family.trim().to_owned()),
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

/// Removes a remark at the end of a name, such as `(Contractor)`.
fn without_remark(name: &str) -> &str {
    match name.strip_suffix(')').and_then(|name| name.rsplit_once('(')) {
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
        check("Ana", "Ana|");
        check("", "|");
        assert_eq!(split_full_name("Lima Ana", true), ("Ana".to_owned(), "Lima".to_owned()));
    }
}
