//! A handover: one file with the values that a colleague needs for their part of the setup.
//!
//! The file contains no secrets. It contains personal data only if the sender chose that. Both
//! people compare the fingerprint of its content by phone, because the digest in the file only
//! detects damage: a program that changes a file can also change its digest.

mod comparison;
mod contents;
mod error;

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use identifiers::without_addresses;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Fact, FactValue, Facts, Field, Origin, OriginalSource, Side, Source, credentials};

pub use comparison::{
    Choice, ComparedValue, Difference, UndecidedConflict, compare, merge, names_other_organization,
};
pub use contents::{Contents, contents};
pub use error::HandoverError;

/// The extension of a handover file.
pub const EXTENSION: &str = "nops-setup";

/// The schema version of new files.
pub const SCHEMA_VERSION: u64 = 1;

/// The maximum size of a file, in bytes. It leaves room for two metadata documents.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// The value of `format`, which identifies a handover file.
const FORMAT: &str = "nops-sso-setup-handover";

/// The number of bytes of the digest in the fingerprint. Six words stand for them. Finding another
/// file with the same words takes about 2⁶⁴ attempts.
const FINGERPRINT_BYTES: usize = 8;

/// The maximum length of a name, in characters.
const LONGEST_NAME: usize = 1024;

/// What one person hands over to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// The setup's ID, which is the same on both computers.
    pub setup: Uuid,
    /// The organization's name.
    pub organization: String,
    /// The setup is in practice mode.
    pub practice: bool,
    /// The setup repairs an application that was created by hand.
    pub repair: bool,
    /// The side that the sender administers.
    pub from: Side,
    /// The side that the recipient administers.
    pub to: Side,
    /// The sender chose to include personal data.
    pub personal_data: bool,
    pub saved: Timestamp,
    pub values: BTreeMap<Field, HandedOverValue>,
}

/// A value, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedOverValue {
    pub value: FactValue,
    pub source: OriginalSource,
    /// The side that the person who provided the value administers.
    pub by: Side,
    /// The person's name. Included only with personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When the value last changed.
    pub at: Timestamp,
}

/// The setup that a handover is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverSubject {
    pub setup: Uuid,
    pub organization: String,
    pub practice: bool,
    pub repair: bool,
    /// The side that the user administers, if a colleague administers the other side.
    pub lane: Option<Side>,
}

/// The personal data in a handover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonalData<'a> {
    LeftOut,
    /// Includes the email addresses, and the sender's name, which may be empty.
    Included {
        sender: &'a str,
    },
}

/// The file: the content and its digest.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HandoverFile {
    format: String,
    schema_version: u64,
    /// SHA-256 (hex) of the content.
    sha256: String,
    content: Handover,
}

impl Handover {
    /// Collects the values for the administrator of the side `to`. `facts` are the stored facts,
    /// without derived ones.
    pub fn new(
        subject: &HandoverSubject,
        to: Side,
        personal: PersonalData<'_>,
        facts: &Facts,
        now: Timestamp,
    ) -> Self {
        let from = subject.lane.unwrap_or(to.other());
        let personal_data = personal != PersonalData::LeftOut;
        let values = facts.iter().filter_map(|(field, fact)| {
            if !contents::includes(field, to, personal_data) {
                return None;
            }
            if !personal_data && contents::contains_address(&fact.value) {
                return None;
            }
            let origin = fact.source.origin();
            let sender = match personal {
                PersonalData::Included { sender } if !sender.trim().is_empty() => {
                    Some(sender.trim().to_owned())
                }
                PersonalData::Included { .. } | PersonalData::LeftOut => None,
            };
            let value = HandedOverValue {
                value: fact.value.clone(),
                source: OriginalSource::from(&fact.source),
                by: origin.map_or(from, |origin| origin.role),
                name: match origin {
                    Some(origin) => origin.name.clone().filter(|_| personal_data),
                    None => sender,
                },
                at: origin.map_or(fact.at, |origin| origin.at),
            };
            Some((field, value))
        });
        Self {
            setup: subject.setup,
            organization: match personal_data {
                true => subject.organization.clone(),
                false => without_addresses(&subject.organization),
            },
            practice: subject.practice,
            repair: subject.repair,
            from,
            to,
            personal_data,
            saved: now,
            values: values.collect(),
        }
    }

    /// Returns whether the content is a handover file, even if the file is damaged.
    pub fn is_recognized(bytes: &[u8]) -> bool {
        /// The format is at the start of the file.
        const START: usize = 512;
        let start = &bytes[..bytes.len().min(START)];
        let is_object = start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        is_object && start.windows(FORMAT.len()).any(|part| part == FORMAT.as_bytes())
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Returns an error if the file is damaged, was changed after it was saved, or has an unknown
    /// version.
    pub fn read(bytes: &[u8]) -> Result<Self, HandoverError> {
        if bytes.len() as u64 > LARGEST {
            return Err(HandoverError::TooLarge);
        }
        let json: Json = serde_json::from_slice(bytes).map_err(|_| HandoverError::Damaged)?;
        if json.get("format").and_then(Json::as_str) != Some(FORMAT) {
            return Err(HandoverError::Damaged);
        }
        match json.get("schema_version").and_then(Json::as_u64) {
            Some(SCHEMA_VERSION) => {}
            Some(version) => return Err(HandoverError::UnknownVersion { version }),
            None => return Err(HandoverError::Damaged),
        }
        let file: HandoverFile =
            serde_json::from_value(json).map_err(|_| HandoverError::Damaged)?;
        if file.sha256 != hex::encode(file.content.digest()) {
            return Err(HandoverError::Changed);
        }
        file.content.check_values()?;
        Ok(file.content)
    }

    /// Returns the file's content.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec_pretty(&HandoverFile {
            format: FORMAT.to_owned(),
            schema_version: SCHEMA_VERSION,
            sha256: hex::encode(self.digest()),
            content: self.clone(),
        })
    }

    /// Returns the fingerprint: six words that both people can compare by phone.
    pub fn fingerprint(&self) -> String {
        let bytes: Vec<u8> = self.digest().into_iter().take(FINGERPRINT_BYTES).collect();
        mnemonic::to_string(bytes)
            .split('-')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Returns the file's name.
    pub fn file_name(&self) -> String {
        let role: &str = self.to.into();
        format!("nops-sso-for-{role}-administrator.{EXTENSION}")
    }

    /// Returns the SHA-256 of the content, which doesn't depend on the file's line breaks.
    fn digest(&self) -> Vec<u8> {
        // Serializing to memory can't fail: every key is a string.
        let content = serde_json::to_vec(self).unwrap_or_default();
        digest(&SHA256, &content).as_ref().to_vec()
    }

    /// Checks the values, because another program may have made the file.
    fn check_values(&self) -> Result<(), HandoverError> {
        let texts = self.values.values().flat_map(|value| contents::texts(&value.value));
        let names = self.values.values().filter_map(|value| value.name.as_deref());
        let names = names.chain([self.organization.as_str()]);
        if self.values.iter().any(|(field, value)| !contents::is_plausible(*field, &value.value)) {
            return Err(HandoverError::Damaged);
        }
        if names.clone().any(|name| name.chars().count() > LONGEST_NAME)
            || self.organization.trim().is_empty()
            || self.values.keys().any(|field| !contents::includes(*field, self.to, true))
        {
            return Err(HandoverError::Damaged);
        }
        let secret = texts.chain(names).find_map(credentials::find_in_value);
        secret.map_or(Ok(()), |kind| Err(HandoverError::Secret { kind }))
    }
}

impl HandedOverValue {
    /// Returns the value as a fact from a file with this name.
    pub fn to_fact(&self, file: Option<&str>) -> Fact {
        let Self { value, source, by, name, at } = self.clone();
        let origin = Some(Origin { role: by, name, source, at });
        let source = Source::Imported { file: file.map(str::to_owned), origin };
        // A colleague can't decide that the user keeps a value that looks wrong.
        Fact::new(value, source, at, false)
    }
}

#[cfg(test)]
mod tests;
