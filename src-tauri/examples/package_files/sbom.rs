//! The list of components (SBOM) in CycloneDX's JSON format.

use serde_json::{Value, json};

use crate::{Component, NAME, Registry};

/// Returns the document.
pub fn document(components: &[Component]) -> Value {
    let version = env!("CARGO_PKG_VERSION");
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": NAME,
            "name": NAME,
            "version": version,
            "licenses": [{ "expression": env!("CARGO_PKG_LICENSE") }],
        }},
        "components": components.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn entry(component: &Component) -> Value {
    let address = package_url(component);
    json!({
        "type": "library",
        "bom-ref": address,
        "name": component.name,
        "version": component.version,
        "licenses": [{ "expression": component.license }],
        "purl": address,
    })
}

/// Returns the package URL, which names the package and its registry. The `@` of an npm scope is
/// written as `%40`.
fn package_url(Component { name, version, registry, .. }: &Component) -> String {
    let kind = match registry {
        Registry::CratesIo => "cargo",
        Registry::Npm => "npm",
    };
    format!("pkg:{kind}/{}@{version}", name.replace('@', "%40"))
}
