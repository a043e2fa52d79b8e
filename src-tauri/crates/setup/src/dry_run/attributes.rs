//! Checks the attributes: the three that nOps reads by their exact names, and all others.

mod similarity;

use similarity::similarity;

use super::{
    cell_text::{NOTHING, limited, shortened},
    row::Row,
};
use crate::{Basis, Copyable, Field, Finding, Fix, Page};
use identifiers::EmailAddress;
use saml::response::{Assertion, Attribute};

pub(super) const EMAIL: &str = "User.Email";

/// The attributes that nOps reads (source: nOps's help page, step 5).
const WANTED: [Wanted; 3] = [
    Wanted { check: "user_email", name: EMAIL, row: 1 },
    Wanted { check: "user_first_name", name: "User.FirstName", row: 2 },
    Wanted { check: "user_last_name", name: "User.LastName", row: 3 },
];

struct Wanted {
    check: &'static str,
    name: &'static str,
    /// Index of the mapping row for this attribute, starting at 0.
    row: u32,
}

/// Returns one row for each wanted attribute and one for all others.
pub(super) fn rows(assertion: &Assertion) -> Vec<Row> {
    let sent = &assertion.attributes;
    let mut strangers: Vec<&Attribute> = sent
        .iter()
        .filter(|attribute| WANTED.iter().all(|want| want.name != &*attribute.name))
        .collect();
    let mut rows: Vec<Row> = WANTED
        .iter()
        .map(|want| {
            let named: Vec<&Attribute> =
                sent.iter().filter(|attribute| &*attribute.name == want.name).collect();
            match named[..] {
                [] => absent(want, taken(&mut strangers, want)),
                [one] => single(want, one, assertion),
                [..] => row(want, "dry-run-received-twice")
                    .fails(about(want, "twice").open(Page::AwsApplication)),
            }
        })
        .collect();
    rows.push(others(&strangers));
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
fn taken<'a>(strangers: &mut Vec<&'a Attribute>, want: &Wanted) -> Option<&'a Attribute> {
    let (_, at) = strangers
        .iter()
        .enumerate()
        .filter_map(|(at, stranger)| Some((similarity(&stranger.name, want.name)?, at)))
        .min()?;
    Some(strangers.remove(at))
}

fn absent(want: &Wanted, misspelled: Option<&Attribute>) -> Row {
    let copy = Fix::Copy { what: Copyable::MappingAttribute { row: want.row } };
    match misspelled {
        None => row(want, NOTHING).fails(about(want, "missing").expected(want.name).fix(copy)),
        Some(misspelled) => {
            let name = limited(&misspelled.name);
            row(want, &name).fails(
                about(want, similarity::mismatch(&misspelled.name, want.name))
                    .expected(want.name)
                    .received(name)
                    .fix(copy),
            )
        }
    }
}

fn single(want: &Wanted, attribute: &Attribute, assertion: &Assertion) -> Row {
    let values: Vec<&str> = attribute
        .values
        .iter()
        .map(|value| value.as_str())
        .filter(|value| !value.trim().is_empty())
        .collect();
    let copied = |problem| about(want, problem).copy(Copyable::MappingValue { row: want.row });
    let value = match values[..] {
        [] => return row(want, "dry-run-received-empty").fails(copied("empty")),
        [value] => value,
        [..] => {
            return row(want, "dry-run-received-several")
                .warns(copied("several").basis(Basis::Inferred));
        }
    };
    let shown = || row(want, &shortened(value));
    let address = value.parse::<EmailAddress>().is_ok();
    if is_literal(value) {
        row(want, &limited(value)).fails(copied("literal").received(limited(value)))
    } else if want.name == EMAIL && !value.contains('@') {
        shown().fails(copied("no_address"))
    } else if want.name == EMAIL && !address {
        shown().warns(copied("odd_address").basis(Basis::Inferred))
    } else if want.name != EMAIL && address {
        shown().warns(copied("address").basis(Basis::Inferred))
    } else if want.name == "User.FirstName" && look_exchanged(assertion) {
        shown().notes(copied("exchanged").basis(Basis::Inferred))
    } else {
        shown()
    }
}

/// Returns whether the first and last names look swapped, because they occur in the email address
/// in the opposite order. This is only a note, because some people write their family name first.
fn look_exchanged(assertion: &Assertion) -> bool {
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
fn others(strangers: &[&Attribute]) -> Row {
    let mut names: Vec<&str> = strangers.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    let twice = names.windows(2).any(|pair| pair[0] == pair[1]);
    names.dedup();
    let none = "dry-run-expected-no-others";
    if names.is_empty() {
        return Row::of("attributes", none, none);
    }
    let listed = limited(&names.join(", "));
    let groups = strangers.iter().any(|one| looks_like_groups(one));
    let finding = Finding::warning(Field::AttributeMappings, "dry_run_attributes")
        .received(&listed)
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
        .open(Page::AwsApplication);
    let row = Row::of("attributes", none, &listed);
    if twice { row.fails(finding) } else { row.warns(finding.basis(Basis::Seen)) }
}

/// Returns whether the attribute contains groups. Identity Center sends groups as IDs (UUIDs),
/// regardless of the attribute's name.
fn looks_like_groups(attribute: &Attribute) -> bool {
    let name = attribute.name.to_lowercase();
    let ids = |value: &str| uuid::Uuid::try_parse(value.trim()).is_ok();
    ["group", "memberof", "role"].iter().any(|part| name.contains(part))
        || (!attribute.values.is_empty() && attribute.values.iter().all(|value| ids(value)))
}

fn row(want: &Wanted, received: &str) -> Row {
    Row::of(want.check, "dry-run-expected-once", received)
}

fn about(want: &Wanted, problem: &str) -> Finding {
    Finding::error(Field::AttributeMappings, &format!("dry_run_{}", want.check))
        .with("name", want.name)
        .with("row", (want.row + 1).to_string())
        .with("problem", problem)
}
