//! Findings: what is wrong or worth knowing, and what to do about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Field, Side, Step};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// May go wrong.
    Warning,
    /// Will go wrong.
    Error,
}

/// How sure the rule behind a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The vendor documents it, or it can be computed.
    Documented,
    /// Seen in public samples.
    Seen,
    /// Inferred.
    Inferred,
}

/// One thing found. Its words are in the catalogue under `finding-<code>`, with `params` as variables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Finding {
    /// A stable code such as `addresses_swapped`.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The step that shows it.
    pub step: Step,
    /// The side where it is mended.
    pub side: Side,
    /// The field where it is mended.
    pub field: Option<Field>,
    /// What was given, where it differs from what was received.
    pub given: Option<String>,
    /// What would be right.
    pub expected: Option<String>,
    /// What was seen.
    pub received: Option<String>,
    /// Variables of its words.
    pub params: BTreeMap<String, String>,
    /// What to do about it.
    pub fix: Option<Fix>,
    /// How sure the rule is. Only a documented one may insist; the others offer to keep the value.
    pub basis: Basis,
    /// The person answered that the page shows it so.
    pub kept: bool,
}

impl Finding {
    /// A finding about `field`, shown in that field's step and mended on its side.
    pub fn about(field: Field, code: &str, severity: Severity) -> Self {
        Self { field: Some(field), ..Self::in_step(field.step(), field.side(), code, severity) }
    }

    /// A finding about no single field.
    pub fn in_step(step: Step, side: Side, code: &str, severity: Severity) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            step,
            side,
            field: None,
            given: None,
            expected: None,
            received: None,
            params: BTreeMap::new(),
            fix: None,
            basis: Basis::Documented,
            kept: false,
        }
    }

    /// The key of its words: a reader's refusal has words of its own.
    pub fn words(&self) -> String {
        match self.code.starts_with("reading-") || self.code.starts_with("response-") {
            true => self.code.clone(),
            false => format!("finding-{}", self.code),
        }
    }

    /// With what would be right.
    pub fn expected(self, value: impl Into<String>) -> Self {
        Self { expected: Some(value.into()), ..self }
    }

    /// With what was seen.
    pub fn received(self, value: impl Into<String>) -> Self {
        Self { received: Some(value.into()), ..self }
    }

    /// With one more variable of its words.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// With what to do about it.
    pub fn fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }

    /// Resting on samples or inference: it offers to keep the value.
    pub fn basis(self, basis: Basis) -> Self {
        Self { basis, ..self }
    }

    /// Shown in another step than the field's own.
    pub fn shown_in(self, step: Step) -> Self {
        Self { step, ..self }
    }
}

/// What a person, or we on a click, can do about a finding. Labels are under `fix-<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fix {
    /// Put this value into this field of the setup.
    UseValue {
        /// Where it goes.
        field: Field,
        /// What to put there.
        value: String,
    },
    /// Exchange two values.
    Swap {
        /// One field.
        a: Field,
        /// The other.
        b: Field,
    },
    /// Copy the right value, to be pasted on the page.
    Copy {
        /// What is copied.
        what: Copyable,
    },
    /// Open a page and do there what the words say.
    Open {
        /// Which page.
        page: Page,
    },
    /// Go to a step.
    Go {
        /// Which step.
        step: Step,
    },
    /// Bring the value again.
    Again {
        /// Which value.
        field: Field,
    },
    /// Ask AWS again.
    Look,
    /// Only words: what to do stands in the finding's text.
    Read,
}

/// Something the clipboard can be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Copyable {
    /// A field's value as compared, character by character.
    Value {
        /// Which field.
        field: Field,
    },
    /// The signing certificate as PEM.
    CertificatePem,
    /// The signing certificate as one line of base64.
    CertificateOneLine,
    /// One certificate of those on show.
    Certificate {
        /// Its fingerprint, as shown.
        sha256: String,
        /// In which form.
        form: CertificateForm,
    },
    /// A cell of the attribute mappings, rows from 0.
    MappingAttribute {
        /// The row.
        row: u32,
    },
    /// A cell of the attribute mappings, rows from 0.
    MappingValue {
        /// The row.
        row: u32,
    },
    /// The result of the dry run on show, check by check, without any value.
    Verdict,
    /// The message to whoever keeps the people in another system: which group, which people, by when.
    PeopleRequest,
    /// The question for nOps support about existing users and the cut-over.
    SupportQuestion,
    /// The message to nOps support when the recovery administrator is locked out too.
    LockoutMessage,
    /// The least-privilege policy.
    Policy,
}

/// A form in which a certificate is handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CertificateForm {
    /// PEM, with lines of 64 characters.
    Pem,
    /// One line of base64.
    OneLine,
    /// The SHA-256 fingerprint, as it is compared.
    Sha256,
}

/// A page that opens in the person's browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Page {
    /// IAM Identity Center › Applications.
    AwsApplications,
    /// The nOps application's page.
    AwsApplication,
    /// IAM Identity Center › Users.
    AwsUsers,
    /// One user's page.
    AwsUser {
        /// The user's id in the identity store.
        user_id: String,
    },
    /// IAM Identity Center › Groups.
    AwsGroups,
    /// IAM Identity Center › Settings.
    AwsSettings,
    /// The AWS access portal.
    AwsPortal,
    /// The page on which a person lets us in.
    AwsSignIn,
    /// nOps › Organization Settings › SSO.
    NopsSso,
    /// nOps's Shareable Link.
    NopsLink,
    /// nOps's API key page.
    NopsApiKey,
    /// The practice mode's mailbox.
    PracticeMailbox,
}
