//! Builds the view of handovers.

use setup::{
    Fact, FactValue, Facts, Field, Verdict,
    handover::{Choice, Handover, compare, merge, names_other_organization},
    test_record::{self, ResultState},
};

use crate::{
    setup_session::SetupSession,
    view::{
        ComparedValueView, FactView, HandoverView, ReceivedHandover, SentHandoverView, ValueDetail,
    },
};

pub(super) fn view(open: &SetupSession) -> HandoverView {
    HandoverView {
        lane: open.cx.held.setup.lane(),
        received: open.handover.received.as_ref().map(|file| {
            let values = compared_values(open, &file.handover);
            let unchanged = file.handover.values.len() - values.len();
            ReceivedHandover {
                file: file.name.clone(),
                from: file.handover.from,
                saved: file.handover.saved.to_string(),
                fingerprint: file.handover.fingerprint(),
                personal_data: file.handover.personal_data,
                other_organization: names_other_organization(open.cx.facts(), &file.handover),
                values,
                unchanged: u32::try_from(unchanged).unwrap_or(u32::MAX),
            }
        }),
        sent: open
            .handover
            .sent
            .as_ref()
            .map(|sent| SentHandoverView { to: sent.to, fingerprint: sent.fingerprint.clone() }),
    }
}

fn compared_values(open: &SetupSession, handover: &Handover) -> Vec<ComparedValueView> {
    let (own, now) = (open.cx.facts(), open.cx.now());
    let compared = compare(own, handover, now);
    let theirs = compared.iter().map(|value| (value.field, Choice::Theirs));
    let taken = merge(own, handover, None, &theirs.collect(), now);
    let taken = taken.map_or_else(|_| own.clone(), |(taken, _)| taken);
    let mut values: Vec<_> = compared
        .into_iter()
        .map(|value| {
            let field = value.field;
            let fact = value.theirs.to_fact(None);
            let mut theirs = details(field, &fact, &taken);
            let mut mine =
                value.ours.as_ref().map_or_else(Vec::new, |ours| details(field, ours, own));
            if matches!(fact.value, FactValue::Text(_)) && value.ours.is_some() {
                keep_distinct(&mut mine, &mut theirs);
            }
            ComparedValueView {
                field,
                difference: value.difference,
                mine: value.ours.map(|fact| shown_fact(field, &fact)),
                theirs: shown_fact(field, &fact),
                my_details: mine,
                their_details: theirs,
            }
        })
        .collect();
    values.sort_by_key(|value| (value.field.step(), value.field));
    values
}

/// Removes the details that both documents have.
fn keep_distinct(mine: &mut Vec<ValueDetail>, theirs: &mut Vec<ValueDetail>) {
    let all = theirs.clone();
    theirs.retain(|detail| !mine.contains(detail));
    mine.retain(|detail| !all.contains(detail));
}

/// Returns what distinguishes a document or a result from others. `facts` contains the facts that
/// a result is about.
fn details(field: Field, fact: &Fact, facts: &Facts) -> Vec<ValueDetail> {
    if let FactValue::Result(result) = &fact.value {
        let at = fact.source.origin().map_or(fact.at, |origin| origin.at);
        let tested = ValueDetail::TestedAt { at: result.at.unwrap_or(at).to_string() };
        let (passed, checks) = (result.passed, result.checks);
        let checks = (checks > 0).then_some(ValueDetail::Checks { passed, checks });
        let are_current = result.depends_on == test_record::dependency_digest(facts, field)
            && test_record::result_state(facts, field) != ResultState::Stale;
        return [Some(tested), checks, Some(ValueDetail::Values { are_current })]
            .into_iter()
            .flatten()
            .collect();
    }
    if !matches!(field, Field::IdpMetadata | Field::IdpMetadataFetched) {
        return Vec::new();
    }
    let Some(metadata) = fact.metadata() else { return Vec::new() };
    let url = metadata.sso_redirect.clone().or_else(|| metadata.sso_post.clone());
    let entity_id = ValueDetail::EntityId { url: metadata.entity_id.clone() };
    let certificates = metadata.certificates.iter().map(|certificate| ValueDetail::Certificate {
        sha256: certificate.sha256(),
        not_after: certificate.not_after().to_string(),
    });
    [entity_id]
        .into_iter()
        .chain(url.map(|url| ValueDetail::SignInUrl { url }))
        .chain(certificates)
        .collect()
}

fn shown_fact(field: Field, fact: &Fact) -> FactView {
    FactView {
        value: shown_text(field, fact),
        source: fact.source.clone(),
        at: fact.at.to_string(),
        kept: fact.kept,
    }
}

/// Returns a value as text. Long documents are identified by what distinguishes them.
fn shown_text(field: Field, fact: &Fact) -> String {
    match &fact.value {
        FactValue::Result(result) => match result.verdict {
            Verdict::Passed => "passed".to_owned(),
            Verdict::Failed => "failed".to_owned(),
        },
        FactValue::Text(_) if matches!(field, Field::IdpMetadata | Field::IdpMetadataFetched) => {
            fact.metadata().map(|metadata| metadata.entity_id.clone()).unwrap_or_default()
        }
        FactValue::Text(text) => match fact.certificate() {
            Some(certificate) => certificate.sha256(),
            None => super::shortened(text),
        },
        FactValue::Mappings(rows) => super::rows_as_text(rows),
        FactValue::Event(event) => event.detail.clone(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use setup::Source;

    use super::*;

    #[test]
    fn result_details_say_when_and_what() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let acs = |text: &str| FactValue::Text(text.to_owned());
        let mut facts = Facts::default();
        facts.record(Field::SpAcsUrl, acs("https://example.com/a"), Source::Entered, at(1));
        let result = test_record::dry_run(&facts, Verdict::Passed, at(5), (12, 13), None);
        facts.record(Field::DryRun, result, Source::Observed, at(6));
        let shown = |facts: &Facts| {
            let fact = facts.get(Field::DryRun).unwrap();
            details(Field::DryRun, fact, facts)
        };
        let expected = |are_current| {
            vec![
                ValueDetail::TestedAt { at: at(5).to_string() },
                ValueDetail::Checks { passed: 12, checks: 13 },
                ValueDetail::Values { are_current },
            ]
        };
        assert_eq!(shown(&facts), expected(true));
        facts.record(Field::SpAcsUrl, acs("https://example.com/b"), Source::Entered, at(7));
        assert_eq!(shown(&facts), expected(false));
    }

    #[test]
    fn documents_show_only_what_differs() {
        let url = |url: &str| ValueDetail::SignInUrl { url: url.to_owned() };
        let certificate = |sha256: &str| ValueDetail::Certificate {
            sha256: sha256.to_owned(),
            not_after: "2031-11-12T00:00:00Z".to_owned(),
        };
        let mut mine = vec![url("https://example.com"), certificate("A")];
        let mut theirs = vec![url("https://example.com"), certificate("B"), certificate("A")];
        keep_distinct(&mut mine, &mut theirs);
        assert_eq!((mine, theirs), (vec![], vec![certificate("B")]));
    }
}
