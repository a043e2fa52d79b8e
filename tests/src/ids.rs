//! Names in a view, which the window uses as list keys and element IDs.

use std::collections::BTreeSet;

use session::view::View;

/// Returns the first name that is empty or appears twice.
pub fn find_duplicate_id(view: &View) -> Option<String> {
    let setup = view.setup.as_ref();
    let findings = setup.into_iter().flat_map(|setup| &setup.findings).map(|one| one.id.as_str());
    let offers = setup.into_iter().flat_map(|setup| &setup.offers).map(|one| one.id.as_str());
    let setups = view.setups.iter().map(|one| one.id.as_str());
    let files = view.damaged.iter().map(|one| one.file.as_str());
    find_duplicate("finding", findings)
        .or_else(|| find_duplicate("offer", offers))
        .or_else(|| find_duplicate("setup", setups))
        .or_else(|| find_duplicate("damaged file", files))
}

/// Returns a message about the first name that is empty or appears twice.
pub fn find_duplicate<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut seen = BTreeSet::new();
    names
        .filter(|name| name.is_empty() || !seen.insert(*name))
        .map(|name| format!("two of {what} are named {name:?}"))
        .next()
}
