//! *Edit attribute mappings*.

use axum::response::Redirect;
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use super::{PathId, find_application, log, path, redirect_to_application};
use crate::{
    pages::{Fields, PageError, PageResult, form, table},
    portal::name_id_format,
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
const ATTRIBUTE: &str = "User attribute in the application";
const VALUE: &str = "Maps to this string value or user attribute in IAM Identity Center";

/// Shows the rows. There is always a *Subject* row, which is empty until it's filled in.
pub async fn page(shared: AppState, PathId(id): PathId) -> PageResult {
    let application = find_application(&shared, &id)?;
    let mut rows = application.mappings;
    if !rows.iter().any(|row| row.attribute == "Subject") {
        rows.insert(0, Mapping::new("Subject", "", "emailAddress"));
    }
    let body = html! {
        p { "Application: " strong { (application.name) } }
        (form(&path(&format!("applications/{id}/mappings")), "Save changes", html! {
            (table(&[ATTRIBUTE, VALUE, "Format", ""], html! { @for row in &rows { (row_cells(row)) } }))
            template #new-row { (row_cells(&Mapping::new("", "", "basic"))) }
            p { button .copy type="button" data-add-row="new-row" { "Add new attribute mapping" } }
            p .hint { "A row with an empty attribute is not saved." }
        }))
    };
    Ok(super::page("Edit attribute mappings", body))
}

/// Handles *Save changes*, which replaces all rows.
pub async fn save(shared: AppState, PathId(id): PathId, fields: Fields) -> PageResult<Redirect> {
    let rows = fields
        .all("attribute")
        .zip(fields.all("value"))
        .zip(fields.all("format"))
        .filter(|((attribute, _), _)| !attribute.is_empty())
        .map(|((attribute, value), format)| Mapping::new(attribute, value, format))
        .collect();
    let now = shared.now();
    shared.try_change(|world| {
        let application = world.application_mut(&id).ok_or(PageError::NotFound("application"))?;
        application.mappings = rows;
        let calls = mapping_calls(&application.mappings);
        log(world, &id, calls, now);
        Ok::<_, PageError>(())
    })?;
    Ok(redirect_to_application(&shared, &id, "?saved=mappings"))
}

/// Returns the two API calls that save the rows.
fn mapping_calls(rows: &[Mapping]) -> [(&'static str, Value); 2] {
    let (mut sources, mut formats) = (Map::new(), Map::new());
    let (mut subject, mut name_id) = (json!({"source": []}), json!({"include": "REQUIRED"}));
    for Mapping { attribute, value, format } in rows {
        let source = json!({"source": [value]});
        if attribute == "Subject" {
            subject = source;
            name_id["nameIdFormat"] = json!(name_id_format(format));
        } else {
            let format = format!("urn:oasis:names:tc:SAML:2.0:attrname-format:{format}");
            sources.insert(attribute.clone(), source);
            formats.insert(attribute.clone(), json!({"attrNameFormat": format, "include": "YES"}));
        }
    }
    [
        (
            "UpdateApplicationInstanceResponseConfiguration",
            json!({"responseConfig": {"subject": subject, "properties": sources, "ttl": "PT1H"}}),
        ),
        (
            "UpdateApplicationInstanceResponseSchemaConfiguration",
            json!({"responseSchemaConfig": {"subject": name_id, "properties": formats}}),
        ),
    ]
}

fn row_cells(row: &Mapping) -> Markup {
    html! {
        tr {
            td { input type="text" name="attribute" value=(row.attribute) aria-label=(ATTRIBUTE) spellcheck="false"; }
            td { input type="text" name="value" value=(row.value) aria-label=(VALUE) spellcheck="false"; }
            td {
                select name="format" aria-label="Format" {
                    @for format in FORMATS { option selected[format == row.format] { (format) } }
                }
            }
            td { @if row.attribute != "Subject" { button type="button" data-remove-row { "Remove" } } }
        }
    }
}
