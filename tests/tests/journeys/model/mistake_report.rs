//! Records the effects that a sequence has had so far. They must never be lost.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

use acceptance::{Result, harness::Harness, proxy::Proxy};
use serde_json::{Value, json};

/// AWS calls that make changes.
pub const WRITES: [&str; 8] = [
    "CreateGroup",
    "CreateUser",
    "CreateGroupMembership",
    "CreateApplicationAssignment",
    "DeleteApplicationAssignment",
    "DeleteGroupMembership",
    "DeleteUser",
    "DeleteGroup",
];

/// Findings that block *Enforce*.
const CONTRARY: [&str; 3] = ["application_disabled", "application_gone", "certificate_expired"];

#[derive(Default)]
pub struct HistoryCounts {
    /// The complete lines in each change history.
    histories: HashMap<PathBuf, Vec<u8>>,
    /// The number of intended changes per history, including the histories of deleted setups.
    intended: HashMap<PathBuf, usize>,
    /// The number of calls that may have changed AWS.
    writes: usize,
    /// `seen` is the number of calls at the last check. `counted` is the number of calls already
    /// evaluated.
    seen: usize,
    counted: usize,
}

impl HistoryCounts {
    /// Starts with the changes in the history of the copied setup, which won't be made again.
    pub fn of(rig: &Harness) -> Result<Self> {
        let mut ledger = Self::default();
        ledger.outcomes(rig)?;
        ledger.writes = ledger.intended.values().sum();
        Ok(ledger)
    }

    pub fn check(&mut self, rig: &Harness, proxy: &Proxy) -> Result<()> {
        let view = rig.view();
        // Every call that was seen at the last check has received its response by now or will never
        // receive it.
        let calls = proxy.calls();
        let seen = std::mem::replace(&mut self.seen, calls.len());
        let news = calls.iter().take(seen).skip(self.counted);
        self.counted = seen;
        self.writes += news
            .filter(|call| WRITES.contains(&call.operation.as_str()))
            .filter(|call| !call.output.contains("ThrottlingException"))
            .count();
        let outcomes = self.outcomes(rig)?;
        let intended: usize = self.intended.values().sum();
        if self.writes > intended {
            return Err(format!("{} calls for {intended} changes", self.writes).into());
        }
        check_ids(&serde_json::to_value(&view)?, "view")?;
        let Some(setup) = view.setup else { return Ok(()) };
        let known = outcomes.get(&setup.id);
        for row in &setup.people.journal {
            let is_settled = !matches!(row.outcome.as_str(), "intended" | "interrupted");
            if is_settled && !known.is_some_and(|known| known.contains(&row.number)) {
                return Err(format!("the record of {row:?} is lost").into());
            }
        }
        let contrary = setup.findings.iter().find(|finding| CONTRARY.contains(&&*finding.code));
        match contrary {
            Some(finding) if setup.enforcement.open => {
                Err(format!("ready to enforce despite {}", finding.code).into())
            }
            _ => Ok(()),
        }
    }

    pub fn records(&self) -> usize {
        self.intended.values().sum()
    }

    /// Checks every change history. Returns the changes in each history that have an outcome.
    fn outcomes(&mut self, rig: &Harness) -> Result<BTreeMap<String, BTreeSet<u32>>> {
        let mut outcomes = BTreeMap::new();
        for entry in fs::read_dir(&rig.folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "journal") {
                let settled = self.history(&path)?;
                let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                outcomes.insert(id.unwrap_or_default(), settled);
            }
        }
        self.histories.retain(|path, _| path.exists());
        Ok(outcomes)
    }

    fn history(&mut self, path: &Path) -> Result<BTreeSet<u32>> {
        let Ok(bytes) = fs::read(path) else { return Ok(BTreeSet::new()) };
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let whole = &bytes[..end];
        let before = self.histories.get(path).map(Vec::as_slice).unwrap_or_default();
        if !whole.starts_with(before) {
            return Err(format!("{} lost lines", path.display()).into());
        }
        let (mut intended, mut settled) = (BTreeSet::new(), BTreeSet::new());
        for line in whole.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let line: Value = serde_json::from_slice(line)
                .map_err(|_| format!("not a record: {}", String::from_utf8_lossy(line)))?;
            let number = line["number"].as_u64().or(line["of"].as_u64()).unwrap_or_default() as u32;
            match line["line"].as_str().unwrap_or_default() {
                "intended" if !intended.insert(number) => {
                    return Err(format!("change {number} is intended twice").into());
                }
                "done" | "existed" | "found" | "unknown" | "failed"
                    if !intended.contains(&number) || !settled.insert(number) =>
                {
                    return Err(format!("change {number} ends twice or never began").into());
                }
                // A resource that was kept has a separate entry.
                "kept" => {
                    let own = intended.len() as u32 + 1;
                    intended.insert(own);
                    settled.insert(own);
                }
                _ => {}
            }
        }
        self.intended.insert(path.to_owned(), intended.len());
        self.histories.insert(path.to_owned(), whole.to_vec());
        Ok(settled)
    }
}

/// Checks that no list contains two items that have the same ID.
pub fn check_ids(value: &Value, at: &str) -> Result<()> {
    match value {
        Value::Array(items) => {
            for key in ["id", "number"] {
                let mut ids = BTreeSet::new();
                for id in items.iter().filter_map(|item| item.get(key)) {
                    if *id != json!(null) && !ids.insert(id.to_string()) {
                        return Err(format!("{at} has {key} {id} twice").into());
                    }
                }
            }
            items.iter().try_for_each(|item| check_ids(item, at))
        }
        Value::Object(members) => {
            members.iter().try_for_each(|(name, member)| check_ids(member, name))
        }
        _ => Ok(()),
    }
}
