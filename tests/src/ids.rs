//! Names in a view: the window builds its lists and the IDs of its elements from them.

use std::collections::BTreeSet;

use session::view::View;

/// Says which name is given twice or is empty.
pub fn repeated(view: &View) -> Option<String> {
    let setup = view.setup.as_ref();
    let findings = setup.into_iter().flat_map(|setup| &setup.findings).map(|one| one.id.as_str());
    let offers = setup.into_iter().flat_map(|setup| &setup.offers).map(|one| one.id.as_str());
    let setups = view.shelf.iter().map(|one| one.id.as_str());
    let files = view.damaged.iter().map(|one| one.file.as_str());
    twice("finding", findings)
        .or_else(|| twice("offer", offers))
        .or_else(|| twice("setup", setups))
        .or_else(|| twice("damaged file", files))
}

/// The first name that is empty or was there before.
pub fn twice<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut seen = BTreeSet::new();
    names
        .filter(|name| name.is_empty() || !seen.insert(*name))
        .map(|name| format!("two of {what} are named {name:?}"))
        .next()
}
