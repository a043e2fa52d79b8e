//! The values that cross from one side to the other, step by step, in the order in which they are pasted.

use super::{Copyable, Facts, Field, Mapping, Side, Step, mappings};

/// A value that comes from one place and goes to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// What the clipboard gets.
    pub copy: Copyable,
    /// The value; none while it is waited for.
    pub value: Option<String>,
    /// Where it comes from, where that is a place on the other side.
    pub from: Option<Field>,
    /// The side it goes to.
    pub to_side: Side,
    /// The label it goes to: a catalogue key.
    pub to_label: String,
}

/// The crossings of `step`, given the facts with everything derived.
pub fn wires(facts: &Facts, step: Step) -> Vec<Transfer> {
    let value = |from: Option<Field>, field: Field, to: Field| Transfer {
        copy: Copyable::Value { field },
        value: facts.text(field).filter(|text| !text.is_empty()).map(str::to_owned),
        from,
        to_side: to.side(),
        to_label: label(to),
    };
    let nops_to_aws = |field, to| value(Some(field), field, to);
    match step {
        Step::Start | Step::Connect | Step::People => Vec::new(),
        Step::Addresses => vec![
            nops_to_aws(Field::SpAcsUrl, Field::AwsAcsUrl),
            nops_to_aws(Field::SpEntityId, Field::AwsAudience),
        ],
        Step::Application => vec![
            fixed(Field::AwsDisplayName, facts, "nOps"),
            fixed(Field::AwsDescription, facts, "nOps sign-in"),
            nops_to_aws(Field::SpAcsUrl, Field::AwsAcsUrl),
            nops_to_aws(Field::SpEntityId, Field::AwsAudience),
        ],
        Step::Mappings => cells(&mappings::wanted(facts)),
        Step::Details => vec![
            value(Some(Field::IdpEntityId), Field::IdpEntityId, Field::NopsIssuerUrl),
            Transfer {
                copy: Copyable::CertificatePem,
                value: super::idp::Idp::of(facts)
                    .certificate()
                    .map(|(_, certificate)| certificate.pem()),
                from: Some(Field::IdpCertificate),
                to_side: Side::Nops,
                to_label: label(Field::NopsX509),
            },
        ],
        Step::SignInTests => vec![
            value(None, Field::AccessPortalUrl, Field::TestFromPortal),
            value(None, Field::SpLoginUrl, Field::TestFromNops),
        ],
        Step::DryRun | Step::Finish => {
            vec![value(None, Field::AccessPortalUrl, Field::AccessPortalUrl)]
        }
    }
}

/// A value of our own proposal, unless the person chose another.
fn fixed(field: Field, facts: &Facts, proposal: &str) -> Transfer {
    Transfer {
        copy: Copyable::Value { field },
        value: Some(facts.text(field).unwrap_or(proposal).to_owned()),
        from: None,
        to_side: Side::Aws,
        to_label: label(field),
    }
}

/// The cells to fill, row by row; the name *Subject* is already on the page.
fn cells(rows: &[Mapping]) -> Vec<Transfer> {
    let cell = |copy, value: &str, column: &str| Transfer {
        copy,
        value: Some(value.to_owned()),
        from: None,
        to_side: Side::Aws,
        to_label: format!("mapping-column-{column}"),
    };
    rows.iter()
        .enumerate()
        .flat_map(|(at, row)| {
            let number = at as u32;
            let name = (at > 0).then(|| {
                cell(Copyable::MappingAttribute { row: number }, &row.attribute, "attribute")
            });
            let value = cell(Copyable::MappingValue { row: number }, &row.value, "value");
            name.into_iter().chain([value])
        })
        .collect()
}

fn label(field: Field) -> String {
    format!("field-{}", field.name())
}
