//! Rules about the attribute mappings: whether each cell is right, and whether the Subject row
//! works for the users.

use crate::{
    CopyableValue, Facts,
    Field::*,
    Finding, FindingItem, Mapping, Page, RuleBasis, Severity,
    mappings::{self, BY_EMAIL, BY_USER_NAME},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = check_subject(facts);
    if let Some(rows) = facts.mappings() {
        found.extend(table(rows, &mappings::wanted_mappings(facts)));
    }
    found
}

/// Returns whether a pasted row exactly matches one of the wanted rows.
pub fn matches_wanted(row: &Mapping, wanted: &[Mapping]) -> bool {
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
    // A new application has one empty row.
    if rows.len() > 1 && rows.iter().all(|row| row.value.trim().is_empty()) {
        return vec![Finding::warning(AttributeMappings, "mapping_no_values").with_reentry_fix()];
    }
    let mut found = Vec::new();
    let mut matched = vec![false; wanted.len()];
    let mut strangers = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match wanted.iter().position(|want| want.attribute == row.attribute) {
            Some(which) if matched[which] => found.push(
                error("mapping_twice", at)
                    .with_received(&row.attribute)
                    .with("attribute", &row.attribute)
                    .with_page_to_open(Page::AwsApplication),
            ),
            Some(which) => {
                matched[which] = true;
                found.extend(cells(at, row, which, &wanted[which]));
            }
            None => strangers.push((at, row)),
        }
    }
    for (at, row) in strangers {
        let near = wanted
            .iter()
            .enumerate()
            .filter(|(which, _)| !matched[*which])
            .filter_map(|(which, want)| {
                Some((name_distance(&row.attribute, &want.attribute)?, which))
            })
            .min();
        let Some((_, which)) = near else {
            found.push(
                warning("mapping_extra", at)
                    .with_received(&row.attribute)
                    .with("attribute", &row.attribute)
                    .with_page_to_open(Page::AwsApplication)
                    .with_basis(RuleBasis::Seen),
            );
            continue;
        };
        matched[which] = true;
        found.push(
            error("mapping_name", at)
                .with_expected(&wanted[which].attribute)
                .with_received(&row.attribute)
                .copy(CopyableValue::MappingAttribute { row: which as u32 }),
        );
        found.extend(cells(at, row, which, &wanted[which]));
    }
    for (which, want) in wanted.iter().enumerate().filter(|(which, _)| !matched[*which]) {
        found.push(
            error("mapping_missing", which)
                .with_expected(format!("{} → {}", want.attribute, want.value))
                .with("attribute", &want.attribute)
                .copy(CopyableValue::MappingAttribute { row: which as u32 }),
        );
    }
    found
}

/// Checks the value and format in a row with a wanted name.
fn cells(at: usize, row: &Mapping, which: usize, want: &Mapping) -> Vec<Finding> {
    let mut found = Vec::new();
    let of_value = |finding: Finding| {
        let finding = finding.with_expected(&want.value).with_received(&row.value);
        finding.copy(CopyableValue::MappingValue { row: which as u32 })
    };
    let is_usable_subject =
        want.attribute == "Subject" && [BY_EMAIL, BY_USER_NAME].contains(&row.value.as_str());
    if row.value.is_empty() {
        found.push(of_value(error("mapping_empty", at)));
    } else if mappings::without_ellipsis(&row.value).is_some() {
        // The page truncated this cell, so the value in AWS is unknown.
        found.push(of_value(warning("mapping_cut", at)).with_reentry_fix());
    } else if row.value != want.value && !is_usable_subject {
        let missing = missing_marks(&row.value, &want.value);
        let code = match missing {
            _ if row.value.starts_with("${user:") && row.value.ends_with('}') => "mapping_value",
            Some(_) => "mapping_marks",
            None => "mapping_literal",
        };
        found.push(of_value(error(code, at)).with("missing", missing.unwrap_or("none")));
    }
    if !same_format(&row.format, &want.format) && !row.format.is_empty() {
        found.push(
            warning("mapping_format", at)
                .with_expected(&want.format)
                .with_received(&row.format)
                .with_page_to_open(Page::AwsApplication)
                .with_basis(RuleBasis::Seen),
        );
    }
    found.into_iter().map(|finding| finding.with("attribute", &want.attribute)).collect()
}

/// Returns which of `${` and `}` are missing from an otherwise correct value. The result selects a
/// variant of the message.
fn missing_marks(value: &str, wanted: &str) -> Option<&'static str> {
    let bare = wanted.strip_prefix("${")?.strip_suffix('}')?;
    match value.trim().split_once(bare)? {
        ("", "" | "}") | ("{", "") => Some("both"),
        ("{", "}") => Some("dollar"),
        ("$", "" | "}") | ("${", "") => Some("braces"),
        _ => None,
    }
}

/// Checks that the Subject value works for every user.
fn check_subject(facts: &Facts) -> Vec<Finding> {
    let mut rows = facts.mappings().unwrap_or_default().iter();
    let pasted = rows.find(|row| row.attribute == "Subject").map(|row| row.value.as_str());
    let chosen = mappings::subject_value(facts);
    let value = pasted.unwrap_or(chosen);
    let about = |finding: Finding, count: u32| {
        let users = facts.text(UserCount).unwrap_or("0");
        (count > 0).then(|| finding.with("count", count).with("users", users))
    };
    let count = |field| mappings::count(facts, field).unwrap_or(0);
    let finding = match value {
        BY_USER_NAME => {
            let finding = Finding::warning(SubjectMapping, "subject_no_address")
                .corrected(BY_EMAIL)
                .with_received(BY_USER_NAME)
                .with_basis(RuleBasis::Inferred);
            // If the setup already uses the email address, the user fixes this in AWS. Otherwise,
            // the setup must change first.
            let finding = match chosen {
                BY_EMAIL => finding.copy(CopyableValue::MappingValue { row: 0 }),
                _ => finding,
            };
            about(finding, count(UsersNamedOtherwise))
        }
        BY_EMAIL => about(
            Finding::info(SubjectMapping, "subject_empty_for_some")
                .with_page_to_open(Page::AwsUsers),
            count(UsersWithoutEmail),
        ),
        _ => None,
    };
    finding.into_iter().collect()
}

fn error(code: &str, at: usize) -> Finding {
    let number = at as u32 + 1;
    Finding::error(AttributeMappings, code)
        .with("row", number)
        .with_item(FindingItem::Row { number })
}

fn warning(code: &str, at: usize) -> Finding {
    Finding { severity: Severity::Warning, ..error(code, at) }
}

/// Returns the distance between a name and the wanted name, or `None` if they aren't similar.
/// Ignores case and separators. A missing or extra prefix counts as 1.
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
    let name_distance = strsim::levenshtein(&ours, &theirs);
    (name_distance * 2 < theirs.len()).then_some(name_distance + 1)
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
        let found = table(&rows, &mappings::wanted_mappings(&Facts::default()));
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
    fn truncated_cells_are_requested_again() {
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
