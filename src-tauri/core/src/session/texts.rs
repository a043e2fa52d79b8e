//! Ready messages that a person sends on.

use crate::{
    setup::{Facts, Field},
    words::Words,
};

use super::open::Open;

pub(super) struct Texts {
    params: std::collections::BTreeMap<String, String>,
}

impl Texts {
    pub(super) fn new(open: &Open, all: &Facts) -> Self {
        let text = |field| all.text(field).unwrap_or_default().to_owned();
        let params = [
            ("organization".to_owned(), open.held.setup.name.clone()),
            ("entity_id".to_owned(), text(Field::SpEntityId)),
            ("recovery".to_owned(), text(Field::RecoveryAdministrator)),
            ("domain".to_owned(), text(Field::NopsDomain)),
        ]
        .into();
        Self { params }
    }

    /// The question for nOps support about existing users and the cut-over.
    pub(super) fn support_question(&self) -> String {
        Words::english().text("message-support_question", &self.params)
    }

    /// The message to nOps support when the recovery administrator is locked out too.
    pub(super) fn lockout_message(&self) -> String {
        Words::english().text("message-lockout", &self.params)
    }
}
