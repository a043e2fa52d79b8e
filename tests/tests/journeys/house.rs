//! Architecture rules that Cargo alone doesn't enforce.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use acceptance::{
    Result, ensure,
    fuzz_targets::TARGETS,
    tree::{root, tracked_files},
};

/// Crates without I/O, which must not read a clock, a file or the network.
const PURE: [&str; 5] = ["identifiers", "messages", "people", "saml", "setup"];

/// Paths in Rust code that indicate I/O or a clock.
const IO: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "tokio::",
    "reqwest",
    "Timestamp::now",
    "SystemTime::now",
    "Instant::now",
];

/// External packages that only certain crates of the product may depend on.
const KEPT_TO: &[(&str, &[&str])] = &[
    ("aws-sdk-", &["identity-center"]),
    ("aws-config", &["identity-center"]),
    ("aws-smithy-", &["identity-center"]),
    ("keyring-core", &["nops-sso-setup", "session", "storage"]),
    ("reqwest", &["identity-center", "nops", "transport"]),
    ("bergshamra-", &["saml"]),
    ("x509-parser", &["saml"]),
];

const TOP: [&str; 8] =
    ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "icons", "src-tauri", "tests", "ui"];

#[test]
fn pure_crates_do_no_io() -> Result<()> {
    let mut against = Vec::new();
    let mut read = 0;
    for file in tracked_files()? {
        let inside =
            PURE.iter().any(|name| file.starts_with(&format!("src-tauri/crates/{name}/src/")));
        if !inside || !file.ends_with(".rs") || file.ends_with("tests.rs") {
            continue;
        }
        read += 1;
        let text = fs::read_to_string(root().join(&file))?;
        // The rule doesn't apply to the tests at the end of each file.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let named = IO.iter().filter(|io| code(text).any(|line| line.contains(**io)));
        against.extend(named.map(|io| format!("{file} names {io}")));
    }
    ensure(read > 80, || format!("only {read} sources were read"))?;
    nothing(&against)
}

/// A disk, a network drive or a parser may never end, so the session waits for them only with the
/// time limit in `blocking.rs`.
#[test]
fn session_limits_blocking_work() -> Result<()> {
    const SESSION: &str = "src-tauri/crates/session/src/";
    let mut against = Vec::new();
    let mut limited = 0;
    for file in tracked_files()? {
        if !file.starts_with(SESSION) || !file.ends_with(".rs") || file.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(root().join(&file))?;
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for way in ["spawn_blocking", "block_in_place", "block_on", "thread::"] {
            match code(text).filter(|line| line.contains(way)).count() {
                0 => {}
                found if file.ends_with("/blocking.rs") => limited += found,
                _ => against.push(format!("{file} names {way}")),
            }
        }
    }
    assert_eq!(limited, 1, "one function has the limit");
    nothing(&against)
}

/// Reads the dependencies from Cargo, which resolves features and targets.
#[test]
fn packages_use_only_allowed_dependencies() -> Result<()> {
    let needs = dependencies()?;
    let of = |name: &str| needs.get(name).ok_or_else(|| format!("there is no package {name}"));
    let ours: Vec<_> =
        needs.keys().filter(|name| !["acceptance", "xtask"].contains(&name.as_str())).collect();
    for name in &ours {
        if name.as_str() != "nops-sso-setup" {
            for stranger in ["tauri", "rfd", "arboard", "wry", "nops-sso-setup"] {
                ensure(!of(name)?.contains(stranger), || format!("{name} needs {stranger}"))?;
            }
        }
    }
    for (package, users) in KEPT_TO {
        let found: Vec<_> = ours
            .iter()
            .filter(|name| needs[**name].iter().any(|need| need.starts_with(package)))
            .collect();
        ensure(!found.is_empty(), || format!("no crate uses {package}"))?;
        for name in found {
            let allowed = users.contains(&name.as_str()) || name.as_str() == "nops-sso-practice";
            ensure(allowed, || format!("{name} needs {package}"))?;
        }
    }
    // Practice mode and the product share no code, so that each can reveal mistakes in the other
    // one.
    for name in ours.iter().filter(|name| name.as_str() != "nops-sso-practice") {
        ensure(!of("nops-sso-practice")?.contains(name.as_str()), || {
            format!("practice mode needs {name}")
        })?;
        let knows = of(name)?.contains("nops-sso-practice");
        ensure(!knows || name.as_str() == "nops-sso-setup", || {
            format!("{name} needs practice mode")
        })?;
    }
    ensure(!of("acceptance")?.contains("nops-sso-setup"), || {
        "the tests need the insides of the window".to_owned()
    })?;
    ensure(of("xtask")?.is_empty(), || "xtask needs a package".to_owned())
}

/// Returns the packages of this workspace with their dependencies, leaving out dependencies of
/// tests.
fn dependencies() -> Result<BTreeMap<String, BTreeSet<String>>> {
    let asked = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()?;
    let answer: serde_json::Value = serde_json::from_slice(&asked.stdout)?;
    let packages = answer["packages"].as_array().ok_or("cargo lists no packages")?;
    let named = |value: &serde_json::Value| value["name"].as_str().map(str::to_owned);
    let needs = |package: &serde_json::Value| -> BTreeSet<String> {
        let all = package["dependencies"].as_array().into_iter().flatten();
        all.filter(|need| need["kind"] != "dev").filter_map(named).collect()
    };
    Ok(packages.iter().filter_map(|package| Some((named(package)?, needs(package)))).collect())
}

#[test]
fn top_folder_has_only_known_entries() -> Result<()> {
    let tracked = tracked_files()?;
    let top: BTreeSet<_> = tracked
        .iter()
        .filter_map(|file| file.split('/').next())
        .filter(|name| !name.starts_with('.'))
        .collect();
    assert_eq!(top.into_iter().collect::<Vec<_>>(), TOP);
    let named = |file: &&String| file.ends_with("/mod.rs");
    assert_eq!(tracked.iter().find(named), None, "`foo.rs` + `foo/`, never `mod.rs`");
    Ok(())
}

/// The UI calls the backend through a single file. The UI itself doesn't open pages, send requests
/// or insert HTML.
#[test]
fn ui_calls_backend_through_one_file() -> Result<()> {
    let mut against = Vec::new();
    for file in tracked_files()? {
        let name = file.strip_prefix("ui/src/").unwrap_or_default();
        if !(name.ends_with(".ts") || name.ends_with(".svelte")) {
            continue;
        }
        let text = fs::read_to_string(root().join(&file))?;
        let wired = ["backend-tauri.ts", "bindings.ts", "main.ts"].contains(&name);
        let ways = ["@tauri-apps", "commands.", "fetch(", "window.open", "innerHTML", "{@html"];
        for way in ways {
            if text.contains(way) && !wired && !name.contains("test") {
                against.push(format!("{file} names {way}"));
            }
        }
    }
    nothing(&against)
}

/// Returns all lines except comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

fn nothing(against: &[String]) -> Result<()> {
    ensure(against.is_empty(), || against.join("\n"))
}

/// `cargo xtask fuzz` is built without the readers, so it has its own list of them.
#[test]
fn fuzzer_lists_every_reader() -> Result<()> {
    let source = fs::read_to_string(root().join("src-tauri/xtask/src/fuzz.rs"))?;
    let named = source
        .split_once("const READERS")
        .and_then(|(_, after)| after.split_once("];"))
        .ok_or("the readers aren't listed")?;
    let named: Vec<_> = named.0.split('"').skip(1).step_by(2).collect();
    assert_eq!(named, TARGETS.each_ref().map(|target| target.name));
    Ok(())
}
