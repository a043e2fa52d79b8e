//! Checks the attributes: the three that nOps reads by their exact names, and all others.

mod similarity;

use similarity::name_distance_if_similar;

use super::{
    cell_text::{NOTHING, mask_personal_text, truncate_cell},
    row::ResultRow,
};
use crate::{CopyableValue, Field, Finding, Fix, Page, RuleBasis};
use identifiers::EmailAddress;
use saml::response::{Assertion, Attribute};

pub(super) const EMAIL: &str = "User.Email";

/// The attributes that nOps reads (source: nOps's help page, step 5).
const WANTED: [WantedAttribute; 3] = [
    WantedAttribute { check: "user_email", name: EMAIL, row: 1 },
    WantedAttribute { check: "user_first_name", name: "User.FirstName", row: 2 },
    WantedAttribute { check: "user_last_name", name: "User.LastName", row: 3 },
];

struct WantedAttribute {
    check: &'static str,
    name: &'static str,
    /// Index of the mapping row for this attribute, starting at 0.
    row: u32,
}

/// Returns one row for each wanted attribute and one for all others.
pub(super) fn rows(assertion: &Assertion) -> Vec<ResultRow> {
    let sent = &assertion.attributes;
    let mut strangers: Vec<&Attribute> = sent
        .iter()
        .filter(|attribute| WANTED.iter().all(|want| want.name != &*attribute.name))
        .collect();
    let mut rows: Vec<ResultRow> = WANTED
        .iter()
        .map(|want| {
            let named: Vec<&Attribute> =
                sent.iter().filter(|attribute| &*attribute.name == want.name).collect();
            match named[..] {
                [] => missing_attribute_row(want, take_misspelled(&mut strangers, want)),
                [one] => check_single_attribute(want, one, assertion),
                [..] => row(want, "dry-run-received-twice")
                    .with_failure(about(want, "twice").with_page_to_open(Page::AwsApplication)),
            }
        })
        .collect();
    rows.push(check_other_attributes(&strangers));
    rows
}

/// Returns the values of the attribute that has exactly this name.
pub(super) fn values<'a>(assertion: &'a Assertion, name: &str) -> impl Iterator<Item = &'a str> {
    assertion
        .attributes
        .iter()
        .filter(move |attribute| &*attribute.name == name)
        .flat_map(|attribute| &attribute.values)
        .map(|value| value.as_str())
}

/// Returns whether AWS sent the mapping's text, not the user's value. AWS replaces only
/// `${user:…}`.
pub(super) fn is_literal(value: &str) -> bool {
    let starts = |prefix: &str| value.to_lowercase().starts_with(prefix);
    value.parse::<EmailAddress>().is_err()
        && (value.contains(['{', '}', '$']) || starts("user:") || starts("user."))
}

/// Removes and returns the unexpected attribute whose name is most similar to the wanted name. That
/// name is probably a typo.
fn take_misspelled<'a>(
    strangers: &mut Vec<&'a Attribute>,
    want: &WantedAttribute,
) -> Option<&'a Attribute> {
    let (_, at) = strangers
        .iter()
        .enumerate()
        .filter_map(|(at, stranger)| {
            Some((name_distance_if_similar(&stranger.name, want.name)?, at))
        })
        .min()?;
    Some(strangers.remove(at))
}

fn missing_attribute_row(want: &WantedAttribute, misspelled: Option<&Attribute>) -> ResultRow {
    let copy = Fix::Copy { what: CopyableValue::MappingAttribute { row: want.row } };
    match misspelled {
        None => row(want, NOTHING)
            .with_failure(about(want, "missing").with_expected(want.name).with_fix(copy)),
        Some(misspelled) => {
            let name = truncate_cell(&misspelled.name);
            row(want, &name).with_failure(
                about(want, similarity::name_difference(&misspelled.name, want.name))
                    .with_expected(want.name)
                    .with_received(name)
                    .with_fix(copy),
            )
        }
    }
}

fn check_single_attribute(
    want: &WantedAttribute,
    attribute: &Attribute,
    assertion: &Assertion,
) -> ResultRow {
    let values: Vec<&str> = attribute
        .values
        .iter()
        .map(|value| value.as_str())
        .filter(|value| !value.trim().is_empty())
        .collect();
    let copied = |problem| about(want, problem).copy(CopyableValue::MappingValue { row: want.row });
    let value = match values[..] {
        [] => return row(want, "dry-run-received-empty").with_failure(copied("empty")),
        [value] => value,
        [..] => {
            return row(want, "dry-run-received-several")
                .with_warning(copied("several").with_basis(RuleBasis::Inferred));
        }
    };
    let shown = || row(want, &mask_personal_text(value));
    let address = value.parse::<EmailAddress>().is_ok();
    if is_literal(value) {
        row(want, &truncate_cell(value))
            .with_failure(copied("literal").with_received(truncate_cell(value)))
    } else if want.name == EMAIL && !value.contains('@') {
        shown().with_failure(copied("no_address"))
    } else if want.name == EMAIL && !address {
        shown().with_warning(copied("odd_address").with_basis(RuleBasis::Inferred))
    } else if want.name != EMAIL && address {
        shown().with_warning(copied("address").with_basis(RuleBasis::Inferred))
    } else if want.name == "User.FirstName" && is_probably_swapped(assertion) {
        shown().notes(copied("exchanged").with_basis(RuleBasis::Inferred))
    } else {
        shown()
    }
}

/// Returns whether the first and last names look swapped, because they occur in the email address
/// in the opposite order. This is only a note, because some people write their family name first.
fn is_probably_swapped(assertion: &Assertion) -> bool {
    let value = |name| values(assertion, name).next().map(|value| value.trim().to_lowercase());
    let (Some(first), Some(last), Some(email)) =
        (value("User.FirstName"), value("User.LastName"), value(EMAIL))
    else {
        return false;
    };
    let local = email.split('@').next().unwrap_or_default();
    first != last
        && ['.', '_', '-'].iter().any(|between| local == format!("{last}{between}{first}"))
}

/// Checks the attributes that nOps doesn't read. They are harmless unless the same name occurs
/// twice, which python3-saml treats as an error.
fn check_other_attributes(strangers: &[&Attribute]) -> ResultRow {
    let mut names: Vec<&str> = strangers.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    let twice = names.windows(2).any(|pair| pair[0] == pair[1]);
    names.dedup();
    let none = "dry-run-expected-no-others";
    if names.is_empty() {
        return ResultRow::new("attributes", none, none);
    }
    let listed = truncate_cell(&names.join(", "));
    let groups = strangers.iter().any(|one| looks_like_groups(one));
    let finding = Finding::warning(Field::AttributeMappings, "dry_run_attributes")
        .with_received(&listed)
        .with("count", names.len())
        .with("names", &listed)
        .with(
            "problem",
            match (twice, groups) {
                (true, _) => "twice",
                (false, true) => "groups",
                (false, false) => "extra",
            },
        )
        .with_page_to_open(Page::AwsApplication);
    let row = ResultRow::new("attributes", none, &listed);
    if twice {
        row.with_failure(finding)
    } else {
        row.with_warning(finding.with_basis(RuleBasis::Seen))
    }
}

/// Returns whether the attribute contains groups. Identity Center sends groups as IDs (UUIDs),
/// regardless of the attribute's name.
fn looks_like_groups(attribute: &Attribute) -> bool {
    let name = attribute.name.to_lowercase();
    let ids = |value: &str| uuid::Uuid::try_parse(value.trim()).is_ok();
    ["group", "memberof", "role"].iter().any(|part| name.contains(part))
        || (!attribute.values.is_empty() && attribute.values.iter().all(|value| ids(value)))
}

fn row(want: &WantedAttribute, received: &str) -> ResultRow {
    ResultRow::new(want.check, "dry-run-expected-once", received)
}

fn about(want: &WantedAttribute, problem: &str) -> Finding {
    Finding::error(Field::AttributeMappings, &format!("dry_run_{}", want.check))
        .with("name", want.name)
        .with("row", (want.row + 1).to_string())
        .with("problem", problem)
}
