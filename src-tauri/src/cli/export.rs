//! `export`: converts a setup file to another format.

use std::path::Path;

use jiff::Timestamp;
use messages::MessageCatalog;
use session::{Document, export};

use super::{CommandResult, input, output};

pub(super) fn run(
    setup: &Path,
    document: Document,
    now: Timestamp,
) -> Result<CommandResult, String> {
    let file = input::bytes(setup)?;
    let (_, content) = export::export(&file, document, now)
        .map_err(|failure| failure.sentence(&MessageCatalog::english().without_markup()))?;
    output::bytes(&content)?;
    Ok(CommandResult::Fine)
}
