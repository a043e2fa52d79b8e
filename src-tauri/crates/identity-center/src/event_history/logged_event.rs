//! An event that CloudTrail recorded. A record that doesn't have AWS's documented format is
//! ignored.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// The names of the events to look up (IAM Identity Center User Guide: understanding sign-in
/// events; IAM Identity Center information in CloudTrail).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
pub enum EventName {
    /// A user signed in.
    UserAuthentication,
    /// AWS accepted or rejected a user's credential.
    CredentialVerification,
    /// A user opened an application or an account.
    Federate,
    CreateApplicationInstance,
    UpdateApplicationInstanceServiceProviderConfiguration,
    ImportApplicationInstanceServiceProviderMetadata,
    /// The values of the attribute mappings were saved.
    UpdateApplicationInstanceResponseConfiguration,
    /// The formats of the attribute mappings were saved.
    UpdateApplicationInstanceResponseSchemaConfiguration,
}

/// An event in the format that `LookupEvents` returns.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListedEvent {
    username: Option<String>,
    /// The record, as JSON text.
    cloud_trail_event: Option<String>,
}

impl ListedEvent {
    /// Returns the event, unless its record has no time or isn't JSON.
    pub(super) fn read(self, name: EventName) -> Option<LoggedEvent> {
        let text = self.cloud_trail_event?;
        let record: Value = serde_json::from_str(&text).ok()?;
        let at = record["eventTime"].as_str()?.parse().ok()?;
        Some(LoggedEvent { name, at, listed_user: self.username, record, text })
    }
}

#[derive(Clone, Debug)]
pub struct LoggedEvent {
    pub name: EventName,
    pub at: Timestamp,
    listed_user: Option<String>,
    record: Value,
    /// The record as text.
    text: String,
}

/// The values that were saved by a change to an application, as far as the record contains them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedValues {
    /// The ACS URL and the audience.
    pub addresses: Option<(String, String)>,
    pub mapped_values: Option<BTreeMap<String, String>>,
    pub mapped_formats: Option<BTreeMap<String, String>>,
}

impl LoggedEvent {
    /// Returns whether this user of an identity store caused the event. Older records contain only
    /// the user name.
    pub fn is_caused_by(&self, store: &str, user_id: &str, user_name: &str) -> bool {
        let identity = &self.record["userIdentity"];
        let on_behalf = &identity["onBehalfOf"];
        match on_behalf["userId"].as_str() {
            Some(id) => {
                let of = on_behalf["identityStoreArn"].as_str().unwrap_or_default();
                id == user_id && of.rsplit('/').next() == Some(store)
            }
            None => [&identity["userName"], &self.record["additionalEventData"]["UserName"]]
                .iter()
                .any(|name| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(user_name))),
        }
    }

    /// Returns the ID of the user who caused the event.
    pub fn user_id(&self) -> Option<&str> {
        self.record["userIdentity"]["onBehalfOf"]["userId"].as_str()
    }

    /// Returns the name of the IAM user or the role session that caused the event.
    pub fn actor_name(&self) -> Option<&str> {
        let identity = &self.record["userIdentity"];
        let session = || identity["arn"].as_str()?.rsplit(['/', ':']).next();
        self.listed_user.as_deref().or(identity["userName"].as_str()).or_else(session)
    }

    /// Returns whether the record contains the application's ID. AWS doesn't document which field
    /// of the record contains it.
    pub fn mentions_application(&self, hex: &str) -> bool {
        ["ins-", "apl-"].iter().any(|prefix| self.text.contains(&format!("{prefix}{hex}")))
    }

    /// Returns whether AWS accepted the credential or the sign-in.
    pub fn is_accepted(&self) -> Option<bool> {
        match self.record["serviceEventDetails"][<&str>::from(self.name)].as_str()? {
            "Success" => Some(true),
            "Failure" => Some(false),
            _ => None,
        }
    }

    /// Returns the types of credentials used in a sign-in, such as `PASSWORD,TOTP`.
    pub fn credential_type(&self) -> Option<&str> {
        self.record["additionalEventData"]["CredentialType"].as_str()
    }

    /// Returns the ID that all events in a sign-in share.
    pub fn sign_in_id(&self) -> Option<&str> {
        self.record["additionalEventData"]["AuthWorkflowID"].as_str()
    }

    /// Returns the values that were saved by a change to an application. The parameters of such a
    /// change are known only from public code that makes the same calls.
    pub fn saved_values(&self) -> SavedValues {
        let parameters = &self.record["requestParameters"];
        let provider = &parameters["serviceProviderConfig"];
        let addresses = || {
            let consumers = provider["consumers"].as_array()?;
            let [consumer] = consumers.as_slice() else { return None };
            let acs_url = consumer["location"].as_str()?.to_owned();
            Some((acs_url, provider["audience"].as_str()?.to_owned()))
        };
        SavedValues {
            addresses: addresses(),
            mapped_values: rows(&parameters["responseConfig"], |row| {
                let [value] = row["source"].as_array()?.as_slice() else { return None };
                Some(value.as_str()?.to_owned())
            }),
            mapped_formats: rows(&parameters["responseSchemaConfig"], |row| {
                let format = row["nameIdFormat"].as_str().or(row["attrNameFormat"].as_str())?;
                Some(format.rsplit(':').next()?.to_owned())
            }),
        }
    }
}

/// Reads the subject and the other attributes. Returns `None` if an attribute has an unknown
/// format.
fn rows(
    config: &Value,
    read: impl Fn(&Value) -> Option<String>,
) -> Option<BTreeMap<String, String>> {
    let subject = [("Subject", &config["subject"])].into_iter();
    let others = config["properties"].as_object()?.iter();
    subject
        .chain(others.map(|(name, row)| (name.as_str(), row)))
        .map(|(name, row)| Some((name.to_owned(), read(row)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(name: EventName, record: Value) -> LoggedEvent {
        let mut record = record;
        record["eventTime"] = json!("2026-11-24T09:00:00Z");
        let listed = ListedEvent { username: None, cloud_trail_event: Some(record.to_string()) };
        listed.read(name).unwrap()
    }

    fn event_with_identity(identity: Value) -> LoggedEvent {
        event(EventName::UserAuthentication, json!({"userIdentity": identity}))
    }

    #[test]
    fn user_is_identified_by_id_and_store() {
        let arn = "arn:aws:identitystore::123456789012:identitystore/d-1234567890";
        let of = |id: &str, arn: &str| {
            event_with_identity(
                json!({"onBehalfOf": {"userId": id, "identityStoreArn": arn}, "userName": "ana"}),
            )
        };
        let is_ana = |event: LoggedEvent| event.is_caused_by("d-1234567890", "u-1", "Ana");
        assert!(is_ana(of("u-1", arn)));
        assert!(!is_ana(of("u-2", arn)), "the id decides, not the name");
        assert!(!is_ana(of("u-1", "arn:aws:identitystore::123456789012:identitystore/d-0")));
        assert!(is_ana(event_with_identity(json!({"userName": "ana"}))));
        assert!(!is_ana(event_with_identity(
            json!({"userName": "HIDDEN_DUE_TO_SECURITY_REASONS"})
        )));
        assert!(!is_ana(event_with_identity(json!({}))));
        let named = event(
            EventName::UserAuthentication,
            json!({"additionalEventData": {"UserName": "ana"}}),
        );
        assert!(is_ana(named));
    }

    #[test]
    fn result_comes_from_member_named_after_event() {
        let accepted = |name: EventName, details: Value| {
            event(name, json!({"serviceEventDetails": details})).is_accepted()
        };
        use EventName::*;
        assert_eq!(
            accepted(UserAuthentication, json!({"UserAuthentication": "Success"})),
            Some(true)
        );
        assert_eq!(
            accepted(CredentialVerification, json!({"CredentialVerification": "Failure"})),
            Some(false)
        );
        assert_eq!(
            accepted(UserAuthentication, json!({"CredentialVerification": "Success"})),
            None
        );
        assert_eq!(accepted(UserAuthentication, json!(null)), None);
    }

    #[test]
    fn application_is_found_in_any_member() {
        let hex = "0123456789abcdef";
        let federate = |record: Value| event(EventName::Federate, record).mentions_application(hex);
        assert!(federate(json!({"serviceEventDetails": {"x": format!("ins-{hex}")}})));
        assert!(federate(
            json!({"resources": [{"ARN": format!("arn:aws:sso::1:application/ssoins-1/apl-{hex}")}]})
        ));
        assert!(!federate(
            json!({"serviceEventDetails": {"role_name": "Admin", "account_id": "1"}})
        ));
        assert!(!federate(json!({"requestID": hex})));
    }

    #[test]
    fn actor_is_named_by_list_or_identity() {
        let arn = "arn:aws:sts::123456789012:assumed-role/Admin/ana@example.com";
        assert_eq!(event_with_identity(json!({"arn": arn})).actor_name(), Some("ana@example.com"));
        assert_eq!(
            event_with_identity(json!({"userName": "ana", "arn": arn})).actor_name(),
            Some("ana")
        );
        assert_eq!(
            event_with_identity(json!({"arn": "arn:aws:iam::123456789012:root"})).actor_name(),
            Some("root")
        );
        assert_eq!(event_with_identity(json!({})).actor_name(), None);
    }

    #[test]
    fn saved_values_are_read_only_in_known_form() {
        let name = EventName::UpdateApplicationInstanceServiceProviderConfiguration;
        let saved = |parameters: Value| {
            event(name, json!({"requestParameters": parameters})).saved_values()
        };
        let consumer = json!({"location": "https://sp.example/acs"});
        let provider = |consumers: Value| json!({"serviceProviderConfig": {"audience": "sp", "consumers": consumers}});
        let one = saved(provider(json!([consumer])));
        let addresses = ("https://sp.example/acs".to_owned(), "sp".to_owned());
        assert_eq!(one.addresses, Some(addresses));
        assert_eq!(saved(provider(json!([consumer, consumer]))).addresses, None);
        assert_eq!(saved(json!({"serviceProviderConfig": "hidden"})), SavedValues::default());
        assert_eq!(saved(json!(null)), SavedValues::default());
        let values = saved(json!({"responseConfig": {
            "subject": {"source": ["${user:email}"]},
            "properties": {"User.Email": {"source": ["${user:email}"]}},
        }}));
        assert_eq!(values.mapped_values.unwrap()["Subject"], "${user:email}");
        let formats = saved(json!({"responseSchemaConfig": {
            "subject": {"nameIdFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"},
            "properties": {"User.Email": {"attrNameFormat": "urn:oasis:names:tc:SAML:2.0:attrname-format:basic"}},
        }}));
        let formats = formats.mapped_formats.unwrap();
        assert_eq!(
            (formats["Subject"].as_str(), formats["User.Email"].as_str()),
            ("emailAddress", "basic")
        );
        let two = json!({"responseConfig": {"subject": {"source": ["a", "b"]}, "properties": {}}});
        assert_eq!(saved(two).mapped_values, None);
    }
}
