//! Prepared messages that the user sends to other people.

use jiff::Timestamp;

use messages::MessageCatalog;
use people::People;
use setup::{
    Facts, Field, Finding, Step,
    dry_run::{DryRun, ExpectedValues, SharedResult},
};

use super::setup_session::SetupSession;

pub(super) struct SupportMessages {
    params: std::collections::BTreeMap<String, String>,
}

impl SupportMessages {
    pub(super) fn new(open: &SetupSession, all: &Facts) -> Self {
        let text = |field| all.text(field).unwrap_or_default().to_owned();
        // The message selects a variant by keyword, and empty text can't be a keyword.
        let some = |text: String| match text.trim() {
            "" => "none".to_owned(),
            text => text.to_owned(),
        };
        let params = [
            ("organization".to_owned(), open.cx.held.setup.name.clone()),
            ("entity_id".to_owned(), text(Field::SpEntityId)),
            ("recovery".to_owned(), text(Field::RecoveryAdministrator)),
            ("domain".to_owned(), text(Field::NopsDomain)),
            ("by".to_owned(), some(text(Field::PeopleNeededBy))),
            ("source".to_owned(), some(text(Field::IdentitySource))),
            ("application".to_owned(), some(text(Field::ApplicationName))),
        ]
        .into();
        Self { params }
    }

    /// Returns the result of a dry run, for the person who asked the tester. The text contains
    /// checks and codes, but no value from the response. Its last line can be pasted instead of the
    /// response.
    pub(super) fn verdict(
        &self,
        at: Timestamp,
        dry_run: &DryRun,
        expected: &ExpectedValues,
    ) -> String {
        let words = MessageCatalog::english();
        let mut params = self.params.clone();
        params.insert("at".to_owned(), at.strftime("%F %T UTC").to_string());
        params.insert("result".to_owned(), dry_run.verdict.name().to_owned());
        let mut text = words.text("message-dry-run", &params);
        for row in &dry_run.rows {
            let check = words.format_plain(&format!("dry-run-{}", row.check));
            let result = words.format_plain(&format!("row-{}", row.verdict.name()));
            let code = row.finding.iter().map(|code| format!(" ({code})"));
            text.push_str(&format!("\n- {check}: {result}{}", code.collect::<String>()));
        }
        let receipt = SharedResult::from_dry_run(dry_run, expected, at);
        format!("{text}\n\n{receipt}")
    }

    /// Returns the request to the person who manages users in another system.
    pub(super) fn people_request(&self, people: &People) -> String {
        let words = MessageCatalog::english();
        let mut params = self.params.clone();
        params.insert("group".to_owned(), people.group.name().to_owned());
        params.insert("count".to_owned(), people.rows().len().to_string());
        let mut text = words.text("message-people_request", &params);
        for person in people.rows() {
            let name = person.name();
            let mut line = vec![name.as_str()];
            line.extend([&*person.email, &*person.user_name]);
            line.retain(|part| !part.is_empty());
            line.dedup();
            text.push_str("\n- ");
            text.push_str(&line.join(", "));
        }
        text
    }

    /// Returns an error report for a step that the window couldn't render. The report contains the
    /// findings' codes but no values from the setup.
    pub(super) fn drawing_error(&self, error: &str, step: Step, findings: &[Finding]) -> String {
        const LONGEST: usize = 2000;
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        let params = [
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("number", step.number().to_string()),
            ("error", error.chars().take(LONGEST).collect()),
            ("codes", codes.join(", ")),
        ];
        let params = params.map(|(name, text)| (name.to_owned(), text)).into();
        MessageCatalog::english().text("message-drawing_error", &params)
    }

    /// Returns the question for nOps support about existing users and the cutover.
    pub(super) fn support_question(&self) -> String {
        MessageCatalog::english().text("message-support_question", &self.params)
    }

    /// Returns the message to nOps support for when the recovery administrator is also locked out.
    pub(super) fn lockout_message(&self) -> String {
        MessageCatalog::english().text("message-lockout", &self.params)
    }
}
