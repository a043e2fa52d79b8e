//! The values to copy from one side to the other in each step, in the order in which the user
//! pastes them.

use super::{CopyableValue, Facts, Field, Field::*, Mapping, Side, Step, mappings};

#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// What is copied to the clipboard.
    pub copy: CopyableValue,
    /// `None` if the value isn't known yet.
    pub value: Option<String>,
    /// The field to copy from, if the value comes from a page.
    pub from: Option<Field>,
    pub to_side: Side,
    /// The message key for the label of the field to paste into.
    pub to_label: String,
}

/// Returns the transfers in `step`, based on all facts including derived facts.
pub fn transfers_in_step(facts: &Facts, step: Step) -> Vec<Transfer> {
    let value = |from: Option<Field>, field: Field, to: Field| Transfer {
        copy: CopyableValue::Value { field },
        value: facts.non_empty_text(field).map(str::to_owned),
        from,
        to_side: to.side(),
        to_label: label(to),
    };
    let nops_to_aws = |field, to| value(Some(field), field, to);
    match step {
        Step::Start | Step::Connect | Step::People => Vec::new(),
        Step::Addresses => {
            vec![nops_to_aws(SpAcsUrl, AwsAcsUrl), nops_to_aws(SpEntityId, AwsAudience)]
        }
        Step::Application => vec![
            // The addresses come first, so that they have the same numbers as in step 3.
            nops_to_aws(SpAcsUrl, AwsAcsUrl),
            nops_to_aws(SpEntityId, AwsAudience),
            chosen_value_transfer(AwsDisplayName, facts, "nOps"),
        ],
        Step::Mappings => cells(&mappings::wanted_mappings(facts)),
        Step::Details => vec![
            value(Some(IdpEntityId), IdpEntityId, NopsIssuerUrl),
            Transfer {
                copy: CopyableValue::CertificatePem,
                value: super::idp::IdentityProvider::from_facts(facts)
                    .certificate()
                    .map(|(_, certificate)| certificate.pem()),
                from: Some(IdpCertificate),
                to_side: Side::Nops,
                to_label: label(NopsX509),
            },
        ],
        Step::SignInTests => vec![
            value(None, AccessPortalUrl, TestFromPortal),
            value(None, SpLoginUrl, TestFromNops),
        ],
        Step::DryRun | Step::Finish => {
            vec![value(None, AccessPortalUrl, AccessPortalUrl)]
        }
    }
}

/// Returns a transfer of the value that the user chose, or the proposed value if the user hasn't
/// chosen.
fn chosen_value_transfer(field: Field, facts: &Facts, proposal: &str) -> Transfer {
    Transfer {
        copy: CopyableValue::Value { field },
        value: Some(facts.text(field).unwrap_or(proposal).to_owned()),
        from: None,
        to_side: Side::Aws,
        to_label: label(field),
    }
}

/// Returns a transfer for each cell, row by row. The page already contains the name *Subject*.
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
                cell(CopyableValue::MappingAttribute { row: number }, &row.attribute, "attribute")
            });
            let value = cell(CopyableValue::MappingValue { row: number }, &row.value, "value");
            name.into_iter().chain([value])
        })
        .collect()
}

fn label(field: Field) -> String {
    format!("field-{}", field.name())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn value_has_same_number_in_all_steps() {
        let mut numbers: BTreeMap<String, (usize, Step)> = BTreeMap::new();
        for step in Step::ALL {
            for (at, transfer) in transfers_in_step(&Facts::default(), *step).iter().enumerate() {
                let CopyableValue::Value { field } = transfer.copy else { continue };
                let (number, first) = numbers.entry(format!("{field:?}")).or_insert((at, *step));
                assert_eq!(*number, at, "{field:?} in {first:?} and {step:?}");
            }
        }
        assert!(numbers.contains_key("SpEntityId") && numbers.contains_key("AccessPortalUrl"));
    }
}
