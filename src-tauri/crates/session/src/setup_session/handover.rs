//! Hands over values to a colleague, and takes values from a colleague's handover.

use std::collections::BTreeMap;

use setup::{
    Field, Side,
    handover::{
        Choice, EXTENSION, Handover, HandoverError, HandoverSubject, PersonalData,
        UndecidedConflict, merge,
    },
};
use storage::store::{Setup, SetupKind};

use super::{
    context::SetupContext,
    values::{KnownApplication, forget_previous_application},
};
use crate::{Failure, action::HandoverAction, blocking::on_parser_thread};

/// The maximum length of the sender's name, in characters.
const LONGEST_NAME: usize = 200;

/// A handover that was read, and its file's name.
#[derive(Clone, Debug)]
pub(crate) struct HandoverFile {
    pub(crate) name: String,
    pub(crate) handover: Handover,
}

/// A handover that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SentHandover {
    pub(crate) to: Side,
    pub(crate) fingerprint: String,
}

#[derive(Default)]
pub(crate) struct HandoverState {
    /// The opened file, until the user takes its values or closes it.
    pub(crate) received: Option<HandoverFile>,
    /// Why the last file couldn't be opened.
    pub(crate) refused: Option<Failure>,
    /// The file that the user is saving.
    prepared: Option<SentHandover>,
    /// The file that was saved last.
    pub(crate) sent: Option<SentHandover>,
}

impl HandoverState {
    pub(super) fn act(
        &mut self,
        cx: &mut SetupContext,
        action: HandoverAction,
    ) -> Result<(), Failure> {
        match action {
            HandoverAction::TakeHandover { fingerprint, choices } => {
                self.take(cx, &fingerprint, &choices)
            }
            HandoverAction::DiscardHandover => {
                self.received = None;
                Ok(())
            }
            HandoverAction::DoBothSides => {
                cx.held.setup.aws_role = true;
                cx.held.setup.nops_role = true;
                cx.save();
                Ok(())
            }
        }
    }

    /// Refuses several handovers that were opened together: only one can be compared.
    pub(crate) fn refuse_several(&mut self) {
        self.received = None;
        self.refused = Some(Failure::new("handover_single"));
    }

    /// Shows the comparison of a handover with the setup, or why it can't be used here.
    pub(crate) fn receive(&mut self, setup: &Setup, file: HandoverFile) {
        match check_recipient(setup, &file.handover) {
            Ok(()) => {
                self.refused = None;
                self.received = Some(file);
            }
            Err(failure) => self.refused = Some(failure),
        }
    }

    fn take(
        &mut self,
        cx: &mut SetupContext,
        fingerprint: &str,
        choices: &BTreeMap<Field, Choice>,
    ) -> Result<(), Failure> {
        let compared = |file: &&HandoverFile| file.handover.fingerprint() == fingerprint;
        let file = self.received.as_ref().filter(compared);
        let file = file.ok_or_else(|| Failure::new("no_handover"))?;
        let before = KnownApplication::from_facts(cx.facts());
        let (merged, taken) =
            merge(cx.facts(), &file.handover, Some(&file.name), choices, cx.now()).map_err(
                |UndecidedConflict(field)| {
                    Failure::new("handover_undecided").with("field", field.name())
                },
            )?;
        cx.held.setup.facts = merged;
        for field in &taken {
            cx.notes.remove(&Some(*field));
        }
        // The file also confirms the values that are the same.
        let confirmed = file.handover.values.iter().filter(|(field, value)| {
            cx.facts().get(**field).is_some_and(|fact| fact.value == value.value)
        });
        let confirmed = confirmed.map(|(field, _)| *field).chain(taken).collect();
        forget_previous_application(cx, &before, &confirmed);
        cx.save();
        self.received = None;
        Ok(())
    }

    /// Returns the file's name and content.
    pub(super) fn prepare(
        &mut self,
        cx: &SetupContext,
        to: Side,
        personal: PersonalData<'_>,
    ) -> Result<(String, Vec<u8>), Failure> {
        if let PersonalData::Included { sender } = personal
            && sender.chars().count() > LONGEST_NAME
        {
            return Err(Failure::new("text_too_long"));
        }
        let setup = &cx.held.setup;
        let subject = HandoverSubject {
            setup: setup.id,
            organization: setup.name.clone(),
            practice: setup.world == SetupKind::Practice,
            repair: setup.repair,
            lane: setup.lane(),
        };
        let handover = Handover::new(&subject, to, personal, cx.facts(), cx.now());
        let content = handover.to_json().map_err(|_| Failure::new("no_document"))?;
        self.prepared = Some(SentHandover { to, fingerprint: handover.fingerprint() });
        Ok((handover.file_name(), content))
    }

    /// Records that the prepared file was saved. From now on, the colleague administers that side.
    pub(super) fn saved(&mut self, cx: &mut SetupContext) {
        let Some(sent) = self.prepared.take() else { return };
        let setup = &mut cx.held.setup;
        if setup.aws_role && setup.nops_role {
            match sent.to {
                Side::Aws => setup.aws_role = false,
                Side::Nops => setup.nops_role = false,
            }
            cx.save();
        }
        self.sent = Some(sent);
    }
}

/// Reads a handover. Returns `None` if the file is something else.
pub(crate) async fn read_handover(
    name: &str,
    bytes: impl crate::blocking::SuppliedBytes,
) -> Option<Result<HandoverFile, Failure>> {
    if !has_handover_name(name) && !Handover::is_recognized(bytes.as_ref()) {
        return None;
    }
    let read = on_parser_thread(move || Handover::read(bytes.as_ref())).await;
    Some(read.and_then(|read| {
        let handover = read.map_err(|error| failure(&error))?;
        Ok(HandoverFile { name: name.to_owned(), handover })
    }))
}

/// Returns why a handover that is too large to read can't be opened.
pub(crate) fn oversized_handover() -> Failure {
    failure(&HandoverError::TooLarge)
}

/// Returns whether the file's name is the name of a handover.
pub(crate) fn has_handover_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

fn failure(error: &HandoverError) -> Failure {
    let params = error.params().into_iter();
    params.fold(Failure::new(error.code()), |failure, (name, value)| failure.with(name, value))
}

/// Checks that the handover is for this setup and for this user.
fn check_recipient(setup: &Setup, handover: &Handover) -> Result<(), Failure> {
    if setup.id != handover.setup {
        return Err(Failure::new("handover_other_setup")
            .with("organization", &handover.organization)
            .with("open", &setup.name));
    }
    let world = if handover.practice { SetupKind::Practice } else { SetupKind::Real };
    if setup.world != world {
        let name = if handover.practice { "practice" } else { "real" };
        return Err(Failure::new("handover_other_world").with("world", name));
    }
    match setup.lane() {
        Some(lane) if lane != handover.to => {
            Err(Failure::new("handover_other_role").with("role", <&str>::from(handover.to)))
        }
        Some(_) | None => Ok(()),
    }
}
