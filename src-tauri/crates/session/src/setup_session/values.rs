//! Enters, pastes, reads, chooses and removes the values of both sides.

use super::{application::fetch_metadata, context::SetupContext, downloads::Downloads};
use crate::{Failure, action::ValueAction, blocking::on_parser_thread, view::FilledFields};
use jiff::Timestamp;
use setup::{Fact, FactValue, Facts, Field, Source, idp::IdentityProvider, input};

/// The values that belong to one application.
const OF_APPLICATION: [Field; 21] = [
    Field::ApplicationArn,
    Field::ApplicationRegion,
    Field::ApplicationName,
    Field::ApplicationStatus,
    Field::ApplicationKind,
    Field::ApplicationVisibility,
    Field::IdpLink,
    Field::IdpEntityId,
    Field::IdpSsoUrl,
    Field::IdpMetadataUrl,
    Field::IdpMetadata,
    Field::IdpMetadataFetched,
    Field::IdpCertificate,
    Field::AwsAcsUrl,
    Field::AwsAudience,
    Field::AttributeMappings,
    Field::PeopleAdded,
    Field::OldCertificate,
    Field::NewCertificate,
    Field::ActiveCertificate,
    Field::RotationFinished,
];

#[derive(Default)]
pub(crate) struct ValuesState {
    /// Values found together in the last input. The user chooses one.
    pub(crate) offers: Vec<input::InputOffer>,
    /// The fields that were filled by the last pasted or dropped input.
    pub(crate) filled: Option<FilledFields>,
    pub(crate) downloads: Downloads,
}

impl ValuesState {
    pub(super) async fn act(
        &mut self,
        cx: &mut SetupContext,
        action: ValueAction,
    ) -> Result<(), Failure> {
        match action {
            // Emptying a field removes its value.
            ValueAction::Enter { field, text, .. } if text.trim().is_empty() => {
                self.clear(cx, field);
            }
            ValueAction::Enter { field, text, html } => {
                let (step, now) = (cx.held.setup.current, cx.now());
                let text = cx
                    .practice
                    .as_ref()
                    .map_or_else(|| text.clone(), |one| one.restore_real_links(&text));
                let read = move || {
                    input::copied_table(field, &text, html.as_deref())
                        .unwrap_or_else(|| input::parse_entered(field, &text, step, now))
                };
                let intake = on_parser_thread(read).await?;
                self.store_input(cx, Some(field), intake);
            }
            ValueAction::Declare { field, value } => {
                cx.notes.remove(&Some(field));
                cx.record_facts([(field, FactValue::Text(value), Source::Declared)]);
            }
            ValueAction::Keep { field } => {
                if cx.facts().get(field).is_none() {
                    return Err(Failure::new("not_kept_field"));
                }
                cx.held.setup.facts.confirm_value(field);
                cx.save();
            }
            ValueAction::Clear { field } => self.clear(cx, field),
            ValueAction::Choose { id } => {
                let offer = self.offers.iter().find(|offer| offer.id() == id).cloned();
                let offer = offer.ok_or_else(|| Failure::new("not_kept_field"))?;
                self.choose(cx, Some(offer));
            }
            ValueAction::ChooseNone => self.choose(cx, None),
            ValueAction::Swap { a, b } => return swap_values(cx, a, b),
            ValueAction::ReplaceApplication { value } => {
                let (step, now) = (cx.held.setup.current, cx.now());
                let read = move || input::parse_entered(Field::IdpLink, &value, step, now);
                let intake = on_parser_thread(read).await?;
                if !intake.names_application() {
                    return Err(Failure::new("names_no_application"));
                }
                cx.notes.clear();
                cx.remove_facts(OF_APPLICATION);
                self.store_input(cx, Some(Field::IdpLink), intake);
            }
        }
        Ok(())
    }

    /// Removes a value and the notes about it.
    fn clear(&mut self, cx: &mut SetupContext, field: Field) {
        self.filled = None;
        cx.notes.remove(&Some(field));
        for notes in cx.notes.values_mut() {
            notes.retain(|note| note.field != Some(field));
        }
        cx.remove_facts([field]);
    }

    /// Accepts one of several offered values, or rejects all of them.
    fn choose(&mut self, cx: &mut SetupContext, chosen: Option<input::InputOffer>) {
        let learned = chosen.map(|offer| (offer.field, offer.value, offer.source));
        self.store_input(cx, None, input::ParsedInput::from_values(learned));
    }

    /// Stores the values from a field (`from`), from text pasted outside a field, or from a file.
    pub(super) fn store_input(
        &mut self,
        cx: &mut SetupContext,
        from: Option<Field>,
        intake: input::ParsedInput,
    ) {
        let (step, now) = (cx.held.setup.current, cx.now());
        let intake = intake.with_implied_values(cx.facts(), from, (step, now));
        cx.notes.remove(&from);
        for (field, _, _) in &intake.learned {
            cx.notes.remove(&Some(*field));
        }
        self.offers.clone_from(&intake.offers);
        self.downloads.arrived = false;
        let touched: Vec<Field> = intake.learned.iter().map(|(field, _, _)| *field).collect();
        self.filled = (!touched.is_empty()).then(|| FilledFields { from, fields: touched.clone() });
        let application = cx.facts().text(Field::ApplicationArn).map(str::to_owned);
        let issuer = IdentityProvider::from_facts(cx.facts()).issuer.map(|issuer| issuer.value);
        let link = application_link(cx.facts());
        if let Some(field) = intake.field_to_clear(from) {
            cx.held.setup.facts.remove(field);
        }
        let notes = intake.store(&mut cx.held.setup.facts, now);
        if !notes.is_empty() {
            cx.notes.insert(from, notes);
        }
        if application_link(cx.facts()) != link {
            cx.remove_facts([Field::IdpMetadataFetched]);
        }
        // The details that AWS returned for the previous application don't apply to the new
        // application.
        if cx.facts().text(Field::ApplicationArn) != application.as_deref() {
            cx.remove_facts([
                Field::ApplicationRegion,
                Field::ApplicationStatus,
                Field::ApplicationVisibility,
                Field::ApplicationKind,
                Field::ApplicationName,
                Field::PeopleAdded,
            ]);
        }
        if issuer.is_some()
            && IdentityProvider::from_facts(cx.facts()).issuer.map(|issuer| issuer.value) != issuer
        {
            cx.remove_facts([Field::ApplicationSubmitted]);
        }
        if !touched.is_empty() {
            cx.save();
        }
        let links = [Field::ApplicationArn, Field::IdpLink, Field::IdpMetadataUrl];
        if touched.iter().any(|field| links.contains(field)) {
            fetch_metadata(cx);
        }
    }

    /// Removes the current step's values that were entered or imported last. If the current step
    /// has no values, removes the last values of any step. Values that arrived together have the
    /// same time and are removed together.
    pub(super) fn clear_last_values(&mut self, cx: &mut SetupContext) {
        self.filled = None;
        self.offers.clear();
        cx.notes.clear();
        let step = cx.held.setup.current;
        let given: Vec<(Field, Timestamp)> = cx
            .facts()
            .iter()
            .filter(|(_, fact)| matches!(fact.source, Source::Entered | Source::Imported { .. }))
            .map(|(field, fact)| (field, fact.at))
            .collect();
        let here = given.iter().filter(|(field, _)| field.step() == step);
        let newest = here.map(|(_, at)| *at).max().or(given.iter().map(|(_, at)| *at).max());
        let last = given.into_iter().filter(|(_, at)| Some(*at) == newest);
        cx.remove_facts(last.map(|(field, _)| field));
    }
}

/// Returns the metadata link of the known application.
fn application_link(facts: &Facts) -> Option<String> {
    IdentityProvider::from_facts(facts).metadata_url.map(|known| known.value)
}

/// Swaps two entered values. Rejects values that a page shows, because editing our copy doesn't
/// change the page.
fn swap_values(cx: &mut SetupContext, a: Field, b: Field) -> Result<(), Failure> {
    let refused = || Failure::new("not_kept_field");
    if a.is_seen_on_page() || b.is_seen_on_page() {
        return Err(refused());
    }
    let first = cx.facts().get(a).cloned().ok_or_else(refused)?;
    let second = cx.facts().get(b).cloned().ok_or_else(refused)?;
    let moved = |field, fact: Fact| (field, fact.value, fact.source);
    cx.record_facts([moved(a, second), moved(b, first)]);
    Ok(())
}
