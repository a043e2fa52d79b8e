//! Lists every third-party package in the program with its license. The build script and the
//! package builder use it.
//!
//! Cargo reports the crates for this platform, and the UI's bundler reports the npm packages it included.

use std::{
    collections::{BTreeSet, HashMap},
    env, fs,
    path::Path,
    process::Command,
};

use serde_json::Value;

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A package's name, version and license.
pub type Package = (String, String, String);

/// Writes the list as a Rust expression.
pub fn write(face: &Path) -> Result<()> {
    let folder = env::var("CARGO_MANIFEST_DIR")?;
    let crates = crates(Path::new(&folder), &env::var("CARGO_PKG_NAME")?, &env::var("TARGET")?)?;
    let modules = modules(face)?;
    let packages: BTreeSet<Package> = crates.iter().chain(&modules).map(package).collect();
    let mut list = String::from("&[\n");
    for (name, version, license) in packages {
        list.push_str(&format!(
            "ThirdPartyPackage {{ name: {name:?}, version: {version:?}, license: {license:?} }},\n"
        ));
    }
    list.push(']');
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("packages.rs"), list)?)
}

/// Returns what Cargo knows about the third-party crates that the package `ours` links, without
/// build dependencies, macros and test dependencies.
pub fn crates(folder: &Path, ours: &str, target: &str) -> Result<Vec<Value>> {
    let asked = Command::new(env::var("CARGO")?)
        .args(["metadata", "--format-version=1", "--locked", "--filter-platform", target])
        .current_dir(folder)
        .output()?;
    if !asked.status.success() {
        return Err(String::from_utf8_lossy(&asked.stderr).into());
    }
    let answer: Value = serde_json::from_slice(&asked.stdout)?;
    let by_id = |list: &Value| -> HashMap<String, Value> {
        let list = list.as_array().into_iter().flatten();
        list.map(|one| (text(&one["id"]), one.clone())).collect()
    };
    let packages = by_id(&answer["packages"]);
    let nodes = by_id(&answer["resolve"]["nodes"]);
    let mut next: Vec<&String> =
        packages.iter().filter(|(_, package)| package["name"] == ours).map(|(id, _)| id).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = next.pop() {
        if !seen.insert(id) {
            continue;
        }
        for needed in nodes[id]["deps"].as_array().into_iter().flatten() {
            let linked = needed["dep_kinds"]
                .as_array()
                .is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()));
            let found = packages.get_key_value(&text(&needed["pkg"]));
            if let Some((id, package)) = found
                && linked
                && !is_macro(package)
            {
                next.push(id);
            }
        }
    }
    Ok(seen
        .into_iter()
        .map(|id| &packages[id])
        .filter(|package| !package["source"].is_null())
        .cloned()
        .collect())
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().into_iter().flatten();
    targets
        .flat_map(|target| target["kind"].as_array().into_iter().flatten())
        .any(|kind| kind == "proc-macro")
}

/// Returns the npm packages that the bundler included in the UI.
pub fn modules(face: &Path) -> Result<Vec<Value>> {
    Ok(serde_json::from_slice(&fs::read(face.join("packages.json"))?)?)
}

/// Returns a package's name, version and license.
pub fn package(package: &Value) -> Package {
    let part = |name: &str| text(&package[name]);
    // `/` is the old notation for `OR`.
    (part("name"), part("version"), part("license").replace('/', " OR "))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
