//! The house stands as its plan says: who may know whom, what does no IO, and what lies at the top.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

use acceptance::{
    Result,
    fuzzed::TARGETS,
    must,
    tree::{root, tracked},
};

/// Who knows whom in the core. A part that is not named may be known by nobody.
const ARROWS: &[(&str, &[&str])] = &[
    ("names", &[]),
    ("words", &[]),
    ("reach", &[]),
    ("saml", &["names"]),
    ("credentials", &["saml"]),
    ("setup", &["credentials", "names", "saml", "words"]),
    ("people", &["names", "setup"]),
    ("store", &["names", "people", "setup"]),
    ("vault", &["names", "setup"]),
    ("nops", &["names", "reach", "setup"]),
    ("identity_center", &["names", "people", "reach", "setup", "words"]),
    ("change", &["identity_center", "names", "people", "setup", "store"]),
    // A report is what the window shows, on paper: it reads the view and no use case.
    ("report", &["names", "people", "session::view", "setup", "words"]),
    (
        "session",
        &[
            "change",
            "credentials",
            "identity_center",
            "names",
            "nops",
            "people",
            "reach",
            "report",
            "saml",
            "setup",
            "store",
            "vault",
            "words",
        ],
    ),
];

/// Parts that compute and do nothing else.
const PURE: [&str; 6] = ["credentials", "names", "people", "report", "saml", "setup"];

/// What somebody who does IO, or looks at a clock of his own, has to name.
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

/// Which outside packages may be named by which parts alone.
const KEPT_TO: &[(&str, &[&str])] = &[
    ("aws_sdk_", &["identity_center"]),
    ("aws_config::", &["identity_center"]),
    ("aws_smithy_", &["identity_center"]),
    ("keyring_core::", &["session", "vault"]),
    ("reqwest::", &["identity_center", "nops", "reach"]),
    ("bergshamra", &["saml"]),
    ("x509_parser", &["saml"]),
];

const TOP: [&str; 8] =
    ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "icons", "src-tauri", "tests", "ui"];

/// A source file of a part.
struct Source {
    part: String,
    file: PathBuf,
    text: String,
}

#[test]
fn knowledge_runs_one_way() -> Result<()> {
    let mut against = Vec::new();
    let mut seen = BTreeSet::new();
    for source in core()? {
        let known = ARROWS
            .iter()
            .find(|(part, _)| *part == source.part)
            .ok_or_else(|| format!("the plan has no part {}", source.part))?
            .1;
        for named in named(&source.text) {
            let part = named.split("::").next().unwrap_or_default().to_owned();
            if part == source.part || ARROWS.iter().all(|(known, _)| *known != part) {
                continue;
            }
            let allowed = known.iter().any(|known| {
                *known == part || named == *known || named.starts_with(&format!("{known}::"))
            });
            if !allowed {
                against.push(format!("{} names {named}", source.file.display()));
            }
            seen.insert((source.part.clone(), part));
        }
    }
    must(seen.len() > 15, || format!("only {} arrows were seen", seen.len()))?;
    nothing(&against)
}

#[test]
fn what_computes_does_nothing_else() -> Result<()> {
    let mut against = Vec::new();
    for source in core()?.iter().filter(|source| PURE.contains(&source.part.as_str())) {
        // Tests at the end of a file may do what they need.
        let text = source.text.split("#[cfg(test)]").next().unwrap_or_default();
        if source.file.ends_with("tests.rs") {
            continue;
        }
        let named = IO.iter().filter(|io| code(text).any(|line| line.contains(**io)));
        against.extend(named.map(|io| format!("{} names {io}", source.file.display())));
    }
    nothing(&against)
}

#[test]
fn outside_packages_are_kept_to_their_parts() -> Result<()> {
    let sources = core()?;
    let mut against = Vec::new();
    for (package, parts) in KEPT_TO {
        let users: Vec<_> = sources
            .iter()
            .filter(|source| code(&source.text).any(|line| line.contains(package)))
            .collect();
        must(!users.is_empty(), || format!("nobody uses {package}"))?;
        let strangers = users.iter().filter(|source| !parts.contains(&source.part.as_str()));
        against
            .extend(strangers.map(|source| format!("{} names {package}", source.file.display())));
    }
    nothing(&against)
}

/// Cargo says which package needs which, with features and targets resolved.
#[test]
fn packages_know_whom_they_should() -> Result<()> {
    let asked = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()?;
    let answer: serde_json::Value = serde_json::from_slice(&asked.stdout)?;
    let needs = |name: &str| -> Result<BTreeSet<String>> {
        let packages = answer["packages"].as_array().ok_or("cargo lists no packages")?;
        let package = packages.iter().find(|package| package["name"] == name);
        let needs = package.and_then(|package| package["dependencies"].as_array());
        Ok(needs
            .ok_or_else(|| format!("there is no package {name}"))?
            .iter()
            .filter_map(|need| Some(need["name"].as_str()?.to_owned()))
            .collect())
    };
    let (core, practice) = (needs("nops-sso-setup-core")?, needs("nops-sso-practice")?);
    for stranger in ["tauri", "nops-sso-practice", "rfd", "arboard", "wry"] {
        must(!core.contains(stranger), || format!("the core needs {stranger}"))?;
    }
    for stranger in ["tauri", "nops-sso-setup-core", "nops-sso-setup"] {
        must(!practice.contains(stranger), || format!("practice needs {stranger}"))?;
    }
    must(!needs("acceptance")?.contains("nops-sso-setup"), || {
        "the proof needs the shell's insides".to_owned()
    })?;
    must(needs("xtask")?.is_empty(), || "xtask needs a package".to_owned())
}

#[test]
fn nothing_else_lies_at_the_top() -> Result<()> {
    let tracked = tracked()?;
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

/// The face asks through one file, and opens nothing by itself.
#[test]
fn the_face_has_one_way_to_the_shell() -> Result<()> {
    let mut against = Vec::new();
    for file in tracked()? {
        let name = file.strip_prefix("ui/src/").unwrap_or_default();
        if !(name.ends_with(".ts") || name.ends_with(".svelte")) {
            continue;
        }
        let text = fs::read_to_string(root().join(&file))?;
        let wired = ["backend-tauri.ts", "bindings.ts", "main.ts"].contains(&name);
        let ways = ["@tauri-apps", "./bindings\"", "fetch(", "window.open", "innerHTML", "{@html"];
        for way in ways {
            let typed = way.contains("bindings") && name == "contract.ts";
            if text.contains(way) && !wired && !typed && !name.contains("test") {
                against.push(format!("{file} names {way}"));
            }
        }
    }
    nothing(&against)
}

/// The core's sources, tests included.
fn core() -> Result<Vec<Source>> {
    let inside = "src-tauri/core/src/";
    let mut sources = Vec::new();
    for file in tracked()? {
        let Some(name) = file.strip_prefix(inside).filter(|name| name.ends_with(".rs")) else {
            continue;
        };
        let part = name.split(['/', '.']).next().unwrap_or_default();
        if part == "lib" {
            continue;
        }
        sources.push(Source {
            part: part.to_owned(),
            text: fs::read_to_string(root().join(&file))?,
            file: file.into(),
        });
    }
    must(sources.len() > 100, || format!("only {} sources", sources.len()))?;
    Ok(sources)
}

/// The paths after `crate::`, two names deep, those of `crate::{…}` one by one.
fn named(text: &str) -> Vec<String> {
    let text: String = code(text).collect::<Vec<_>>().join("\n");
    let mut paths = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => paths.extend(members(group).iter().map(|member| path(member))),
            None => paths.push(path(rest)),
        }
    }
    paths
}

/// What stands between commas in a group, up to its own closing brace.
fn members(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut members) = (0, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                members.push(group[start..at].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                members.push(group[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    members.retain(|member| !member.is_empty());
    members
}

/// The first two names of a path.
fn path(text: &str) -> String {
    let end = text
        .find(|character: char| !(character.is_alphanumeric() || "_:".contains(character)))
        .unwrap_or(text.len());
    let names = text[..end].split("::").filter(|name| !name.is_empty());
    names.take(2).collect::<Vec<_>>().join("::")
}

/// The lines that are no comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

fn nothing(against: &[String]) -> Result<()> {
    must(against.is_empty(), || against.join("\n"))
}

#[test]
fn paths_are_read_from_groups_and_alone() {
    let text = "use crate::{a, b::{c, d}, e::f::g};\n// crate::not\nlet x = crate::h::i(1);";
    assert_eq!(named(text), ["a", "b", "e::f", "h::i"]);
}

/// `cargo xtask fuzz` is built without the readers that it names.
#[test]
fn the_fuzzer_knows_every_reader() -> Result<()> {
    let source = fs::read_to_string(root().join("src-tauri/xtask/src/fuzz.rs"))?;
    let named = source
        .split_once("const READERS")
        .and_then(|(_, after)| after.split_once("];"))
        .ok_or("it names readers")?;
    let named: Vec<_> = named.0.split('"').skip(1).step_by(2).collect();
    assert_eq!(named, TARGETS.each_ref().map(|target| target.name));
    Ok(())
}
