//! Enters, pastes, reads, chooses and removes the values of both sides.

use super::{application::fetch_metadata, context::SetupContext, downloads::Downloads};
use crate::{Failure, action::ValueAction, blocking::on_parser_thread, view::FilledFields};
use std::collections::BTreeSet;

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
        // The next good value also answers a paste outside the fields that had none.
        if !intake.learned.is_empty() {
            cx.notes.remove(&None);
        }
        for (field, _, _) in &intake.learned {
            cx.notes.remove(&Some(*field));
        }
        self.offers.clone_from(&intake.offers);
        self.downloads.arrived = false;
        let touched: Vec<Field> = intake.learned.iter().map(|(field, _, _)| *field).collect();
        self.filled = (!touched.is_empty()).then(|| FilledFields { from, fields: touched.clone() });
        let before = KnownApplication::from_facts(cx.facts());
        if let Some(field) = intake.field_to_clear(from) {
            cx.held.setup.facts.remove(field);
        }
        let notes = intake.store(&mut cx.held.setup.facts, now);
        if !notes.is_empty() {
            cx.notes.insert(from, notes);
        }
        forget_previous_application(cx, &before, &touched.iter().copied().collect());
        if !touched.is_empty() {
            cx.save();
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
            .filter(|(_, fact)| {
                let is_given = matches!(fact.source, Source::Entered | Source::Imported { .. });
                is_given && fact.source.origin().is_none()
            })
            .map(|(field, fact)| (field, fact.at))
            .collect();
        let here = given.iter().filter(|(field, _)| field.step() == step);
        let newest = here.map(|(_, at)| *at).max().or(given.iter().map(|(_, at)| *at).max());
        let last = given.into_iter().filter(|(_, at)| Some(*at) == newest);
        cx.remove_facts(last.map(|(field, _)| field));
    }
}

/// What identifies the application that the values belong to.
pub(super) struct KnownApplication {
    arn: Option<String>,
    issuer: Option<String>,
    metadata_url: Option<String>,
}

impl KnownApplication {
    pub(super) fn from_facts(facts: &Facts) -> Self {
        let idp = IdentityProvider::from_facts(facts);
        Self {
            arn: facts.text(Field::ApplicationArn).map(str::to_owned),
            issuer: idp.issuer.map(|issuer| issuer.value),
            metadata_url: idp.metadata_url.map(|known| known.value),
        }
    }
}

/// Removes the values of the application that was known before, if the application changed, and
/// fetches the metadata of a new application. Keeps the values in `touched`, which are new.
pub(super) fn forget_previous_application(
    cx: &mut SetupContext,
    before: &KnownApplication,
    touched: &BTreeSet<Field>,
) {
    let link = IdentityProvider::from_facts(cx.facts()).metadata_url.map(|known| known.value);
    if link != before.metadata_url && !touched.contains(&Field::IdpMetadataFetched) {
        cx.remove_facts([Field::IdpMetadataFetched]);
    }
    let now = KnownApplication::from_facts(cx.facts());
    let mut outdated = Vec::new();
    // The details that AWS returned for the previous application don't apply to the new
    // application.
    if now.arn != before.arn {
        outdated.extend([
            Field::ApplicationRegion,
            Field::ApplicationStatus,
            Field::ApplicationVisibility,
            Field::ApplicationKind,
            Field::ApplicationName,
            Field::PeopleAdded,
        ]);
    }
    if before.issuer.is_some() && now.issuer != before.issuer {
        outdated.push(Field::ApplicationSubmitted);
    }
    outdated.retain(|field| !touched.contains(field));
    cx.remove_facts(outdated);
    let links = [Field::ApplicationArn, Field::IdpLink, Field::IdpMetadataUrl];
    if links.iter().any(|field| touched.contains(field)) {
        fetch_metadata(cx);
    }
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
