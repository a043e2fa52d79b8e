//! Generates nOps's SP metadata file from its two addresses, so that the user uploads one file in
//! AWS instead of pasting two values.

use super::{Facts, Field};

pub const FILE_NAME: &str = "nops-sp-metadata.xml";

/// Returns the file's content, or `None` until both addresses are known.
///
/// Format: SAML 2.0 metadata, section 2.4.4. AWS uses the `entityID` as the audience, and the
/// HTTP-POST assertion consumer service as the ACS URL.
pub fn sp_metadata(facts: &Facts) -> Option<String> {
    let acs = facts.non_empty_text(Field::SpAcsUrl)?;
    let entity_id = facts.non_empty_text(Field::SpEntityId)?;
    let (acs, entity_id) = (escape(acs), escape(entity_id));
    Some(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity_id}">
  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{acs}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
"#
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{FactValue, Source};

    #[test]
    fn markup_in_addresses_is_escaped() {
        let mut facts = Facts::default();
        for (field, text) in [
            (Field::SpAcsUrl, r#"https://app.nops.io/sso/v1/a"b/?acs&x=<1>"#),
            (Field::SpEntityId, "https://app.nops.io/sso/v1/ab/metadata"),
        ] {
            facts.record(
                field,
                FactValue::Text(text.to_owned()),
                Source::Entered,
                Timestamp::UNIX_EPOCH,
            );
        }
        let xml = sp_metadata(&facts).unwrap();
        assert!(
            xml.contains(r#"Location="https://app.nops.io/sso/v1/a&quot;b/?acs&amp;x=&lt;1>""#)
        );
    }

    #[test]
    fn no_file_without_both_addresses() {
        let mut facts = Facts::default();
        facts.record(
            Field::SpAcsUrl,
            FactValue::Text("https://app.nops.io/sso/v1/ab/?acs".to_owned()),
            Source::Entered,
            Timestamp::UNIX_EPOCH,
        );
        assert_eq!(sp_metadata(&facts), None);
    }
}
