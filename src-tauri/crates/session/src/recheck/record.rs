//! What the checks of a setup saw, and the file that keeps it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{RecheckReport, RecheckSubject, SubjectCheck, SubjectState};
use crate::Failure;
use setup::{Facts, Field, Finding, drift};
use storage::store::{self, LARGEST_FILE, REPORT};

/// The schema version of new files.
const SCHEMA_VERSION: u64 = 1;

/// The last report of a setup's checks, and what the checks saw. A later check needs this for the
/// subjects that it can't check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecheckRecord {
    schema_version: u64,
    pub report: RecheckReport,
    /// The facts that differ from the setup, by the subject whose check saw them.
    seen: BTreeMap<RecheckSubject, Facts>,
}

/// A setup's facts, and what the checks see.
pub(super) struct Observations {
    before: Facts,
    after: Facts,
    seen: BTreeMap<RecheckSubject, Facts>,
    /// The problems that don't follow from the facts: those of the people and their group.
    findings: Vec<Finding>,
}

impl Observations {
    pub(super) fn new(facts: Facts) -> Self {
        let after = facts.clone();
        Self { before: facts, after, seen: BTreeMap::new(), findings: Vec::new() }
    }

    /// Returns the setup's facts.
    pub(super) fn before(&self) -> &Facts {
        &self.before
    }

    /// Returns the setup's facts with what the checks saw.
    pub(super) fn after(&self) -> &Facts {
        &self.after
    }

    /// Stores what the check of a subject saw.
    pub(super) fn record<T>(
        &mut self,
        subject: RecheckSubject,
        store: impl FnOnce(&mut Facts) -> T,
    ) -> T {
        let before = self.after.clone();
        let answer = store(&mut self.after);
        self.seen.entry(subject).or_default().extend(self.after.changed_since(&before));
        answer
    }

    pub(super) fn add_findings(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
    }

    /// Keeps what earlier checks saw in the subjects that weren't checked this time. What they saw
    /// before `verified` no longer counts, because the setup was tested after that.
    pub(super) fn carry_over(
        &mut self,
        checks: &mut [SubjectCheck],
        last: RecheckRecord,
        verified: Option<Timestamp>,
    ) {
        let RecheckRecord { report, mut seen, .. } = last;
        for check in checks.iter_mut().filter(|check| check.state != SubjectState::Checked) {
            let Some(at) = report.last_checked(check.subject) else { continue };
            let time = at.parse::<Timestamp>().ok();
            if time.is_none_or(|time| verified.is_some_and(|verified| verified > time)) {
                continue;
            }
            check.last_checked = Some(at.to_owned());
            let facts = seen.remove(&check.subject).unwrap_or_default();
            for (field, fact) in facts.iter() {
                if self.before.get(field).is_none_or(|own| own.at <= fact.at) {
                    let (value, source) = (fact.value.clone(), fact.source.clone());
                    self.after.record(field, value, source, fact.at);
                }
            }
            // The setup's people were added again, or their list changed.
            let is_people_newer =
                self.before.get(Field::PeopleAdded).is_none_or(|own| Some(own.at) > time);
            if check.subject == RecheckSubject::People && !is_people_newer {
                let of_people =
                    report.findings.iter().filter(|one| one.field == Some(Field::Group));
                self.findings.extend(of_people.cloned());
            }
            self.seen.insert(check.subject, facts);
        }
    }

    pub(super) fn into_record(self, checks: Vec<SubjectCheck>, now: Timestamp) -> RecheckRecord {
        let Self { before, after, seen, mut findings } = self;
        findings.extend(drift::findings(&after, now));
        let report = RecheckReport {
            at: now.to_string(),
            checks,
            changed: drift::changed_values(&before, &after, now),
            findings: Finding::identify(findings),
        };
        RecheckRecord { schema_version: SCHEMA_VERSION, report, seen }
    }
}

impl RecheckReport {
    /// Returns when the subject was last checked. `None` if it never was.
    fn last_checked(&self, subject: RecheckSubject) -> Option<&str> {
        let check = self.checks.iter().find(|check| check.subject == subject)?;
        match check.state {
            SubjectState::Checked => Some(&self.at),
            SubjectState::Skipped | SubjectState::Unchecked => check.last_checked.as_deref(),
        }
    }
}

/// Returns where a setup's last record is kept.
pub(crate) fn record_path(setup: &Path) -> PathBuf {
    setup.with_extension(REPORT)
}

/// Saves a record in `file`, the setup's file with another extension. A file of a later version of
/// this program is kept.
pub(crate) fn save_record(file: &Path, record: &RecheckRecord) -> Result<(), Failure> {
    let json = serde_json::to_vec_pretty(record).map_err(|_| Failure::new("disk_failed"))?;
    if version(file).is_some_and(|version| version != SCHEMA_VERSION) {
        let shown = file.file_name().unwrap_or_default().to_string_lossy();
        return Err(Failure::new("watch_version").with("file", shown));
    }
    Ok(store::replace(file, &json)?)
}

/// Returns the last record of the setup in `setup`, or `None` if there is no readable record.
pub(crate) fn load_record(setup: &Path) -> Option<RecheckRecord> {
    let content = local_files::read(&record_path(setup), LARGEST_FILE).ok()?;
    let record: RecheckRecord = serde_json::from_slice(&content).ok()?;
    (record.schema_version == SCHEMA_VERSION).then_some(record)
}

/// Returns the schema version of a file, or `None` if it has none.
fn version(file: &Path) -> Option<u64> {
    /// The part that all versions have in common.
    #[derive(Deserialize)]
    struct Versioned {
        schema_version: u64,
    }
    let content = local_files::read(file, LARGEST_FILE).ok()?;
    Some(serde_json::from_slice::<Versioned>(&content).ok()?.schema_version)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn record() -> RecheckRecord {
        Observations::new(Facts::default()).into_record(Vec::new(), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn file_of_a_later_version_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let setup = folder.path().join("a.json");
        let file = record_path(&setup);
        save_record(&file, &record()).unwrap();
        assert_eq!(load_record(&setup), Some(record()));
        let later = fs::read_to_string(&file).unwrap().replace(": 1,", ": 2,");
        fs::write(&file, &later).unwrap();
        assert_eq!(load_record(&setup), None);
        let refused = save_record(&file, &record()).unwrap_err();
        assert_eq!(refused.code, "watch_version");
        assert_eq!(fs::read_to_string(&file).unwrap(), later);
        fs::write(&file, "half").unwrap();
        save_record(&file, &record()).unwrap();
        assert_eq!(load_record(&setup), Some(record()), "an unreadable file is replaced");
    }
}
