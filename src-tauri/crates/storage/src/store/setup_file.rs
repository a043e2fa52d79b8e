//! The format of a setup file. It contains no secrets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use specta::Type;
use uuid::Uuid;

use identifiers::AccessPortal;
use people::People;
use setup::{Facts, Field, Side, Step, handover::Handover};

use super::{SetupFileError, StoreError};

/// The schema version of new files. Files with an earlier version are migrated when they are read.
pub const SCHEMA_VERSION: u64 = 1;

/// Whether a setup is real or in practice mode. This never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SetupKind {
    Real,
    /// Practice mode on this computer.
    Practice,
}

/// How a setup connects to AWS. Access keys and their IDs are kept in the keychain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ConnectionMethod {
    #[default]
    None,
    /// The user works without AWS credentials.
    ByHand,
    Practice,
    Profile {
        name: String,
        /// The Region, if neither the profile nor the environment has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<String>,
    },
    Keys {
        /// The Region of IAM Identity Center.
        region: String,
    },
    Role {
        portal: AccessPortal,
        account: String,
        role: String,
    },
}

impl ConnectionMethod {
    /// Returns whether a setup of this kind allows the method. A practice setup never connects to
    /// real AWS, and a real setup never connects to practice mode, regardless of the file's
    /// content.
    fn is_allowed_in(&self, world: SetupKind) -> bool {
        match self {
            Self::None | Self::ByHand => true,
            // Practice mode has its own access portal.
            Self::Role { .. } => true,
            Self::Practice => world == SetupKind::Practice,
            Self::Profile { .. } | Self::Keys { .. } => world == SetupKind::Real,
        }
    }
}

/// One nOps application in one IAM Identity Center instance, with all of its facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    schema_version: u64,
    pub id: Uuid,
    /// The organization's name.
    pub name: String,
    pub world: SetupKind,
    /// The setup repairs an application that was created by hand.
    pub repair: bool,
    /// Whether the user administers AWS.
    pub aws_role: bool,
    /// Whether the user administers nOps.
    pub nops_role: bool,
    pub connection_method: ConnectionMethod,
    /// The step that the window shows.
    pub current: Step,
    pub facts: Facts,
    pub people: People,
    /// The user saved the report after all other steps were done.
    #[serde(default)]
    pub report_saved: bool,
    /// Where the last report was saved, without the home folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_file: Option<String>,
    /// Whether the last report says that *Enforce* is on.
    #[serde(default)]
    pub report_enforced: bool,
    pub created: Timestamp,
    /// When the setup was last saved.
    pub changed: Timestamp,
}

impl Setup {
    /// Creates a setup without facts.
    pub fn new(id: Uuid, name: impl Into<String>, world: SetupKind, now: Timestamp) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            id,
            name: name.into(),
            world,
            repair: false,
            aws_role: true,
            nops_role: true,
            connection_method: ConnectionMethod::None,
            current: Step::Start,
            facts: Facts::default(),
            people: People::default(),
            report_saved: false,
            report_file: None,
            report_enforced: false,
            created: now,
            changed: now,
        }
    }

    /// Creates the recipient's setup for a handover. It contains no values, because the user
    /// compares them first.
    pub fn from_handover(handover: &Handover, now: Timestamp) -> Self {
        let world = if handover.practice { SetupKind::Practice } else { SetupKind::Real };
        Self {
            repair: handover.repair,
            aws_role: handover.to == Side::Aws,
            nops_role: handover.to == Side::Nops,
            ..Self::new(handover.setup, &handover.organization, world, now)
        }
    }

    /// Returns the side that the user administers, if a colleague administers the other side.
    pub fn lane(&self) -> Option<Side> {
        match (self.aws_role, self.nops_role) {
            (true, false) => Some(Side::Aws),
            (false, true) => Some(Side::Nops),
            (true, true) | (false, false) => None,
        }
    }

    /// Returns whether *Enforce* changed after the last report was saved.
    pub fn is_report_outdated(&self) -> bool {
        self.report_file.is_some() && self.report_enforced != self.facts.is_true(Field::NopsEnforce)
    }

    pub fn to_json(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec_pretty(self)
            .map_err(|_| StoreError::Disk(std::io::ErrorKind::InvalidData))
    }

    /// Parses a file's content. Unknown fields are errors, because the next save would drop them.
    pub fn from_json(bytes: &[u8]) -> Result<Self, SetupFileError> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(SetupFileError::Empty);
        }
        let value: Value = serde_json::from_slice(bytes).map_err(|error| {
            SetupFileError::NotJson { line: error.line(), column: error.column() }
        })?;
        let Value::Object(fields) = value else {
            return Err(SetupFileError::NotASetup);
        };
        let version = fields
            .get("schema_version")
            .and_then(Value::as_u64)
            .ok_or(SetupFileError::NotASetup)?;
        let fields = migrate_fields(fields, version)?;
        let setup: Self =
            serde_json::from_value(Value::Object(fields)).map_err(|_| SetupFileError::NotASetup)?;
        match setup.connection_method.is_allowed_in(setup.world) {
            true => Ok(setup),
            false => Err(SetupFileError::NotASetup),
        }
    }
}

/// Migrates fields to the current schema version. Each earlier version has one match arm, which
/// migrates the fields to the next version.
fn migrate_fields(
    fields: Map<String, Value>,
    version: u64,
) -> Result<Map<String, Value>, SetupFileError> {
    match version {
        SCHEMA_VERSION => Ok(fields),
        version => Err(SetupFileError::UnknownVersion { version }),
    }
}
