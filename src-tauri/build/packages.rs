//! Lists every third-party package in the program with its license.
//!
//! Cargo reports the crates for this platform, and the UI's bundler reports the npm packages it included.

use std::{
    collections::{BTreeSet, HashMap},
    env, fs,
    path::Path,
    process::Command,
};

use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A package's name, version and license.
type Package = (String, String, String);

/// Writes the list as a Rust expression.
pub fn write(face: &Path) -> Result<()> {
    let mut packages = crates()?;
    packages.extend(modules(face)?);
    let mut list = String::from("&[\n");
    for (name, version, license) in packages {
        list.push_str(&format!(
            "ThirdPartyPackage {{ name: {name:?}, version: {version:?}, license: {license:?} }},\n"
        ));
    }
    list.push(']');
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("packages.rs"), list)?)
}

/// Returns the linked third-party crates, without build dependencies, macros and test dependencies.
fn crates() -> Result<BTreeSet<Package>> {
    let asked = Command::new(env::var("CARGO")?)
        .args(["metadata", "--format-version=1", "--locked"])
        .args(["--filter-platform", &env::var("TARGET")?])
        .current_dir(env::var("CARGO_MANIFEST_DIR")?)
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
    let ours = env::var("CARGO_PKG_NAME")?;
    let mut next: Vec<&String> = packages
        .iter()
        .filter(|(_, package)| package["name"] == ours.as_str())
        .map(|(id, _)| id)
        .collect();
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
        .map(package)
        .collect())
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().into_iter().flatten();
    targets
        .flat_map(|target| target["kind"].as_array().into_iter().flatten())
        .any(|kind| kind == "proc-macro")
}

/// Returns the npm packages that the bundler included in the UI.
fn modules(face: &Path) -> Result<BTreeSet<Package>> {
    let list: Vec<Value> = serde_json::from_slice(&fs::read(face.join("packages.json"))?)?;
    Ok(list.iter().map(package).collect())
}

fn package(package: &Value) -> Package {
    let part = |name: &str| text(&package[name]);
    // `/` is the old notation for `OR`.
    (part("name"), part("version"), part("license").replace('/', " OR "))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
