//! Counts problems. Findings about the same mistake count as one problem.

use std::collections::BTreeMap;

use super::{Finding, Fix, Severity, Step};

/// The number of mistakes in a list of findings. Findings with severity `Info` don't count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProblemCount {
    pub count: u32,
    pub worst: Option<Severity>,
}

impl ProblemCount {
    /// Counts the mistakes in these findings. A mistake that affects two steps counts twice,
    /// because both steps show it.
    pub fn count<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        Self::count_by(findings, |finding| (finding.step, mistake_key(finding)))
    }

    /// Counts the mistakes that a repair lists. A mistake that affects two steps counts once. A
    /// failed request doesn't count, because it isn't a difference.
    pub fn differences<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let differs = findings
            .into_iter()
            .filter(|finding| finding.step != Step::Start && !is_failed_request(finding));
        Self::count_by(differs, mistake_key)
    }

    fn count_by<'a, K: Ord>(
        findings: impl IntoIterator<Item = &'a Finding>,
        mistake: impl Fn(&Finding) -> K,
    ) -> Self {
        let mut mistakes = BTreeMap::new();
        for finding in findings.into_iter().filter(|finding| finding.severity > Severity::Info) {
            let worst = mistakes.entry(mistake(finding)).or_insert(finding.severity);
            *worst = finding.severity.max(*worst);
        }
        let count = u32::try_from(mistakes.len()).unwrap_or(u32::MAX);
        Self { count, worst: mistakes.into_values().max() }
    }
}

/// Returns a key that is the same for all findings about the same mistake. Two swapped values cause
/// two findings. A wrong value causes a finding in each place that shows it: on the page and in the
/// response.
pub(crate) fn mistake_key(finding: &Finding) -> String {
    if finding.params.get("problem").is_some_and(|problem| problem == "swapped") {
        return "swapped".to_owned();
    }
    let received = finding.received.as_deref().unwrap_or_default();
    let place = || format!("{:?} {:?} {received}", finding.field, finding.item);
    match (&finding.fix, finding.params.get("problem")) {
        // A cell in the mappings or a field on a page is wrong, regardless of where it was seen.
        (Some(Fix::Copy { what }), _) => format!("{:?} {what:?}", finding.field),
        (_, Some(problem)) if !received.is_empty() => format!("{problem} {}", place()),
        _ => format!("{} {}", finding.code, place()),
    }
}

/// Returns whether the finding reports a failed request to AWS or nOps. The user fixes this by
/// trying again.
fn is_failed_request(finding: &Finding) -> bool {
    finding.cause.is_some() && finding.fix == Some(Fix::Look)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CopyableValue, Field, FindingItem, MessageCause, Page};

    const ACS: &str = "https://app.nops.io/sso/v1/0a1b2c3d4e5f/?acs";
    const ENTITY_ID: &str = "https://app.nops.io/sso/v1/0a1b2c3d4e5f/metadata";

    fn row(field: Field, code: &str, problem: &str, received: &str) -> Finding {
        Finding::error(field, code)
            .with("problem", problem)
            .with_received(received)
            .with_step(Step::DryRun)
    }

    fn check(findings: &[Finding], count: u32, worst: Option<Severity>) {
        assert_eq!(ProblemCount::count(findings), ProblemCount { count, worst }, "{findings:#?}");
    }

    #[test]
    fn swapped_addresses_are_one_problem() {
        let swapped = [
            row(Field::AwsAcsUrl, "dry_run_destination", "swapped", ENTITY_ID),
            row(Field::AwsAcsUrl, "dry_run_recipient", "swapped", ENTITY_ID),
            row(Field::AwsAudience, "dry_run_audience", "swapped", ACS),
        ];
        check(&swapped, 1, Some(Severity::Error));
    }

    #[test]
    fn repeated_wrong_value_is_one_problem() {
        let destination = row(Field::AwsAcsUrl, "dry_run_destination", "tail", "https://a");
        let recipient = row(Field::AwsAcsUrl, "dry_run_recipient", "tail", "https://a");
        check(&[destination.clone(), recipient.clone()], 1, Some(Severity::Error));
        check(
            &[destination.clone(), recipient.with_received("https://b")],
            2,
            Some(Severity::Error),
        );
        let audience = row(Field::AwsAudience, "dry_run_audience", "tail", "https://a");
        check(&[destination, audience], 2, Some(Severity::Error));
    }

    #[test]
    fn two_mistakes_are_two_problems() {
        let name = |number| {
            Finding::error(Field::AttributeMappings, "mapping_name")
                .with_item(FindingItem::Row { number })
        };
        check(&[name(1), name(2)], 2, Some(Severity::Error));
        let host = Finding::warning(Field::SpAcsUrl, "link_host").with_received(ACS);
        let kind = Finding::error(Field::SpAcsUrl, "link_kind").with_received(ACS);
        check(&[host.clone(), kind], 2, Some(Severity::Error));
        check(&[host.clone(), host.with_step(Step::Details)], 2, Some(Severity::Warning));
    }

    #[test]
    fn value_is_one_mistake_on_page_and_in_response() {
        let name = |row| CopyableValue::MappingAttribute { row };
        let pasted = |number| {
            Finding::error(Field::AttributeMappings, "mapping_name")
                .with_item(FindingItem::Row { number })
                .with_received("User.Firstname")
                .copy(name(number - 1))
        };
        let sent =
            row(Field::AttributeMappings, "dry_run_user_first_name", "name_case", "User.Firstname");
        let sent = sent.copy(name(2));
        let count = |findings: &[Finding]| ProblemCount::differences(findings).count;
        assert_eq!(count(&[pasted(3), sent.clone()]), 1);
        assert_eq!(count(&[pasted(4), sent.clone()]), 2, "another row");
        let value = sent.clone().copy(CopyableValue::MappingValue { row: 2 });
        assert_eq!(count(&[pasted(3), value]), 2, "another cell");
        let copied = |field, code| {
            Finding::error(field, code).copy(CopyableValue::Value { field: Field::SpAcsUrl })
        };
        let [page, response] = ["copy_differs", "dry_run_destination"];
        let fields = |other| [copied(Field::AwsAcsUrl, page), copied(other, response)];
        assert_eq!(count(&fields(Field::AwsAcsUrl)), 1);
        assert_eq!(count(&fields(Field::RequestAcsUrl)), 2, "another field");
        let extra = |number| {
            Finding::warning(Field::AttributeMappings, "mapping_extra")
                .with_item(FindingItem::Row { number })
                .with_page_to_open(Page::AwsApplication)
        };
        assert_eq!(count(&[extra(5), extra(6)]), 2, "two rows to delete");
        let identified = Finding::identify(vec![pasted(3), sent]);
        assert_eq!(identified[0].mistake, identified[1].mistake);
    }

    #[test]
    fn each_card_of_failed_test_counts() {
        let shown = |code: &str, field| {
            Finding::error(Field::NopsX509, code).with_item(FindingItem::Test { field })
        };
        let signature = shown("shown_signature", Field::TestFromPortal);
        let issuer = shown("shown_issuer", Field::TestFromPortal);
        let other_test = shown("shown_issuer", Field::TestFromNops);
        check(&[signature.clone(), issuer.clone()], 2, Some(Severity::Error));
        check(&[signature, issuer, other_test], 3, Some(Severity::Error));
    }

    #[test]
    fn repair_counts_each_cause_once() {
        let differ = |findings: &[Finding], count| {
            assert_eq!(ProblemCount::differences(findings).count, count, "{findings:#?}");
        };
        let seen = |field, received: &str| {
            Finding::error(field, "aws_addresses_swapped")
                .with("problem", "swapped")
                .with_received(received)
        };
        let sent = row(Field::AwsAcsUrl, "dry_run_destination", "swapped", ENTITY_ID);
        let swapped =
            [seen(Field::AwsAcsUrl, ENTITY_ID), seen(Field::AwsAudience, ACS), sent.clone()];
        differ(&swapped, 1);
        check(&swapped, 2, Some(Severity::Error));
        let other = Finding::error(Field::NopsX509, "nops_certificate_differs");
        differ(&[sent.clone(), other], 2);
        let at_start = sent.with_step(Step::Start);
        let unreachable = Finding::warning(Field::IdpMetadataFetched, "metadata_unreachable")
            .with_cause(MessageCause::new("network-timeout"))
            .with_fix(Fix::Look);
        differ(&[at_start, unreachable], 0);
        // AWS responded, so this finding counts as a problem.
        let inactive = Finding::warning(Field::InstanceStatus, "instance_not_active")
            .with_received("CREATING")
            .with_fix(Fix::Look);
        differ(&[inactive], 1);
    }

    #[test]
    fn info_findings_are_not_counted() {
        check(&[Finding::info(Field::SpAcsUrl, "link_host")], 0, None);
        check(&[], 0, None);
    }
}
