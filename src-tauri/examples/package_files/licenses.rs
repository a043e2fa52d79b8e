//! The licenses of the third-party packages: a list, then each license text once.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use crate::{Component, packages::Result};

/// How the names of files with licenses and notices start.
const NAMES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// Returns the list of packages and their license texts.
pub fn text(components: &[Component]) -> Result<String> {
    let mut out = "nOps SSO Setup contains these packages, under these licenses.\n\n".to_owned();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Component { name, version, license, folder, .. } in components {
        writeln!(out, "{name} {version}: {license}")?;
        for text in license_texts(folder)? {
            texts.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    for (text, packages) in &texts {
        write!(out, "\n{}\n{}\n\n{text}\n", "-".repeat(72), packages.join("\n"))?;
    }
    Ok(out)
}

/// Returns the texts of a package's license files.
fn license_texts(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if file.is_file() && NAMES.iter().any(|start| name.starts_with(start)) {
            let text = String::from_utf8_lossy(&fs::read(&file)?).replace('\r', "");
            texts.push(text.trim_matches('\n').to_owned());
        }
    }
    Ok(texts)
}
