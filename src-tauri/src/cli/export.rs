//! `export`: converts a setup file to another format.

use std::path::Path;

use jiff::Timestamp;
use messages::MessageCatalog;
use session::{Document, export};
use setup::handover::Handover;

use super::{CommandResult, eprint_error, input, output};

/// Prints the document, or returns an error if a handover has no recipient (`None`). Prints a
/// handover's fingerprint to stderr.
pub(super) fn run(
    setup: &Path,
    document: Option<Document>,
    now: Timestamp,
) -> Result<CommandResult, String> {
    let words = MessageCatalog::english().without_markup();
    let document = document.ok_or_else(|| words.format_plain("cli-export-role"))?;
    let file = input::json(setup)?;
    let (_, content) =
        export::export(&file, document, now).map_err(|failure| failure.sentence(&words))?;
    output::bytes(&content)?;
    if let Ok(handover) = Handover::read(&content) {
        let fingerprint = [("words".to_owned(), handover.fingerprint())].into();
        eprint_error(&words.text("cli-export-fingerprint", &fingerprint));
    }
    Ok(CommandResult::Fine)
}
