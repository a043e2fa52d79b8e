//! *Edit attribute mappings*.

use axum::{
    extract::{Path, State},
    response::{Html, Redirect},
};
use maud::{Markup, html};

use super::{application_id, path};
use crate::{
    pages::{Failure, Fields},
    state::AppState,
    world::Mapping,
};

const FORMATS: [&str; 7] = [
    "unspecified",
    "emailAddress",
    "persistent",
    "transient",
    "basic",
    "X509SubjectName",
    "WindowsDomainQualifiedName",
];

/// Shows the rows. *Subject* is always included, empty until it's set.
pub(super) async fn page(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
) -> Result<Html<String>, Failure> {
    let id = application_id(&segment);
    let application = shared
        .read(|world| world.application(id).cloned())
        .ok_or(Failure::NotFound("application"))?;
    let mut rows = application.mappings.clone();
    if !rows.iter().any(|row| row.attribute == "Subject") {
        rows.insert(0, row("Subject", "emailAddress"));
    }
    let body = html! {
        p { "Application: " strong { (application.name) } }
        form method="post" action=(path(&format!("applications/{id}/mappings"))) {
            table {
                thead {
                    tr {
                        th { "User attribute in the application" }
                        th { "Maps to this string value or user attribute in IAM Identity Center" }
                        th { "Format" }
                        th {}
                    }
                }
                tbody { @for row in &rows { (cells(row)) } }
            }
            template #new-row { (cells(&row("", "basic"))) }
            p { button .copy type="button" data-add-row="new-row" { "Add new attribute mapping" } }
            p .hint { "A row with an empty attribute is not saved." }
            button type="submit" { "Save changes" }
        }
    };
    Ok(super::page("Edit attribute mappings", body))
}

/// *Save changes*: replaces all rows.
pub(super) async fn save(
    State(shared): State<AppState>,
    Path(segment): Path<String>,
    fields: Fields,
) -> Result<Redirect, Failure> {
    let id = application_id(&segment);
    let rows: Vec<Mapping> = fields
        .all("attribute")
        .zip(fields.all("value"))
        .zip(fields.all("format"))
        .filter(|((attribute, _), _)| !attribute.is_empty())
        .map(|((attribute, value), format)| Mapping {
            attribute: attribute.to_owned(),
            value: value.to_owned(),
            format: format.to_owned(),
        })
        .collect();
    shared.try_change(|world| {
        let application = world.application_mut(id).ok_or(Failure::NotFound("application"))?;
        application.mappings = rows;
        Ok::<_, Failure>(())
    })?;
    Ok(Redirect::to(&path(&format!("applications/{id}?saved=mappings"))))
}

fn cells(row: &Mapping) -> Markup {
    html! {
        tr {
            td { input type="text" name="attribute" value=(row.attribute) aria-label="User attribute in the application" spellcheck="false"; }
            td { input type="text" name="value" value=(row.value) aria-label="Maps to this string value or user attribute in IAM Identity Center" spellcheck="false"; }
            td {
                select name="format" aria-label="Format" {
                    @for format in FORMATS { option selected[format == row.format] { (format) } }
                }
            }
            td { @if row.attribute != "Subject" { button type="button" data-remove-row { "Remove" } } }
        }
    }
}

fn row(attribute: &str, format: &str) -> Mapping {
    Mapping { attribute: attribute.to_owned(), value: String::new(), format: format.to_owned() }
}
