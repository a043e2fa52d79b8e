//! Findings: what is wrong or worth knowing, and what to do about it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Cause, Field, Side, Step};

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

/// Which of several things a finding is about, where its field holds more than one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Item {
    /// A row of the attribute mappings, from 1.
    Row {
        /// Its number.
        number: u32,
    },
    /// A file that was dropped or chosen.
    File {
        /// Its name.
        name: String,
    },
    /// A certificate.
    Certificate {
        /// Its fingerprint.
        sha256: String,
    },
    /// A key of a values document.
    Key {
        /// Its name.
        name: String,
    },
    /// A sign-in test.
    Test {
        /// `test_from_portal` or `test_from_nops`.
        field: Field,
    },
}

impl Item {
    /// What tells it from its neighbors, in characters that an element's id may have.
    fn slug(&self) -> String {
        let text = match self {
            Self::Row { number } => format!("row{number}"),
            Self::File { name } | Self::Key { name } => name.to_lowercase(),
            Self::Certificate { sha256 } => sha256.chars().take(16).collect(),
            Self::Test { field } => field.name(),
        };
        text.chars().take(40).map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
    }
}

/// One thing found. Its words are in the catalogue under `finding-<code>`, with `params` as variables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Finding {
    /// Unique in its list; empty until [`Finding::identify`].
    pub id: String,
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
    /// Which of several things in the field.
    pub item: Option<Item>,
    /// What was given, where it differs from what was received.
    pub given: Option<String>,
    /// What would be right.
    pub expected: Option<String>,
    /// What was seen.
    pub received: Option<String>,
    /// Variables of its words.
    pub params: BTreeMap<String, String>,
    /// Why, as the variable `reason` of its words.
    pub cause: Option<Cause>,
    /// What to do about it.
    pub fix: Option<Fix>,
    /// How sure the rule is. Only a documented one may insist; the others offer to keep the value.
    pub basis: Basis,
    /// The person answered that the page shows it so.
    pub kept: bool,
    /// The person may answer that the page shows it so.
    pub can_keep: bool,
    /// What is entered again once it was fixed on the page of AWS or nOps.
    pub recheck: Option<Field>,
}

impl Finding {
    /// A finding about `field`, shown in that field's step and mended on its side.
    pub fn about(field: Field, code: &str, severity: Severity) -> Self {
        Self { field: Some(field), ..Self::in_step(field.step(), field.side(), code, severity) }
    }

    /// A finding about no single field.
    pub fn in_step(step: Step, side: Side, code: &str, severity: Severity) -> Self {
        Self {
            id: String::new(),
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
            basis: Basis::Documented,
            kept: false,
            can_keep: false,
            recheck: None,
        }
    }

    /// The key of its words: a reader's refusal has words of its own.
    pub fn words(&self) -> String {
        match self.code.starts_with("reading-") || self.code.starts_with("response-") {
            true => self.code.clone(),
            false => format!("finding-{}", self.code),
        }
    }

    /// The variables of its words, with the cause as `reason`, as `text` says messages.
    pub fn variables(
        &self,
        text: impl FnOnce(&str, &BTreeMap<String, String>) -> String,
    ) -> BTreeMap<String, String> {
        let mut all = self.params.clone();
        if let Some(cause) = &self.cause {
            all.insert("reason".to_owned(), text(&cause.key, &cause.params));
        }
        all
    }

    /// Gives each finding an ID of its own. Of two equal findings one stays.
    pub fn identify(findings: Vec<Self>) -> Vec<Self> {
        let mut taken = BTreeSet::new();
        let mut alike: BTreeMap<String, Vec<Self>> = BTreeMap::new();
        let mut identified = Vec::with_capacity(findings.len());
        for mut finding in findings {
            finding.id.clear();
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
        let place = self.field.map_or_else(|| format!("step{}", self.step.number()), Field::name);
        let code = &self.code;
        match &self.item {
            Some(item) => format!("{code}-{place}-{}", item.slug()),
            None => format!("{code}-{place}"),
        }
    }

    /// About this one of several.
    pub fn item(self, item: Item) -> Self {
        Self { item: Some(item), ..self }
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

    /// With why it happened.
    pub fn because(self, cause: Cause) -> Self {
        Self { cause: Some(cause), ..self }
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
    /// The address of a page, for a browser that we couldn't open.
    Address {
        /// The page.
        page: Page,
    },
    /// What to report when the window can't draw a step.
    DrawingError {
        /// What the window says of it.
        error: String,
    },
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
            .item(Item::Row { number })
    }

    fn file(name: &str) -> Finding {
        Finding::about(Field::IdpCertificate, "reading-picture", Severity::Error)
            .item(Item::File { name: name.to_owned() })
    }

    #[test]
    fn every_finding_has_its_own_id() {
        check(
            vec![row(1), row(3)],
            &["mapping_name-attribute_mappings-row1", "mapping_name-attribute_mappings-row3"],
        );
        check(
            vec![row(1), row(1).received("a"), row(1).received("b")],
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
