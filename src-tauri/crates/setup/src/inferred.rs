//! What we inferred about AWS and nOps, compared with what this setup shows.

use identifiers::{ApplicationArn, PortalToken};
use saml::certificate::SelfSignature;
use url::Url;
use uuid::Uuid;

use super::{
    Facts, Field,
    idp::{self, key_name},
};

/// An inferred behavior of AWS or nOps that the app relies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Inference {
    /// The token in an application's links is derived from its ARN.
    TokenFromArn,
    /// AWS's metadata can be fetched without credentials.
    MetadataIsPublic,
    /// The sign-in URL is the issuer.
    IssuerIsSignInUrl,
    /// AWS's certificate is self-signed as `amazonaws.com`, RSA 2048.
    UsualCertificate,
    /// nOps's addresses are on `app.nops.io`.
    UsualNopsHost,
    /// The ACS URL and the Entity ID differ only in their ends.
    OneNopsId,
    /// The ID in nOps's addresses is a UUID.
    NopsIdIsUuid,
    /// Some organizations see nOps's addresses only after the first save.
    AddressesAfterSave,
    /// nOps's Entity ID returns metadata.
    NopsMetadata,
    /// nOps's Shareable Link redirects to the saved endpoint with a request.
    NopsRedirect,
    /// nOps requests the *unspecified* NameID format.
    UnspecifiedNameId,
    /// The access portal shows a response with *Copy XML*.
    CopyXml,
    /// AWS logs that the configuration was saved.
    SavesLogged,
    /// AWS logs which user opened the application.
    OpeningLogged,
    /// AWS's metadata lists a certificate before it's active.
    InactiveCertificateListed,
}

impl Inference {
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Returns whether this setup shows that the inference is true. `None` if it shows nothing
    /// about it. `facts` are the stored facts, without derived ones.
    pub fn seen(self, facts: &Facts) -> Option<bool> {
        let text = |field| facts.non_empty_text(field);
        let known = |field| facts.get(field).map(|_| true);
        let metadata = [Field::IdpMetadataFetched, Field::IdpMetadata]
            .into_iter()
            .find_map(|field| idp::metadata(facts, field));
        match self {
            Self::TokenFromArn => {
                let arn: ApplicationArn = facts.parsed(Field::ApplicationArn)?;
                let issuer = metadata.as_ref().map(|metadata| metadata.entity_id.as_str());
                let issuer = issuer.or_else(|| text(Field::IdpEntityId))?;
                Some(issuer.ends_with(&format!("/{}", PortalToken::encode(&arn))))
            }
            Self::MetadataIsPublic => known(Field::IdpMetadataFetched),
            Self::IssuerIsSignInUrl => {
                let metadata = metadata?;
                Some(metadata.sso_url()? == metadata.entity_id)
            }
            Self::UsualCertificate => metadata?.certificates.first().map(|certificate| {
                certificate.subject().contains("CN=amazonaws.com")
                    && certificate.self_signature() == SelfSignature::Holds
                    && key_name(certificate) == "RSA 2048"
            }),
            Self::UsualNopsHost => {
                let url = Url::parse(text(Field::SpAcsUrl)?).ok()?;
                Some(url.host_str() == Some("app.nops.io"))
            }
            Self::OneNopsId => {
                let acs = text(Field::SpAcsUrl)?.strip_suffix("?acs");
                let entity_id = text(Field::SpEntityId)?.strip_suffix("metadata");
                Some(acs.is_some() && acs == entity_id)
            }
            Self::NopsIdIsUuid => {
                let url = Url::parse(text(Field::SpAcsUrl)?).ok()?;
                let id = url.path_segments()?.rfind(|part| !part.is_empty())?;
                Some(Uuid::try_parse(id).is_ok())
            }
            // The user reported that nOps showed none, saved, and then copied them.
            Self::AddressesAfterSave => {
                let time = |field| facts.get(field).map(|fact| fact.at);
                let reported = time(Field::AddressesNotYet)?;
                let (saved, shown) = (time(Field::NopsSaved)?, time(Field::SpAcsUrl)?);
                (reported <= saved && saved < shown).then_some(true)
            }
            Self::NopsMetadata => known(Field::NopsMetadataEntityId),
            Self::NopsRedirect => known(Field::RequestIssuer),
            Self::UnspecifiedNameId => {
                facts.text(Field::RequestNameIdFormat).map(|format| format.contains("unspecified"))
            }
            Self::CopyXml => match facts.recorded_result(Field::DryRun) {
                Some(result) if result.copied => Some(true),
                _ => facts.is_true(Field::DryRunUnsupported).then_some(false),
            },
            Self::SavesLogged => known(Field::ConfigurationSaved),
            Self::OpeningLogged => known(Field::ApplicationOpened),
            Self::InactiveCertificateListed => {
                let listed = metadata?.certificates.clone();
                let downloaded = idp::certificate(facts, Field::NewCertificate);
                let old = idp::certificate(facts, Field::OldCertificate);
                match downloaded {
                    _ if listed.len() > 1 => Some(true),
                    // The user downloaded a certificate that the metadata doesn't list.
                    Some(new) if Some(&new) != old.as_ref() && !listed.contains(&new) => {
                        Some(false)
                    }
                    _ => None,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{FactValue, Source, Verdict, test_record};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn reported_addresses_count_only_after_a_save() {
        let seen = |times: [(Field, i64); 3]| {
            let mut facts = Facts::default();
            let mut times = times;
            times.sort_by_key(|(_, second)| *second);
            for (field, second) in times.into_iter().filter(|(_, second)| *second > 0) {
                let text = FactValue::Text("true".to_owned());
                facts.record(field, text, Source::Declared, at(second));
            }
            Inference::AddressesAfterSave.seen(&facts)
        };
        use Field::{AddressesNotYet, NopsSaved, SpAcsUrl};
        for (reported, saved, shown, expected) in [
            (1, 0, 0, None),
            (1, 0, 2, None),
            (1, 3, 2, None),
            (0, 1, 2, None),
            (1, 2, 3, Some(true)),
        ] {
            let times = [(AddressesNotYet, reported), (NopsSaved, saved), (SpAcsUrl, shown)];
            assert_eq!(seen(times), expected, "{times:?}");
        }
    }

    #[test]
    fn only_a_copied_response_shows_copy_xml() {
        let seen = |copied: Option<bool>, unsupported: bool| {
            let mut facts = Facts::default();
            if let Some(copied) = copied {
                let result = test_record::dry_run(&facts, Verdict::Passed, at(0), (1, 1), None);
                let FactValue::Result(mut result) = result else { return None };
                result.copied = copied;
                facts.record(Field::DryRun, FactValue::Result(result), Source::Observed, at(1));
            }
            let text = FactValue::Text(unsupported.to_string());
            facts.record(Field::DryRunUnsupported, text, Source::Declared, at(2));
            Inference::CopyXml.seen(&facts)
        };
        assert_eq!(seen(None, false), None);
        assert_eq!(seen(Some(false), false), None, "a recording or a shared result");
        assert_eq!(seen(Some(false), true), Some(false));
        assert_eq!(seen(Some(true), false), Some(true));
        assert_eq!(seen(Some(true), true), Some(true));
    }
}
