//! The tester and the dry run.

use super::super::{
    Basis, Facts, Field, Finding, Fix, Page, Severity,
    test_record::{self, Standing},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    if facts.text(Field::TesterAssigned) == Some("unassigned") {
        found.push(
            Finding::about(Field::TesterAssigned, "tester_unassigned", Severity::Warning)
                .with("tester", facts.text(Field::Tester).unwrap_or_default())
                .fix(Fix::Read),
        );
    }
    // A passed dry run shows that the tester can sign in to AWS.
    if facts.text(Field::TesterPassword) == Some("false")
        && test_record::standing(facts, Field::DryRun) != Standing::Fresh
    {
        found.push(
            Finding::about(Field::TesterPassword, "tester_password", Severity::Warning)
                .with("tester", facts.text(Field::Tester).unwrap_or_default())
                .fix(Fix::Open { page: Page::AwsUsers }),
        );
    }
    match test_record::standing(facts, Field::DryRun) {
        Standing::Failed => {
            let failed = facts
                .proof(Field::DryRun)
                .map_or(0, |proof| proof.checks.saturating_sub(proof.passed));
            found.push(
                Finding::about(Field::DryRun, "dry_run_failed", Severity::Error)
                    .with("failed", failed.to_string())
                    .fix(Fix::Again { field: Field::DryRun }),
            );
        }
        Standing::Stale => found.push(
            Finding::about(Field::DryRun, "dry_run_stale", Severity::Warning)
                .fix(Fix::Again { field: Field::DryRun }),
        ),
        Standing::Fresh | Standing::Missing => {}
    }
    if facts.says(Field::DryRunUnsupported)
        && test_record::standing(facts, Field::DryRun) == Standing::Missing
    {
        found.push(
            Finding::about(Field::DryRunUnsupported, "dry_run_open", Severity::Info)
                .fix(Fix::Read)
                .basis(Basis::Documented),
        );
    }
    found
}
