//! Creates the report and the values document of the open setup.

use crate::report::{Report, ReportedPeople};
use messages::MessageCatalog;
use setup::values::ValuesDocument;

use super::{Failure, setup_session::SetupSession, view_builder};

pub(super) enum Format {
    Html,
    Markdown,
    Json,
}

/// Returns the report's file name and its content in the requested format.
pub(super) fn report(
    open: &SetupSession,
    format: Format,
    with_people: bool,
) -> Result<(String, Vec<u8>), Failure> {
    let words = MessageCatalog::english().without_markup();
    let view = view_builder::reported(open);
    let rows = open.people.page(&open.cx, 0, u32::MAX).rows;
    let people = if with_people { ReportedPeople::Listed(&rows) } else { ReportedPeople::Counted };
    let report = Report::from_view(&view, people, open.cx.now(), &words);
    let (ending, content) = match format {
        Format::Html => ("html", report.html(&words)),
        Format::Markdown => ("md", report.markdown(&words)),
        Format::Json => ("json", report.json().map_err(|_| Failure::new("no_document"))?),
    };
    Ok((format!("nops-sso-setup-report.{ending}"), content.into_bytes()))
}

/// Returns the values document's file name and its content.
pub(super) fn values(open: &SetupSession) -> Result<(String, Vec<u8>), Failure> {
    let values = ValuesDocument::from_facts(&open.cx.all_facts());
    let json = serde_json::to_vec_pretty(&values).map_err(|_| Failure::new("no_document"))?;
    Ok(("nops-sso-setup-values.json".to_owned(), json))
}
