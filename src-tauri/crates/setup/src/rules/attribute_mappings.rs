//! Rules about the attribute mappings: each cell, and the Subject row against the users.

use super::super::{
    Basis, Copyable, Facts, Field, Finding, Fix, Item, Mapping, Page, Severity,
    mappings::{self, BY_EMAIL, BY_USER_NAME},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = subject(facts);
    if let Some(rows) = facts.mappings() {
        found.extend(table(rows, &mappings::wanted(facts)));
    }
    found
}

/// Whether a pasted row exactly matches one of the four wanted rows.
pub fn fits(row: &Mapping, wanted: &[Mapping]) -> bool {
    wanted.iter().any(|want| {
        want.attribute == row.attribute
            && want.value == row.value
            && same_format(&want.format, &row.format)
    })
}

fn same_format(a: &str, b: &str) -> bool {
    mappings::format_name(a).eq_ignore_ascii_case(mappings::format_name(b))
}

fn table(rows: &[Mapping], wanted: &[Mapping]) -> Vec<Finding> {
    // A new application has only one row, which is empty.
    if rows.len() > 1 && rows.iter().all(|row| row.value.trim().is_empty()) {
        let field = Field::AttributeMappings;
        return vec![
            Finding::about(field, "mapping_no_values", Severity::Warning).fix(Fix::Again { field }),
        ];
    }
    let mut found = Vec::new();
    let mut matched = vec![0_usize; wanted.len()];
    let mut strangers = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match wanted.iter().position(|want| want.attribute == row.attribute) {
            Some(which) => {
                matched[which] += 1;
                if matched[which] == 1 {
                    found.extend(cells(at, row, which, &wanted[which]));
                } else {
                    found.push(
                        error("mapping_twice", at)
                            .received(&row.attribute)
                            .with("attribute", &row.attribute)
                            .fix(Fix::Open { page: Page::AwsApplication }),
                    );
                }
            }
            None => strangers.push((at, row)),
        }
    }
    for (at, row) in strangers {
        let near = wanted
            .iter()
            .enumerate()
            .filter(|(which, _)| matched[*which] == 0)
            .filter_map(|(which, want)| {
                Some((which, name_distance(&row.attribute, &want.attribute)?))
            })
            .min_by_key(|(_, name_distance)| *name_distance);
        match near {
            Some((which, _)) => {
                matched[which] += 1;
                found.push(
                    error("mapping_name", at)
                        .expected(&wanted[which].attribute)
                        .received(&row.attribute)
                        .fix(Fix::Copy { what: Copyable::MappingAttribute { row: which as u32 } }),
                );
                found.extend(cells(at, row, which, &wanted[which]));
            }
            None => found.push(
                Finding { severity: Severity::Warning, ..error("mapping_extra", at) }
                    .received(&row.attribute)
                    .with("attribute", &row.attribute)
                    .fix(Fix::Open { page: Page::AwsApplication })
                    .basis(Basis::Seen),
            ),
        }
    }
    for (which, count) in matched.iter().enumerate() {
        if *count == 0 {
            found.push(
                error("mapping_missing", which)
                    .expected(format!("{} → {}", wanted[which].attribute, wanted[which].value))
                    .with("attribute", &wanted[which].attribute)
                    .fix(Fix::Copy { what: Copyable::MappingAttribute { row: which as u32 } }),
            );
        }
    }
    found
}

/// Checks the value and format of a row whose name is known.
fn cells(at: usize, row: &Mapping, which: usize, want: &Mapping) -> Vec<Finding> {
    let mut found = Vec::new();
    let copy = Fix::Copy { what: Copyable::MappingValue { row: which as u32 } };
    let subject = want.attribute == "Subject";
    let usable_subject = subject && [BY_EMAIL, BY_USER_NAME].contains(&row.value.as_str());
    if row.value.is_empty() {
        found.push(
            error("mapping_empty", at)
                .expected(&want.value)
                .received("")
                .with("attribute", &want.attribute)
                .fix(copy),
        );
    } else if mappings::without_ellipsis(&row.value).is_some() {
        // The page shortened the cell, so the value in AWS isn't known.
        found.push(
            Finding { severity: Severity::Warning, ..error("mapping_cut", at) }
                .expected(&want.value)
                .received(&row.value)
                .with("attribute", &want.attribute)
                .fix(Fix::Again { field: Field::AttributeMappings }),
        );
    } else if row.value != want.value && !usable_subject {
        let placeholder = row.value.starts_with("${user:") && row.value.ends_with('}');
        let missing = missing_marks(&row.value, &want.value);
        let code = match missing {
            _ if placeholder => "mapping_value",
            Some(_) => "mapping_marks",
            None => "mapping_literal",
        };
        found.push(
            error(code, at)
                .expected(&want.value)
                .received(&row.value)
                .with("attribute", &want.attribute)
                .with("missing", missing.unwrap_or("none"))
                .fix(copy),
        );
    }
    if !same_format(&row.format, &want.format) && !row.format.is_empty() {
        found.push(
            Finding { severity: Severity::Warning, ..error("mapping_format", at) }
                .expected(&want.format)
                .received(&row.format)
                .with("attribute", &want.attribute)
                .fix(Fix::Open { page: Page::AwsApplication })
                .basis(Basis::Seen),
        );
    }
    found
}

/// Returns which of `${` and `}` are missing from an otherwise correct value. The result selects a
/// message variant.
fn missing_marks(value: &str, wanted: &str) -> Option<&'static str> {
    let bare = wanted.strip_prefix("${")?.strip_suffix('}')?;
    let (start, end) = value.trim().split_once(bare)?;
    match (start, end) {
        ("", "" | "}") | ("{", "") => Some("both"),
        ("{", "}") => Some("dollar"),
        ("$", "" | "}") | ("${", "") => Some("braces"),
        _ => None,
    }
}

/// Checks that the Subject value is usable for every user.
fn subject(facts: &Facts) -> Vec<Finding> {
    let pasted = facts
        .mappings()
        .and_then(|rows| rows.iter().find(|row| row.attribute == "Subject"))
        .map(|row| row.value.as_str());
    let value = pasted.unwrap_or(mappings::subject(facts));
    let count = |field| mappings::count(facts, field).unwrap_or(0);
    let users = facts.text(Field::UserCount).unwrap_or("0");
    let mut found = Vec::new();
    let otherwise = count(Field::UsersNamedOtherwise);
    if value == BY_USER_NAME && otherwise > 0 {
        // If we already propose the other value, AWS has to change. Otherwise, change our choice
        // first.
        let fix = match mappings::subject(facts) {
            BY_EMAIL => Fix::Copy { what: Copyable::MappingValue { row: 0 } },
            _ => Fix::UseValue { field: Field::SubjectMapping, value: BY_EMAIL.to_owned() },
        };
        found.push(
            Finding::about(Field::SubjectMapping, "subject_no_address", Severity::Warning)
                .expected(BY_EMAIL)
                .received(BY_USER_NAME)
                .with("count", otherwise.to_string())
                .with("users", users)
                .fix(fix)
                .basis(Basis::Inferred),
        );
    }
    let without = count(Field::UsersWithoutEmail);
    if value == BY_EMAIL && without > 0 {
        found.push(
            Finding::about(Field::SubjectMapping, "subject_empty_for_some", Severity::Info)
                .with("count", without.to_string())
                .with("users", users)
                .fix(Fix::Open { page: Page::AwsUsers }),
        );
    }
    found
}

fn error(code: &str, at: usize) -> Finding {
    let number = at as u32 + 1;
    Finding::about(Field::AttributeMappings, code, Severity::Error)
        .with("row", number.to_string())
        .item(Item::Row { number })
}

/// Returns the distance between a name and the wanted one, or `None` if they aren't similar. Case
/// and separators don't count, and a missing or extra prefix counts as 1.
fn name_distance(name: &str, wanted: &str) -> Option<usize> {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let last = |text: &str| plain(text.rsplit(['/', '.', ':']).next().unwrap_or(text));
    let (ours, theirs) = (plain(name), plain(wanted));
    if ours == theirs {
        return Some(0);
    }
    if last(name) == last(wanted) || ours == last(wanted) {
        return Some(1);
    }
    let name_distance = distance(&ours, &theirs);
    (name_distance * 2 < theirs.len()).then_some(name_distance + 1)
}

/// Returns the Levenshtein distance.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut line: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = line[0];
        line[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != *right);
            diagonal = line[j + 1];
            line[j + 1] = replaced.min(line[j] + 1).min(diagonal + 1);
        }
    }
    line[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: &[[&str; 3]], expect: &[&str]) {
        let rows: Vec<Mapping> = rows
            .iter()
            .map(|[attribute, value, format]| Mapping {
                attribute: (*attribute).to_owned(),
                value: (*value).to_owned(),
                format: (*format).to_owned(),
            })
            .collect();
        let found = table(&rows, &mappings::wanted(&Facts::default()));
        let codes: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, expect, "{rows:?}");
    }

    const SUBJECT: [&str; 3] = ["Subject", "${user:email}", "emailAddress"];
    const EMAIL: [&str; 3] = ["User.Email", "${user:email}", "basic"];
    const FIRST: [&str; 3] = ["User.FirstName", "${user:givenName}", "basic"];

    #[test]
    fn missing_marks_are_identified() {
        let marks = |value| missing_marks(value, "${user:familyName}");
        assert_eq!(marks("user:familyName"), Some("both"));
        assert_eq!(marks("$user:familyName}"), Some("braces"));
        assert_eq!(marks("{user:familyName}"), Some("dollar"));
        assert_eq!(marks("${user:familyName"), Some("braces"));
        for other in ["${user:familyName}", "user:surname", "$(user:familyName)", "familyName", ""]
        {
            assert_eq!(marks(other), None, "{other}");
        }
        check(
            &[SUBJECT, EMAIL, FIRST, ["User.LastName", "user:familyName", "basic"]],
            &["mapping_marks"],
        );
    }

    #[test]
    fn shortened_cells_are_requested_again() {
        for short in ["${user:familyN…", "${user:f..."] {
            let last = ["User.LastName", short, "basic"];
            check(&[SUBJECT, EMAIL, FIRST, last], &["mapping_cut"]);
        }
    }

    #[test]
    fn table_without_values_is_one_finding() {
        let empty = |row: [&'static str; 3]| [row[0], "", row[2]];
        check(&[empty(SUBJECT), empty(EMAIL), empty(FIRST)], &["mapping_no_values"]);
        // A new application has only the Subject row.
        check(
            &[empty(SUBJECT)],
            &["mapping_empty", "mapping_missing", "mapping_missing", "mapping_missing"],
        );
    }
}
