//! AWS configurations, and what the window shows for each before the first call to AWS.

use std::{collections::HashMap, io, path::Path};

use acceptance::{
    Result,
    corpus::configurations::{self, Case},
};
use identity_center::{Profile, Profiles};
use tempfile::TempDir;

use crate::{Judgment, Row, Words};

async fn read(case: &Case, folder: &Path) -> io::Result<Profiles> {
    let mut variables = HashMap::from([("HOME".to_owned(), folder.display().to_string())]);
    case.write(&folder.join(".aws"))?;
    let set = case.variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    variables.extend(set);
    Ok(Profiles::read(variables).await)
}

/// Returns what the window shows for a profile, as messages with their parameters.
fn shown(profiles: &Profiles, name: &str) -> Vec<(String, Vec<(&'static str, String)>)> {
    let mut shown = Vec::new();
    let plain = |text: &str| (text.to_owned(), Vec::new());
    match profiles.find(name) {
        None => shown.push(plain("profile-missing")),
        Some(Profile { problem: Some(problem), .. }) => {
            shown.push((format!("profile-{}", problem.code()), problem.params()));
        }
        Some(profile) => {
            shown.push(match (&profile.mfa_device, &profile.region) {
                (Some(_), _) => plain("code"),
                (None, None) => plain("region"),
                (None, Some(_)) => plain("ready"),
            });
            let hints = profile.hints.iter();
            shown
                .extend(hints.map(|hint| (format!("profile_hint-{}", hint.code()), hint.params())));
        }
    }
    let notes = profiles.environment.iter();
    shown.extend(notes.map(|note| (format!("environment-{}", note.code()), note.params())));
    let notes = profiles.notes.iter();
    shown
        .extend(notes.map(|note| (format!("configuration-{}", note.reason.code()), note.params())));
    shown
}

/// Returns what the window shows for each configuration before the first call to AWS.
pub async fn rows(words: &Words) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for case in configurations::cases() {
        let folder = TempDir::new()?;
        let profiles = read(&case, folder.path()).await?;
        let found = shown(&profiles, case.profile);
        let (params, messages): (Vec<&str>, Vec<&str>) =
            case.shown.split(' ').partition(|word| word.contains('='));
        let holds = |param: &&&str| {
            let (name, value) = param.split_once('=').unwrap_or_default();
            let mut all = found.iter().flat_map(|(_, params)| params);
            all.any(|(known, text)| *known == name && text.replace(' ', "_") == value)
        };
        let keys = found.iter().map(|(key, _)| key.as_str());
        let shown = found.iter().filter(|(key, _)| key.contains('-'));
        rows.push(Row {
            source: case.source,
            judgment: Judgment::Right,
            expected: [messages, params.clone()].concat().join(" "),
            found: keys.chain(params.iter().filter(holds).copied()).collect::<Vec<_>>().join(" "),
            holds: Vec::new(),
            shown: shown.map(|(key, params)| words.text(key, params)).collect::<Vec<_>>().join(" "),
        });
    }
    Ok(rows)
}
