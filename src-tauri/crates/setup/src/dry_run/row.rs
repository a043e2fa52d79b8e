//! Builds a row of the dry run, with its finding.

use std::collections::BTreeMap;

use super::{DryRunRow, RowVerdict};
use crate::{Finding, Severity, Step};

/// A check's result, with its finding. The result is `Pass` until a finding is added.
pub(super) struct ResultRow {
    row: DryRunRow,
    finding: Option<Finding>,
}

impl ResultRow {
    pub(super) fn new(
        check: &str,
        expected: impl Into<String>,
        received: impl Into<String>,
    ) -> Self {
        Self {
            row: DryRunRow {
                check: check.to_owned(),
                expected: expected.into(),
                received: received.into(),
                params: BTreeMap::new(),
                verdict: RowVerdict::Pass,
                finding: None,
            },
            finding: None,
        }
    }

    /// Sets a variable of the cells' messages.
    pub(super) fn with(mut self, name: &str, value: String) -> Self {
        self.row.params.insert(name.to_owned(), value);
        self
    }

    /// Adds a note to a passed check.
    pub(super) fn notes(self, finding: Finding) -> Self {
        self.with_result(RowVerdict::Pass, Severity::Info, finding)
    }

    pub(super) fn with_warning(self, finding: Finding) -> Self {
        self.with_result(RowVerdict::Warn, Severity::Warning, finding)
    }

    pub(super) fn unchecked_with(self, finding: Finding) -> Self {
        self.with_result(RowVerdict::Unchecked, Severity::Warning, finding)
    }

    /// Marks the row as unchecked, without a finding. Another row's finding explains why.
    pub(super) fn without_check(mut self) -> Self {
        self.row.verdict = RowVerdict::Unchecked;
        self
    }

    pub(super) fn with_failure(self, finding: Finding) -> Self {
        self.with_result(RowVerdict::Fail, Severity::Error, finding)
    }

    pub(super) fn into_parts(self) -> (DryRunRow, Option<Finding>) {
        (self.row, self.finding)
    }

    fn with_result(mut self, verdict: RowVerdict, severity: Severity, finding: Finding) -> Self {
        self.row.verdict = verdict;
        self.row.finding = Some(finding.code.clone());
        self.finding = Some(Finding { severity, ..finding.with_step(Step::DryRun) });
        self
    }
}
