//! Builds the view of handovers.

use setup::{
    Fact, FactValue, Field, Verdict,
    handover::{Handover, compare, names_other_organization},
};

use crate::{
    setup_session::SetupSession,
    view::{ComparedValueView, FactView, HandoverView, ReceivedHandover, SentHandoverView},
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
    let compared = compare(open.cx.facts(), handover, open.cx.now());
    let mut values: Vec<_> = compared
        .into_iter()
        .map(|value| ComparedValueView {
            field: value.field,
            difference: value.difference,
            mine: value.ours.map(|fact| shown_fact(value.field, &fact)),
            theirs: shown_fact(value.field, &value.theirs.to_fact(None)),
        })
        .collect();
    values.sort_by_key(|value| (value.field.step(), value.field));
    values
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
