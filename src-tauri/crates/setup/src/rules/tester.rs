//! Rules about the tester and the dry run.

use crate::{
    Facts,
    Field::*,
    Finding, Fix, Page,
    test_record::{self, Standing},
};

pub(super) fn findings(facts: &Facts) -> Vec<Finding> {
    let standing = test_record::standing(facts, DryRun);
    let tester = |field, code| Finding::warning(field, code).with("tester", facts.or_empty(Tester));
    let mut found = Vec::new();
    if facts.is(TesterAssigned, "unassigned") {
        found.push(tester(TesterAssigned, "tester_unassigned").fix(Fix::Read));
    }
    // A passed dry run proves that the tester can sign in to AWS.
    if facts.is(TesterPassword, "false") && standing != Standing::Fresh {
        found.push(tester(TesterPassword, "tester_password").open(Page::AwsUsers));
    }
    match standing {
        Standing::Failed => {
            let proof = facts.proof(DryRun);
            let failed = proof.map_or(0, |proof| proof.checks.saturating_sub(proof.passed));
            found.push(Finding::error(DryRun, "dry_run_failed").with("failed", failed).again());
        }
        Standing::Stale => found.push(Finding::warning(DryRun, "dry_run_stale").again()),
        Standing::Missing if facts.says(DryRunUnsupported) => {
            found.push(Finding::info(DryRunUnsupported, "dry_run_open").fix(Fix::Read));
        }
        Standing::Fresh | Standing::Missing => {}
    }
    found
}
