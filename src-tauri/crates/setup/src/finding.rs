//! Findings: problems and notes, and how to resolve them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Field, MessageCause, Side, Step, problems};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

/// How certain the rule behind a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RuleBasis {
    /// Documented by the vendor, or calculated.
    Documented,
    /// Based on public samples.
    Seen,
    Inferred,
}

/// Identifies one of several items in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FindingItem {
    /// A row of the attribute mappings.
    Row {
        /// Row number, starting at 1.
        number: u32,
    },
    File {
        name: String,
    },
    Certificate {
        sha256: String,
    },
    Key {
        name: String,
    },
    Test {
        /// `test_from_portal` or `test_from_nops`.
        field: Field,
    },
}

impl FindingItem {
    /// Returns a short name that is unique within the field and can be used in an HTML `id`
    /// attribute.
    fn slug(&self) -> String {
        let text = match self {
            Self::Row { number } => format!("row{number}"),
            Self::File { name } | Self::Key { name } => name.to_lowercase(),
            Self::Certificate { sha256 } => sha256.chars().take(16).collect(),
            Self::Test { field } => field.name().to_owned(),
        };
        text.chars().take(40).map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
    }
}

/// A finding. Its message key is `finding-<code>`, with `params` as variables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Finding {
    /// An ID that is unique in a list of findings. Empty until [`Finding::identify`] sets it.
    pub id: String,
    /// A key that all findings about the same mistake share. Empty until [`Finding::identify`] sets
    /// it.
    pub mistake: String,
    /// A stable code such as `addresses_swapped`.
    pub code: String,
    pub severity: Severity,
    pub step: Step,
    /// The side on which the user fixes the problem.
    pub side: Side,
    /// The field in which the user fixes the problem.
    pub field: Option<Field>,
    /// The affected item, if the field contains several.
    pub item: Option<FindingItem>,
    /// The original input, if `received` differs from it.
    pub given: Option<String>,
    pub expected: Option<String>,
    pub received: Option<String>,
    /// Variables of the message.
    pub params: BTreeMap<String, String>,
    /// The cause. Its text becomes the message variable `reason`.
    pub cause: Option<MessageCause>,
    pub fix: Option<Fix>,
    /// How certain the rule is. If the rule isn't documented, the user can keep the value.
    pub basis: RuleBasis,
    /// The user confirmed that the AWS or nOps page shows this value.
    pub kept: bool,
    /// The user can confirm that the AWS or nOps page shows this value.
    pub can_keep: bool,
    /// The field to enter again after the user fixes its value on AWS's or nOps's page.
    pub recheck: Option<Field>,
}

impl Finding {
    /// Creates a finding about `field`. It's shown in that field's step, and the user fixes it on
    /// that field's side.
    pub fn about(field: Field, code: &str, severity: Severity) -> Self {
        Self { field: Some(field), ..Self::for_step(field.step(), field.side(), code, severity) }
    }

    pub(crate) fn error(field: Field, code: &str) -> Self {
        Self::about(field, code, Severity::Error)
    }

    pub(crate) fn warning(field: Field, code: &str) -> Self {
        Self::about(field, code, Severity::Warning)
    }

    pub(crate) fn info(field: Field, code: &str) -> Self {
        Self::about(field, code, Severity::Info)
    }

    /// Creates a finding that isn't about a single field.
    pub fn for_step(step: Step, side: Side, code: &str, severity: Severity) -> Self {
        Self {
            id: String::new(),
            mistake: String::new(),
            code: code.to_owned(),
            severity,
            step,
            side,
            field: None,
            item: None,
            given: None,
            expected: None,
            received: None,
            params: BTreeMap::new(),
            cause: None,
            fix: None,
            basis: RuleBasis::Documented,
            kept: false,
            can_keep: false,
            recheck: None,
        }
    }

    /// Returns the message key. For findings from a document parser, the code is the key.
    pub fn message_key(&self) -> String {
        match self.code.starts_with("reading-") || self.code.starts_with("response-") {
            true => self.code.clone(),
            false => format!("finding-{}", self.code),
        }
    }

    /// Returns the message variables. Adds the kind of fix as `fix`, and the cause as `reason`.
    /// `text` formats the cause.
    pub fn variables(
        &self,
        text: impl FnOnce(&str, &BTreeMap<String, String>) -> String,
    ) -> BTreeMap<String, String> {
        let mut all = self.params.clone();
        if let Some(fix) = &self.fix {
            all.insert("fix".to_owned(), <&str>::from(fix).to_owned());
        }
        if let Some(cause) = &self.cause {
            all.insert("reason".to_owned(), text(&cause.key, &cause.params));
        }
        all
    }

    /// Gives each finding a unique ID and removes duplicates.
    pub fn identify(findings: Vec<Self>) -> Vec<Self> {
        let mut taken = BTreeSet::new();
        let mut alike: BTreeMap<String, Vec<Self>> = BTreeMap::new();
        let mut identified = Vec::with_capacity(findings.len());
        for mut finding in findings {
            finding.id.clear();
            finding.mistake = problems::mistake_key(&finding);
            let plain = finding.plain_id();
            let earlier = alike.entry(plain.clone()).or_default();
            if earlier.contains(&finding) {
                continue;
            }
            earlier.push(finding.clone());
            let mut id = plain.clone();
            let mut count = 1_u32;
            while !taken.insert(id.clone()) {
                count += 1;
                id = format!("{plain}-{count}");
            }
            identified.push(Self { id, ..finding });
        }
        identified
    }

    fn plain_id(&self) -> String {
        let place = self
            .field
            .map_or_else(|| format!("step{}", self.step.number()), |field| field.name().to_owned());
        let code = &self.code;
        match &self.item {
            Some(item) => format!("{code}-{place}-{}", item.slug()),
            None => format!("{code}-{place}"),
        }
    }

    pub fn with_item(self, item: FindingItem) -> Self {
        Self { item: Some(item), ..self }
    }

    pub fn with_expected(self, value: impl Into<String>) -> Self {
        Self { expected: Some(value.into()), ..self }
    }

    pub fn with_received(self, value: impl Into<String>) -> Self {
        Self { received: Some(value.into()), ..self }
    }

    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    pub fn with_cause(self, cause: MessageCause) -> Self {
        Self { cause: Some(cause), ..self }
    }

    pub fn with_fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }

    /// Sets the fix to entering the field's value again.
    pub(crate) fn with_reentry_fix(self) -> Self {
        let fix = self.field.map(|field| Fix::Again { field });
        Self { fix, ..self }
    }

    /// Sets the fix to replacing the field's value with `value`, the expected value.
    pub(crate) fn corrected(self, value: &str) -> Self {
        let fix = self.field.map(|field| Fix::UseValue { field, value: value.to_owned() });
        Self { fix, ..self }.with_expected(value)
    }

    pub(crate) fn copy(self, what: CopyableValue) -> Self {
        self.with_fix(Fix::Copy { what })
    }

    pub(crate) fn with_page_to_open(self, page: Page) -> Self {
        self.with_fix(Fix::Open { page })
    }

    pub fn with_basis(self, basis: RuleBasis) -> Self {
        Self { basis, ..self }
    }

    pub fn with_step(self, step: Step) -> Self {
        Self { step, ..self }
    }
}

/// How to resolve a finding. Its label is the message `fix-<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, strum::IntoStaticStr)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Fix {
    /// Use this value for this field of the setup.
    UseValue {
        field: Field,
        value: String,
    },
    Swap {
        a: Field,
        b: Field,
    },
    /// Replace the known application with the one that this link or ARN identifies.
    ReplaceApplication {
        value: String,
    },
    /// Copy the right value, and then paste it on the page.
    Copy {
        what: CopyableValue,
    },
    /// Open a page, and then follow the message's instructions.
    Open {
        page: Page,
    },
    Go {
        step: Step,
    },
    /// Enter the field's value again.
    Again {
        field: Field,
    },
    /// Request the data from AWS again.
    Look,
    /// Replace the certificate in AWS and in nOps, step by step.
    Rotate,
    /// There is nothing to click. The message explains what to do.
    Read,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CopyableValue {
    /// A field's value, exactly as the app compares it.
    Value { field: Field },
    /// The signing certificate as PEM.
    CertificatePem,
    /// The signing certificate as one line of base64.
    CertificateOneLine,
    Certificate {
        /// The fingerprint of the certificate.
        sha256: String,
        form: CertificateForm,
    },
    /// The name in a row of the attribute mappings.
    MappingAttribute {
        /// Row index, starting at 0.
        row: u32,
    },
    /// The value in a row of the attribute mappings.
    MappingValue {
        /// Row index, starting at 0.
        row: u32,
    },
    /// The user name of a person on the list.
    UserName {
        /// Identifies the person.
        key: String,
    },
    /// Each check's result in the displayed dry run, without any values.
    Verdict,
    /// The message to the other system's administrator: which group, which people, and by when.
    PeopleRequest,
    /// The question for nOps support about existing users and the cutover.
    SupportQuestion,
    /// The message to nOps support for when the recovery administrator is also locked out.
    LockoutMessage,
    /// What helps support to find the cause of a problem, without personal data.
    SupportDetails,
    /// The IAM policy with only the permissions that are needed.
    Policy,
    /// The IAM policy with the optional permission for the event history.
    EventHistoryPolicy,
    /// A page's address, for when the browser couldn't be opened.
    Address { page: Page },
    /// The error report for a step that couldn't be displayed.
    DrawingError {
        /// The error message from the window.
        error: String,
    },
}

/// The format of a copied certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CertificateForm {
    /// PEM, with lines of 64 characters.
    Pem,
    /// One line of base64.
    OneLine,
    /// The SHA-256 fingerprint in uppercase hexadecimal, without separators.
    Sha256,
}

/// A page that opens in the user's browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Page {
    /// IAM Identity Center › Applications.
    AwsApplications,
    /// The nOps application's page.
    AwsApplication,
    /// IAM Identity Center › Users.
    AwsUsers,
    AwsUser {
        /// The user's ID in the identity store.
        user_id: String,
    },
    /// IAM Identity Center › Groups.
    AwsGroups,
    /// IAM Identity Center › Settings.
    AwsSettings,
    AwsPortal,
    /// The page where the user authorizes this app.
    AwsSignIn,
    /// nOps › Organization Settings › SSO.
    NopsSso,
    /// nOps › Organization Settings › API Key.
    NopsApiKey,
    /// The mailbox in practice mode.
    PracticeMailbox,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(findings: Vec<Finding>, expect: &[&str]) {
        let identified = Finding::identify(findings);
        let ids: Vec<&str> = identified.iter().map(|finding| finding.id.as_str()).collect();
        assert_eq!(ids, expect);
    }

    fn row(number: u32) -> Finding {
        Finding::about(Field::AttributeMappings, "mapping_name", Severity::Error)
            .with_item(FindingItem::Row { number })
    }

    fn file(name: &str) -> Finding {
        Finding::about(Field::IdpCertificate, "reading-picture", Severity::Error)
            .with_item(FindingItem::File { name: name.to_owned() })
    }

    #[test]
    fn every_finding_has_its_own_id() {
        check(
            vec![row(1), row(3)],
            &["mapping_name-attribute_mappings-row1", "mapping_name-attribute_mappings-row3"],
        );
        check(
            vec![row(1), row(1).with_received("a"), row(1).with_received("b")],
            &[
                "mapping_name-attribute_mappings-row1",
                "mapping_name-attribute_mappings-row1-2",
                "mapping_name-attribute_mappings-row1-3",
            ],
        );
        check(
            vec![file("a b.png"), file("a.b.png")],
            &[
                "reading-picture-idp_certificate-a_b_png",
                "reading-picture-idp_certificate-a_b_png-2",
            ],
        );
    }

    #[test]
    fn equal_findings_are_shown_once() {
        check(vec![row(1), row(1)], &["mapping_name-attribute_mappings-row1"]);
        let again = Finding::identify(vec![row(1), row(2)]);
        assert_eq!(Finding::identify(again.clone()), again);
    }
}
