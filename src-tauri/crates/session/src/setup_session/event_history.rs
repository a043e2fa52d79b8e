//! Looks up events that AWS logged (CloudTrail). In steps 4 to 8, this shows who saved the
//! settings, whether the tester signed in, and whether the application was opened. In step 9, it
//! shows who has signed in before. The permission is optional, and no step waits for these events.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{connection, context::SetupContext};
use crate::{
    action::EventHistoryAction,
    jobs::{self, JobContext, JobReport},
    view::{EventHistoryState, EventHistoryView},
};
use identifiers::{
    ApplicationArn,
    link::{self, Link},
};
use identity_center::{AwsError, Connection, EventName, LoggedEvent};
use people::User;
use setup::{FactValue, Facts, Field, Mapping, MessageCause, Source, Step, test_record};

/// The pause between two lookups.
const PAUSE: Duration = Duration::from_secs(30);
/// How far back to look up events in steps 4 to 8.
const WINDOW: SignedDuration = SignedDuration::from_hours(6);
/// How far back to look up sign-ins in step 9. AWS keeps events for this long.
const LONG_WINDOW: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The time that AWS usually needs to log an event (CloudTrail User Guide).
const DELAY: SignedDuration = SignedDuration::from_mins(15);
/// Events of the same kind with a smaller time difference than this are the same event.
const SAME_EVENT: SignedDuration = SignedDuration::from_secs(3);
/// The largest difference between this computer's clock and AWS's clock that is corrected.
const MOST_AHEAD: SignedDuration = SignedDuration::from_hours(24);
/// The maximum number of pages per event name in steps 4 to 8.
const PAGES: u32 = 2;
/// The maximum number of pages in step 9.
const LONG_PAGES: u32 = 10;

/// Events that change the service provider's addresses.
const ADDRESSES: [EventName; 2] = [
    EventName::UpdateApplicationInstanceServiceProviderConfiguration,
    EventName::ImportApplicationInstanceServiceProviderMetadata,
];
/// Events that change the attribute mappings.
const MAPPINGS: [EventName; 2] = [
    EventName::UpdateApplicationInstanceResponseConfiguration,
    EventName::UpdateApplicationInstanceResponseSchemaConfiguration,
];
/// Events that the tester causes.
const OF_TESTER: [EventName; 3] =
    [EventName::UserAuthentication, EventName::CredentialVerification, EventName::Federate];

/// Facts that come from the tester's events.
const TESTER_FACTS: [Field; 3] =
    [Field::TesterSignedIn, Field::TesterSignInFailed, Field::ApplicationOpened];
/// Facts that come from the application's events.
const APPLICATION_FACTS: [Field; 6] = [
    Field::ConfigurationSaved,
    Field::MappingsSaved,
    Field::ApplicationOpened,
    Field::AwsAcsUrl,
    Field::AwsAudience,
    Field::AttributeMappings,
];

#[derive(Default)]
pub(crate) struct EventHistory {
    /// The application and tester that the facts from events are about.
    subject: Option<EventSubject>,
    /// The events that the running lookup requests.
    asked: Option<EventLookup>,
    running: Option<CancellationToken>,
    /// AWS denied the permission. Request events again only after the user clicks or the connection
    /// changes.
    is_denied: bool,
    at: Option<Timestamp>,
    unseen: Option<MessageCause>,
}

/// The application and the tester whose events are looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct EventSubject {
    /// The 16 digits of the application's ID.
    application: Option<String>,
    /// The tester's user ID and user name.
    tester: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum EventLookup {
    /// The events of an application and a tester, looked up repeatedly.
    Recent(EventSubject),
    /// Everyone's sign-ins, looked up once.
    SignIns,
}

impl EventLookup {
    /// Returns the lookup that the current step needs.
    fn for_step(step: Step, subject: &EventSubject) -> Option<Self> {
        use Step::*;
        match step {
            People => Some(Self::SignIns),
            Application | Mappings | DryRun | Details | SignInTests => {
                (*subject != EventSubject::default()).then(|| Self::Recent(subject.clone()))
            }
            Start | Connect | Addresses | Finish => None,
        }
    }

    fn event_names(&self) -> Vec<EventName> {
        match self {
            Self::Recent(subject) => subject.event_names(),
            Self::SignIns => vec![EventName::UserAuthentication],
        }
    }

    fn window(&self) -> (SignedDuration, u32) {
        match self {
            Self::Recent(_) => (WINDOW, PAGES),
            Self::SignIns => (LONG_WINDOW, LONG_PAGES),
        }
    }
}

impl EventSubject {
    fn from_facts(facts: &Facts, tester: Option<&User>) -> Self {
        let arn = facts.text(Field::ApplicationArn).and_then(|arn| arn.parse().ok());
        let id = facts.text(Field::TesterUserId);
        let name = tester.map(|user| user.user_name.as_str()).or(facts.text(Field::Tester));
        Self {
            application: arn.map(|arn: ApplicationArn| arn.application_id().to_owned()),
            tester: id.zip(name).map(|(id, name)| (id.to_owned(), name.to_owned())),
        }
    }

    fn event_names(&self) -> Vec<EventName> {
        let mut names = Vec::new();
        if self.tester.is_some() {
            names.extend(OF_TESTER);
        }
        if self.application.is_some() {
            names.push(EventName::CreateApplicationInstance);
            names.extend(ADDRESSES);
            names.extend(MAPPINGS);
        }
        names
    }
}

impl EventHistory {
    pub(super) fn act(&mut self, action: &EventHistoryAction) {
        match action {
            EventHistoryAction::LookUpEvents => self.restart_lookup(),
        }
    }

    /// Starts a new lookup, because there is a new connection or the user requested it.
    pub(super) fn restart_lookup(&mut self) {
        self.stop();
        self.asked = None;
        self.is_denied = false;
    }

    /// Starts or stops lookups, depending on the step, the connection and the subject. Removes
    /// facts about another application or tester.
    pub(super) fn update_lookups(&mut self, cx: &mut SetupContext, tester: Option<&User>) {
        let subject = EventSubject::from_facts(&cx.all_facts(), tester);
        if let Some(before) = self.subject.replace(subject.clone()) {
            let id = |of: &EventSubject| of.tester.as_ref().map(|(id, _)| id.clone());
            if before.application != subject.application {
                cx.forget_observed(&APPLICATION_FACTS);
            }
            if id(&before) != id(&subject) {
                cx.forget_observed(&TESTER_FACTS);
            }
        }
        let look = EventLookup::for_step(cx.held.setup.current, &subject);
        match (&cx.connection, look) {
            (Some(connection), Some(look)) => {
                if !self.is_denied && self.asked.as_ref() != Some(&look) {
                    self.start_lookup(cx, connection.clone(), look);
                }
            }
            _ => {
                self.stop();
                self.asked = None;
            }
        }
    }

    fn start_lookup(&mut self, cx: &SetupContext, connection: Connection, look: EventLookup) {
        self.stop();
        let cancel = CancellationToken::new();
        let elsewhere = region(&cx.all_facts()).filter(|region| region != connection.region());
        let elsewhere = elsewhere.and_then(|region| connection.in_region(&region).ok());
        let connections = [connection].into_iter().chain(elsewhere).collect();
        let (clock, inbox) = (cx.ports.clock.clone(), cx.inbox.clone());
        tokio::spawn(run(connections, look.clone(), clock, inbox, cancel.clone()));
        self.asked = Some(look);
        self.running = Some(cancel);
    }

    pub(super) fn handle_lookup_result(
        &mut self,
        cx: &mut SetupContext,
        mut events: Vec<LoggedEvent>,
        failure: Option<AwsError>,
        ended: &CancellationToken,
    ) {
        // The message was queued before the lookup ended.
        if ended.is_cancelled() {
            return;
        }
        self.at = Some(cx.now());
        self.is_denied = matches!(failure, Some(AwsError::Denied { .. }));
        self.unseen = failure.as_ref().map(connection::error_cause);
        // Convert to this computer's clock, because all facts use it.
        let aws = cx.connection.as_ref().and_then(Connection::aws_now);
        let ahead = aws.map_or(SignedDuration::ZERO, |aws| aws.duration_since(cx.now()));
        events.iter_mut().for_each(|event| event.at -= ahead);
        events.sort_by_key(|event| event.at);
        if self.asked == Some(EventLookup::SignIns) {
            self.stop();
            let is_sign_in = |event: &&LoggedEvent| event.is_accepted() == Some(true);
            let user = |event: &LoggedEvent| Some((event.user_id()?.to_owned(), event.at));
            cx.signed_in.extend(events.iter().filter(is_sign_in).filter_map(user));
            return;
        }
        if self.is_denied {
            self.stop();
        }
        let EventSubject { application, tester } = self.subject.clone().unwrap_or_default();
        let store = cx.facts().text(Field::IdentityStoreId).unwrap_or_default().to_owned();
        let of_tester = |event: &&LoggedEvent| {
            tester.as_ref().is_some_and(|(id, name)| event.is_caused_by(&store, id, name))
        };
        let of_application = |event: &&LoggedEvent| {
            application.as_ref().is_some_and(|hex| event.mentions_application(hex))
        };
        let own: Vec<&LoggedEvent> = events.iter().filter(of_tester).collect();
        let (before, now) = (cx.facts().clone(), cx.now());
        let facts = &mut cx.held.setup.facts;
        record_sign_ins(facts, &own, now);
        let opened = own
            .iter()
            .rev()
            .find(|event| event.name == EventName::Federate && of_application(event));
        if let Some(opened) = opened {
            record_event(facts, Field::ApplicationOpened, opened.at, "", now);
        }
        let changes: Vec<&LoggedEvent> = events.iter().filter(of_application).collect();
        record_changes(facts, &changes, now);
        if *facts != before {
            cx.save();
        }
    }

    pub(super) fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.cancel();
        }
    }

    pub(crate) fn view(&self, cx: &SetupContext) -> EventHistoryView {
        EventHistoryView {
            state: match (&cx.connection, &self.running) {
                (None, _) => EventHistoryState::Off,
                (Some(_), Some(_)) => EventHistoryState::Looking,
                (Some(_), None) => EventHistoryState::Idle,
            },
            at: self.at.map(|at| at.to_string()),
            unseen: self.unseen.clone(),
            opened: test_record::application_opened_at(cx.facts()).map(|at| at.to_string()),
        }
    }
}

/// Returns the Region that the application is managed in, from the application's links.
fn region(all: &Facts) -> Option<String> {
    [Field::IdpEntityId, Field::IdpMetadataUrl].into_iter().find_map(|field| {
        let Link::Portal(link) = link::identify_link(all.text(field)?).link else { return None };
        Some(link.region.to_string())
    })
}

/// Looks up events until canceled or denied by AWS.
async fn run(
    connections: Vec<Connection>,
    look: EventLookup,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    inbox: JobContext,
    ended: CancellationToken,
) {
    let (window, pages) = look.window();
    loop {
        let looking = async {
            let (mut events, mut failure) = (Vec::new(), None);
            for connection in &connections {
                let since = connection.aws_now().unwrap_or_else(&*clock) - window;
                for name in look.event_names() {
                    match connection.logged_events(name, since, pages).await {
                        Ok(found) => events.extend(found),
                        Err(error) => {
                            failure = Some(error);
                            break;
                        }
                    }
                }
            }
            (events, failure)
        };
        let (events, failure) = tokio::select! {
            biased;
            () = ended.cancelled() => return,
            looked = looking => looked,
        };
        let is_denied = matches!(failure, Some(AwsError::Denied { .. }));
        let report = JobReport::EventsLookedUp { events, failure, ended: ended.clone() };
        jobs::send_report(&inbox, report).await;
        if is_denied || look == EventLookup::SignIns {
            return;
        }
        tokio::select! {
            () = ended.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Returns the events since a time that changed the application's addresses or attribute mappings,
/// oldest first. The times are those of this computer's clock.
pub(crate) async fn application_changes(
    connection: &Connection,
    facts: &Facts,
    since: Timestamp,
    now: Timestamp,
) -> Result<Vec<LoggedEvent>, AwsError> {
    let Some(application) = EventSubject::from_facts(facts, None).application else {
        return Ok(Vec::new());
    };
    let elsewhere = region(facts).filter(|region| region != connection.region());
    let elsewhere = elsewhere.map(|region| connection.in_region(&region)).transpose()?;
    let ahead = connection.aws_now().map(|aws| aws.duration_since(now)).unwrap_or_default();
    // A larger difference comes from a clock that was set for the rules, not from a wrong clock.
    let ahead = if ahead.abs() < MOST_AHEAD { ahead } else { SignedDuration::ZERO };
    let oldest = connection.aws_now().unwrap_or(now) - LONG_WINDOW;
    let mut events = Vec::new();
    for connection in [connection].into_iter().chain(&elsewhere) {
        for name in ADDRESSES.into_iter().chain(MAPPINGS) {
            let from = oldest.max(since + ahead);
            events.extend(connection.logged_events(name, from, LONG_PAGES).await?);
        }
    }
    events.iter_mut().for_each(|event| event.at -= ahead);
    events
        .retain(|event| event.at > since + SAME_EVENT && event.mentions_application(&application));
    events.sort_by_key(|event| event.at);
    Ok(events)
}

/// Stores an event, unless the same event or a later event is known. AWS's clock is known only to
/// about one second.
fn record_event(facts: &mut Facts, field: Field, at: Timestamp, detail: &str, now: Timestamp) {
    if facts.event(field).is_none_or(|known| known.at + SAME_EVENT < at) {
        let event = setup::LoggedEvent { at, detail: detail.to_owned() };
        facts.record(field, FactValue::Event(event), Source::Observed, now);
    }
}

/// Stores when the tester last signed in, and when a sign-in last failed.
fn record_sign_ins(facts: &mut Facts, own: &[&LoggedEvent], now: Timestamp) {
    let last = |name: EventName, is_accepted: bool| {
        let mut newest_first = own.iter().rev();
        newest_first.find(|event| event.name == name && event.is_accepted() == Some(is_accepted))
    };
    let mut learn_as = |field, event: Option<&&LoggedEvent>| {
        if let Some(event) = event {
            record_event(facts, field, event.at, event.credential_type().unwrap_or_default(), now);
        }
    };
    learn_as(Field::TesterSignedIn, last(EventName::UserAuthentication, true));
    learn_as(Field::TesterSignInFailed, last(EventName::CredentialVerification, false));
    // If no other event follows an accepted credential, the sign-in was abandoned, for example
    // because AWS asked for MFA.
    let Some(accepted) = last(EventName::CredentialVerification, true) else { return };
    let is_followed = own.iter().any(|event| {
        event.at >= accepted.at
            && !std::ptr::eq(*event, *accepted)
            && event.name != EventName::Federate
    });
    if !is_followed && now.duration_since(accepted.at) > DELAY {
        record_event(facts, Field::TesterSignInFailed, accepted.at, "UNFINISHED", now);
    }
}

/// Stores who saved the application's configuration and attribute mappings, and what was saved.
/// The changes are sorted, oldest first.
pub(crate) fn record_changes(facts: &mut Facts, changes: &[&LoggedEvent], now: Timestamp) {
    record_configuration_changes(facts, changes, now);
    record_mapping_changes(facts, changes, now);
}

fn record_configuration_changes(facts: &mut Facts, changes: &[&LoggedEvent], now: Timestamp) {
    let is_saved = |event: &&&LoggedEvent| {
        event.name == EventName::CreateApplicationInstance || ADDRESSES.contains(&event.name)
    };
    if let Some(saved) = changes.iter().rev().find(is_saved) {
        let who = saved.actor_name().unwrap_or_default();
        record_event(facts, Field::ConfigurationSaved, saved.at, who, now);
    }
    // AWS doesn't log the addresses in an imported file, so after an import, the saved addresses
    // are unknown.
    let last = changes.iter().rev().find(|event| ADDRESSES.contains(&event.name));
    let addresses = last.and_then(|event| Some((event.at, event.saved_values().addresses?)));
    if let Some((at, (acs_url, audience))) = addresses {
        record_logged_value(facts, Field::AwsAcsUrl, at, FactValue::Text(acs_url), now);
        record_logged_value(facts, Field::AwsAudience, at, FactValue::Text(audience), now);
    }
}

fn record_mapping_changes(facts: &mut Facts, changes: &[&LoggedEvent], now: Timestamp) {
    let last = |name: EventName| changes.iter().rev().find(|event| event.name == name);
    let [values, formats] = MAPPINGS.map(last);
    let Some(saved) = values.into_iter().chain(formats).max_by_key(|event| event.at) else {
        return;
    };
    let who = saved.actor_name().unwrap_or_default();
    record_event(facts, Field::MappingsSaved, saved.at, who, now);
    let values = values.and_then(|event| event.saved_values().mapped_values);
    let formats = formats.and_then(|event| event.saved_values().mapped_formats);
    let Some(rows) = values.zip(formats).and_then(|(values, formats)| rows(values, &formats))
    else {
        return;
    };
    let is_known = facts.mappings().is_some_and(|known| {
        known.len() == rows.len() && known.iter().all(|row| rows.contains(row))
    });
    // A later dry run has already checked the effect of these rows.
    let is_checked = facts.time(Field::DryRun).is_some_and(|checked| checked >= saved.at);
    if !is_known && !is_checked {
        let rows = FactValue::Mappings(rows);
        record_logged_value(facts, Field::AttributeMappings, saved.at, rows, now);
    }
}

/// Returns the rows, with Subject first. Returns `None` if values and formats belong to different
/// rows.
fn rows(
    values: BTreeMap<String, String>,
    formats: &BTreeMap<String, String>,
) -> Option<Vec<Mapping>> {
    if !values.keys().eq(formats.keys()) {
        return None;
    }
    let row = |(attribute, value): (String, String)| {
        let format = formats.get(&attribute)?.clone();
        Some(Mapping { attribute, value, format })
    };
    let mut rows: Vec<Mapping> = values.into_iter().map(row).collect::<Option<_>>()?;
    rows.sort_by_key(|row| row.attribute != "Subject");
    Some(rows)
}

/// Stores a value that AWS logged, unless the user entered a value later.
fn record_logged_value(
    facts: &mut Facts,
    field: Field,
    at: Timestamp,
    value: FactValue,
    now: Timestamp,
) {
    let is_newer = facts.get(field).is_none_or(|known| {
        known.value != value && (known.source == Source::Observed || known.at < at)
    });
    if is_newer {
        facts.record(field, value, Source::Observed, now);
    }
}
