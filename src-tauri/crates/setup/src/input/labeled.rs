//! Reads values by their labels on AWS's and nOps's pages. Both pages show the same address, so its
//! format alone doesn't show which page it was copied from.

use identifiers::EmailDomain;

use crate::{FactValue, Field};

/// The labels of values whose format doesn't identify the field: copies from the other page, and the
/// domain.
const COPIES: [(&str, Field); 6] = [
    ("Application ACS URL", Field::AwsAcsUrl),
    ("Application SAML audience", Field::AwsAudience),
    ("Issuer URL (entityId)", Field::NopsIssuerUrl),
    ("SAML 2.0 Endpoint (HTTP) (singleSignOnService: URL)", Field::NopsSsoEndpoint),
    ("X.509 Certificate", Field::NopsX509),
    ("Domain", Field::NopsDomain),
];

/// The labels of other values, and the field for each label. The format identifies the field, so
/// the label matters only if a whole page was pasted into one field.
const ORIGINALS: [(&str, Field); 5] = [
    ("Assertion Consumer Service", Field::SpAcsUrl),
    ("Entity ID", Field::SpEntityId),
    ("Shareable Link for IDP Login", Field::SpLoginUrl),
    ("IAM Identity Center SAML issuer URL", Field::IdpLink),
    ("AWS access portal URL", Field::AccessPortalUrl),
];

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Splits a copied page into the values labeled in `COPIES` and the remaining text.
pub(super) fn split_labeled_values(text: &str) -> (Vec<(Field, FactValue)>, String) {
    split_by(&COPIES, text)
}

/// Returns the value next to the field's label. Returns `None` if the page shows different values
/// next to that label.
pub(super) fn find_value(field: Field, text: &str) -> Option<String> {
    let labels: Vec<(&str, Field)> =
        COPIES.into_iter().chain(ORIGINALS).filter(|(_, labeled)| *labeled == field).collect();
    let (found, _) = split_by(&labels, text);
    let mut values = found.into_iter().filter_map(|(_, value)| value.text().map(str::to_owned));
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

fn split_by(labels: &[(&str, Field)], text: &str) -> (Vec<(Field, FactValue)>, String) {
    let mut found = Vec::new();
    let mut rest = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let labeled = labels.iter().find_map(|(label, field)| {
            let beside = line.trim().strip_prefix(label)?;
            (beside.is_empty() || beside.starts_with([' ', '\t', ':'])).then_some((*field, beside))
        });
        let Some((field, beside)) = labeled else {
            rest.push_str(line);
            rest.push('\n');
            continue;
        };
        let mut value = beside.trim_start_matches(':').trim().to_owned();
        while value.is_empty() && lines.peek().is_some_and(|next| next.trim().is_empty()) {
            lines.next();
        }
        if value.is_empty()
            && let Some(next) = lines.next_if(|next| looks_like_value(field, next.trim()))
        {
            next.trim().clone_into(&mut value);
        }
        while value.starts_with(BEGIN) && !value.ends_with(END) {
            let Some(next) = lines.next() else { break };
            value.push('\n');
            value.push_str(next.trim());
        }
        if looks_like_value(field, &value) {
            found.push((field, FactValue::Text(value)));
        } else if !beside.is_empty() {
            rest.push_str(line);
            rest.push('\n');
        }
    }
    (found, rest)
}

fn looks_like_value(field: Field, text: &str) -> bool {
    match field {
        Field::NopsX509 => text.starts_with(BEGIN),
        Field::NopsDomain => text.contains('.') && text.parse::<EmailDomain>().is_ok(),
        _ => text.starts_with("http") && !text.contains(char::is_whitespace),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACS: &str = "https://app.nops.io/sso/v1/a/?acs";
    const ENTITY_ID: &str = "https://app.nops.io/sso/v1/a/metadata";

    fn find_labeled_values(text: &str) -> Vec<(Field, String)> {
        let (found, _) = split_labeled_values(text);
        found.into_iter().map(|(field, value)| (field, value.text().unwrap().to_owned())).collect()
    }

    #[test]
    fn swapped_values_keep_their_labels() {
        let expected = [(Field::AwsAcsUrl, ENTITY_ID), (Field::AwsAudience, ACS)]
            .map(|(field, value)| (field, value.to_owned()));
        for text in [
            format!("Application ACS URL\n{ENTITY_ID}\nApplication SAML audience\n{ACS}\n"),
            format!("Application ACS URL\t{ENTITY_ID}\r\nApplication SAML audience\t{ACS}"),
            format!("Application ACS URL: {ENTITY_ID}\n\nApplication SAML audience\n\n  {ACS}  \n"),
        ] {
            assert_eq!(find_labeled_values(&text), expected, "{text}");
        }
    }

    #[test]
    fn value_is_found_by_label_of_its_field() {
        let page = format!(
            "Assertion Consumer Service\n{ACS}\nEntity ID\t{ENTITY_ID}\nX.509 Certificate\n\
             {BEGIN}\nMIID\n{END}\nSave\n"
        );
        for (field, value) in [
            (Field::SpAcsUrl, Some(ACS.to_owned())),
            (Field::SpEntityId, Some(ENTITY_ID.to_owned())),
            (Field::NopsX509, Some(format!("{BEGIN}\nMIID\n{END}"))),
            (Field::SpLoginUrl, None),
            (Field::AwsAcsUrl, None),
        ] {
            assert_eq!(find_value(field, &page), value, "{field:?}");
        }
    }

    #[test]
    fn label_with_different_values_is_ignored() {
        let twice = |second| format!("Entity ID\n{ENTITY_ID}\nEntity ID\n{second}\n");
        assert_eq!(find_value(Field::SpEntityId, &twice(ENTITY_ID)), Some(ENTITY_ID.to_owned()));
        assert_eq!(find_value(Field::SpEntityId, &twice(ACS)), None);
    }

    #[test]
    fn domain_is_read_only_as_a_value() {
        for text in
            ["Domain\nexample.com\nEnforce SSO", "Domain: example.com", "Domain\texample.com"]
        {
            assert_eq!(
                find_labeled_values(text),
                [(Field::NopsDomain, "example.com".to_owned())],
                "{text}"
            );
        }
        for text in ["Domain\n\nEnforce SSO login\n", "Domain\nOn\n", "Domains\nexample.com\n"] {
            assert_eq!(find_labeled_values(text), [], "{text}");
        }
        let sentence = format!("Domain users sign in at {ACS}\n");
        assert_eq!(split_labeled_values(&sentence), (Vec::new(), sentence.clone()));
    }

    #[test]
    fn certificate_is_read_to_its_end() {
        let text = format!("X.509 Certificate\n{BEGIN}\nMIID\n{END}\nUser Roles/Groups\n");
        assert_eq!(
            find_labeled_values(&text),
            [(Field::NopsX509, format!("{BEGIN}\nMIID\n{END}"))]
        );
        assert_eq!(split_labeled_values(&text).1, "User Roles/Groups\n");
    }

    #[test]
    fn text_without_labeled_values_is_unchanged() {
        for text in [
            format!("{ACS}\n{ENTITY_ID}\n"),
            format!("Assertion Consumer Service\n{ACS}\n"),
            "Application ACS URL\nApplication SAML audience\nSubmit\n".to_owned(),
            "Paste it as Application ACS URL.\n".to_owned(),
        ] {
            assert_eq!(find_labeled_values(&text), [], "{text}");
        }
        assert_eq!(split_labeled_values("Application ACS URL\nSubmit\n").1, "Submit\n");
    }
}
