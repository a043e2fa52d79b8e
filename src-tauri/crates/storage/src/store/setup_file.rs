//! What a setup's file says. No secret is in it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use specta::Type;
use uuid::Uuid;

use identifiers::AccessPortal;
use people::People;
use setup::{Facts, Step};

use super::{SetupFileError, StoreError};

/// The version this program writes. It reads this one and, by migration, every earlier one.
pub const SCHEMA_VERSION: u64 = 1;

/// Where a setup plays, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum World {
    /// Real AWS and nOps.
    Real,
    /// The practice mode on this computer.
    Practice,
}

/// How a setup is connected to AWS. Keys, and even their ids, are in the vault.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ConnectionMethod {
    /// Not chosen yet.
    #[default]
    None,
    /// Without credentials, by choice.
    ByHand,
    /// The practice mode.
    Practice,
    /// A profile of the AWS configuration files.
    Profile {
        /// Its name.
        name: String,
    },
    /// Access keys.
    Keys {
        /// The Region of Identity Center.
        region: String,
    },
    /// A role of whoever signs in through the browser.
    Role {
        /// Where.
        portal: AccessPortal,
        /// The account.
        account: String,
        /// The role.
        role: String,
    },
}

impl ConnectionMethod {
    /// Practice mode never reaches real AWS, whatever a file says, and a real setup never practice mode.
    fn fits(&self, world: World) -> bool {
        match self {
            Self::None | Self::ByHand => true,
            // Practice mode has an access portal of its own.
            Self::Role { .. } => true,
            Self::Practice => world == World::Practice,
            Self::Profile { .. } | Self::Keys { .. } => world == World::Real,
        }
    }
}

/// One nOps application in one Identity Center, with all its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    schema_version: u64,
    /// Its id.
    pub id: Uuid,
    /// The organization's name.
    pub name: String,
    /// Where it plays.
    pub world: World,
    /// An application made by hand is taken over.
    pub repair: bool,
    /// The person administers AWS.
    pub aws_role: bool,
    /// The person administers nOps.
    pub nops_role: bool,
    /// How it is connected to AWS.
    pub way: ConnectionMethod,
    /// The step on show.
    pub current: Step,
    /// What is known.
    pub facts: Facts,
    /// Who shall sign in.
    pub people: People,
    /// The report was saved while nothing else was left to do.
    #[serde(default)]
    pub report_saved: bool,
    /// When it was started.
    pub created: Timestamp,
    /// When it was last saved.
    pub changed: Timestamp,
}

impl Setup {
    /// A setup in which nothing is known yet.
    pub fn new(id: Uuid, name: impl Into<String>, world: World, now: Timestamp) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            id,
            name: name.into(),
            world,
            repair: false,
            aws_role: true,
            nops_role: true,
            way: ConnectionMethod::None,
            current: Step::Start,
            facts: Facts::default(),
            people: People::default(),
            report_saved: false,
            created: now,
            changed: now,
        }
    }

    /// The file's bytes.
    pub fn to_json(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec_pretty(self)
            .map_err(|_| StoreError::Disk(std::io::ErrorKind::InvalidData))
    }

    /// Reads a file's bytes. Nothing unknown is passed over: it would be lost with the next save.
    pub fn from_json(bytes: &[u8]) -> Result<Self, SetupFileError> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(SetupFileError::Empty);
        }
        let value: Value = serde_json::from_slice(bytes).map_err(|error| {
            SetupFileError::NotJson { line: error.line(), column: error.column() }
        })?;
        let Value::Object(fields) = value else {
            return Err(not_a_setup("no object"));
        };
        let version = fields
            .get("schema_version")
            .and_then(Value::as_u64)
            .ok_or_else(|| not_a_setup("schema_version"))?;
        let fields = migrated(fields, version)?;
        let setup: Self = serde_json::from_value(Value::Object(fields))
            .map_err(|error| not_a_setup(&redact_serde_message(&error.to_string())))?;
        match setup.way.fits(setup.world) {
            true => Ok(setup),
            false => Err(not_a_setup("way")),
        }
    }
}

/// The same fields as the current version has them. Each earlier version gets one arm that brings
/// it to the next.
fn migrated(
    fields: Map<String, Value>,
    version: u64,
) -> Result<Map<String, Value>, SetupFileError> {
    match version {
        SCHEMA_VERSION => Ok(fields),
        version => Err(SetupFileError::UnknownVersion { version }),
    }
}

fn not_a_setup(detail: &str) -> SetupFileError {
    SetupFileError::NotASetup { detail: detail.to_owned() }
}

/// A reader's message without what the file says: serde quotes strings with `"` and variants with a
/// back quote, and lists what it expected after a comma.
fn redact_serde_message(message: &str) -> String {
    let told = message.split(", expected").next().unwrap_or_default();
    let quote = if told.starts_with("unknown variant") { '`' } else { '"' };
    told.split(quote).enumerate().map(|(at, part)| if at % 2 == 0 { part } else { "…" }).collect()
}
