//! Sends requests to nOps's own sign-in addresses to find out what nOps has saved. Starts only
//! after the user clicked *Check nOps* in this setup.

use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::context::SetupContext;
use crate::{
    Failure,
    action::NopsCheckAction,
    blocking::on_parser_thread,
    jobs::{self, JobContext, JobReport},
    view::{NopsCheckState, NopsCheckView},
};
use nops::sign_in_addresses::{self, NoInformationReason, StartedSignIn, public_host};
use saml::service_provider::ServiceProvider;
use setup::{FactValue, Facts, Field, MessageCause, Source, Step, derive::derive};
use transport::{Page, Transport};

/// The pause between two requests while the app waits for a save in nOps.
const PAUSE: Duration = Duration::from_secs(15);
/// The number of requests while the app waits. All requests together take three minutes.
const REPEATS: u32 = 12;

#[derive(Default)]
pub(crate) struct NopsCheck {
    /// The last request. If the addresses or the step change, new requests are needed.
    asked: Option<NopsRequest>,
    /// Stops the running check.
    running: Option<CancellationToken>,
    /// The running check repeats until nOps returns this application's endpoint.
    waits: bool,
    at: Option<String>,
    metadata_unseen: Option<MessageCause>,
    endpoint_unseen: Option<MessageCause>,
}

/// The addresses to request, and the step that needs the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NopsRequest {
    entity_id: Option<String>,
    link: Option<String>,
    step: Option<Step>,
}

/// The responses from the addresses. A response is `None` if its address isn't known.
pub(crate) struct NopsAnswer {
    metadata: Option<Result<ServiceProvider, UnseenAddress>>,
    sign_in: Option<Result<StartedSignIn, UnseenAddress>>,
}

/// An address that gave no information.
#[derive(Clone, Debug)]
pub(crate) struct UnseenAddress {
    pub(crate) cause: MessageCause,
    /// nOps couldn't be reached, or couldn't respond at the time. Another request may succeed.
    pub(crate) is_unanswered: bool,
}

/// What the responses showed.
pub(crate) struct RecordedAnswer {
    /// nOps has saved the endpoint of this setup's application.
    pub(crate) is_saved: bool,
    pub(crate) metadata_unseen: Option<UnseenAddress>,
    pub(crate) endpoint_unseen: Option<UnseenAddress>,
}

impl NopsCheck {
    pub(super) fn act(
        &mut self,
        cx: &mut SetupContext,
        action: NopsCheckAction,
    ) -> Result<(), Failure> {
        match action {
            NopsCheckAction::CheckNops { host } => {
                if nops_host(cx).as_deref() != Some(host.as_str()) {
                    return Err(Failure::new("no_nops_address"));
                }
                cx.record_facts([(Field::NopsAskedHost, FactValue::Text(host), Source::Declared)]);
                self.asked = None;
                Ok(())
            }
            NopsCheckAction::StopCheckingNops => {
                self.stop();
                Ok(())
            }
        }
    }

    /// Sends requests to nOps if the user allowed them and an address or the step has changed.
    /// Removes facts that came from earlier addresses.
    pub(super) fn update_requests(&mut self, cx: &mut SetupContext) {
        let question = question(cx);
        if self.asked == question {
            return;
        }
        if let Some(asked) = self.asked.take() {
            let now = question.as_ref();
            if now.is_none_or(|now| now.entity_id != asked.entity_id) {
                cx.forget_observed(&OF_METADATA);
            }
            if now.is_none_or(|now| now.link != asked.link) {
                cx.forget_observed(&OF_SIGN_IN);
            }
        }
        match question {
            Some(question) => {
                let repeats = if self.waits { REPEATS } else { 0 };
                self.start_requests(cx, question, repeats);
            }
            None => self.stop(),
        }
    }

    /// Sends requests to nOps until it returns this application's endpoint, for at most three
    /// minutes.
    pub(super) fn wait_for_save(&mut self, cx: &SetupContext) {
        if let Some(question) = question(cx) {
            self.start_requests(cx, question, REPEATS);
        }
    }

    fn start_requests(&mut self, cx: &SetupContext, question: NopsRequest, repeats: u32) {
        self.stop();
        let cancel = CancellationToken::new();
        let (ended, inbox, transport) = (cancel.clone(), cx.inbox.clone(), cx.transport());
        let host = cx.facts().text(Field::NopsAskedHost).unwrap_or_default().to_owned();
        tokio::spawn(send_requests(question.clone(), host, transport, repeats, inbox, ended));
        self.asked = Some(question);
        self.running = Some(cancel);
        self.waits = repeats > 0;
    }

    pub(super) fn answered(
        &mut self,
        cx: &mut SetupContext,
        answer: NopsAnswer,
        is_last: bool,
        ended: &CancellationToken,
    ) {
        // The message was queued before the check ended.
        if ended.is_cancelled() {
            return;
        }
        let now = cx.now();
        self.at = Some(now.to_string());
        let recorded = answer.record(&mut cx.held.setup.facts, now);
        cx.save();
        self.metadata_unseen = recorded.metadata_unseen.map(|unseen| unseen.cause);
        self.endpoint_unseen = recorded.endpoint_unseen.map(|unseen| unseen.cause);
        if recorded.is_saved || is_last {
            self.stop();
        }
    }

    pub(super) fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.cancel();
        }
        self.waits = false;
    }

    pub(crate) fn view(&self, cx: &SetupContext) -> NopsCheckView {
        let host = nops_host(cx);
        NopsCheckView {
            is_allowed: host.is_some() && host.as_deref() == cx.facts().text(Field::NopsAskedHost),
            is_usual: host.as_deref() == Some(sign_in_addresses::USUAL_HOST),
            host,
            state: match (&self.running, self.waits) {
                (None, _) => NopsCheckState::Idle,
                (Some(_), false) => NopsCheckState::Asking,
                (Some(_), true) => NopsCheckState::Waiting,
            },
            at: self.at.clone(),
            metadata_unseen: self.metadata_unseen.clone(),
            endpoint_unseen: self.endpoint_unseen.clone(),
        }
    }
}

/// Returns the host to send requests to: the Entity ID's host, or else the Shareable Link's host.
fn nops_host(cx: &SetupContext) -> Option<String> {
    let mut addresses = [Field::SpEntityId, Field::SpLoginUrl].into_iter();
    addresses.find_map(|field| public_host(cx.facts().text(field)?))
}

/// Returns what to request, if the user allowed requests to this host.
fn question(cx: &SetupContext) -> Option<NopsRequest> {
    // These steps depend on what nOps has saved now, so send the requests again.
    let step = cx.held.setup.current;
    let step = matches!(step, Step::Details | Step::SignInTests | Step::Finish).then_some(step);
    Some(NopsRequest { step, ..NopsRequest::allowed(cx.facts())? })
}

impl NopsRequest {
    /// Returns the addresses at the host that the user allowed requests to.
    pub(crate) fn allowed(facts: &Facts) -> Option<Self> {
        let allowed = facts.text(Field::NopsAskedHost)?;
        let at_host = |field| {
            let address = facts.text(field)?;
            (public_host(address).as_deref() == Some(allowed)).then(|| address.to_owned())
        };
        let (entity_id, link) = (at_host(Field::SpEntityId), at_host(Field::SpLoginUrl));
        (entity_id.is_some() || link.is_some()).then_some(Self { entity_id, link, step: None })
    }

    /// Sends the requests to `host` once.
    pub(crate) async fn send(&self, host: &str, transport: &Transport) -> NopsAnswer {
        let fetch = |address: Option<String>| async move {
            Some(sign_in_addresses::fetch(&address?, host, transport).await)
        };
        let (metadata, sign_in) =
            tokio::join!(fetch(self.entity_id.clone()), fetch(self.link.clone()));
        NopsAnswer {
            metadata: parse_response(metadata, sign_in_addresses::service_provider).await,
            sign_in: parse_response(sign_in, sign_in_addresses::started_sign_in).await,
        }
    }
}

async fn send_requests(
    question: NopsRequest,
    host: String,
    transport: Transport,
    repeats: u32,
    inbox: JobContext,
    ended: CancellationToken,
) {
    for left in (0..=repeats).rev() {
        let answer = tokio::select! {
            biased;
            () = ended.cancelled() => return,
            answer = question.send(&host, &transport) => answer,
        };
        let report = JobReport::NopsAnswered { answer, is_last: left == 0, ended: ended.clone() };
        jobs::send_report(&inbox, report).await;
        if left > 0 {
            tokio::select! {
                () = ended.cancelled() => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }
}

/// Parses a response, with the time limit for external input.
async fn parse_response<T: Send + 'static>(
    page: Option<Result<Page, NoInformationReason>>,
    read: fn(&Page) -> Result<T, NoInformationReason>,
) -> Option<Result<T, UnseenAddress>> {
    let unseen = |reason: NoInformationReason| UnseenAddress {
        cause: MessageCause::with(reason.key(), reason.params()),
        is_unanswered: reason.is_unanswered(),
    };
    Some(match page? {
        Ok(page) => match on_parser_thread(move || read(&page)).await {
            Ok(seen) => seen.map_err(unseen),
            Err(failure) => Err(UnseenAddress {
                cause: MessageCause::new(format!("failure-{}", failure.code)),
                is_unanswered: true,
            }),
        },
        Err(reason) => Err(unseen(reason)),
    })
}

/// Facts that come from nOps's metadata.
const OF_METADATA: [Field; 4] = [
    Field::SpAcsUrl,
    Field::NopsMetadataEntityId,
    Field::NopsMetadataAcsUrl,
    Field::NopsMetadataNameIdFormat,
];

/// Facts that come from a sign-in that starts at the Shareable Link.
const OF_SIGN_IN: [Field; 5] = [
    Field::NopsSaved,
    Field::NopsSavedEndpoint,
    Field::RequestIssuer,
    Field::RequestAcsUrl,
    Field::RequestNameIdFormat,
];

impl NopsAnswer {
    /// Stores what nOps shows.
    pub(crate) fn record(self, facts: &mut Facts, now: Timestamp) -> RecordedAnswer {
        let metadata_unseen = match self.metadata {
            Some(Ok(provider)) => {
                record_metadata(facts, provider, now);
                None
            }
            other => other.and_then(Result::err),
        };
        let (is_saved, endpoint_unseen) = match self.sign_in {
            Some(Ok(started)) => (record_sign_in(facts, started, now), None),
            other => (false, other.and_then(Result::err)),
        };
        RecordedAnswer { is_saved, metadata_unseen, endpoint_unseen }
    }
}

fn record_observed(facts: &mut Facts, field: Field, text: String, now: Timestamp) {
    facts.record(field, FactValue::Text(text), Source::Observed, now);
}

fn record_metadata(facts: &mut Facts, provider: ServiceProvider, now: Timestamp) {
    // Fill in the address if the user hasn't entered it.
    if facts.get(Field::SpAcsUrl).is_none() {
        record_observed(facts, Field::SpAcsUrl, provider.acs_url.clone(), now);
    }
    for (field, text) in [
        (Field::NopsMetadataEntityId, provider.entity_id),
        (Field::NopsMetadataAcsUrl, provider.acs_url),
        (Field::NopsMetadataNameIdFormat, provider.name_id_format.unwrap_or_default()),
    ] {
        record_observed(facts, field, text, now);
    }
}

/// Stores the facts from a sign-in that nOps started. Returns whether nOps has saved the endpoint
/// of this setup's application.
fn record_sign_in(facts: &mut Facts, started: StartedSignIn, now: Timestamp) -> bool {
    let is_saved = derive(facts, now).text(Field::IdpSsoUrl) == Some(started.endpoint.as_str());
    let request = started.request;
    let addresses =
        [(Field::RequestIssuer, request.issuer), (Field::RequestAcsUrl, request.acs_url)];
    for (field, text) in addresses {
        if let Some(text) = text {
            record_observed(facts, field, text, now);
        }
    }
    let format = request.name_id_format.unwrap_or_default();
    record_observed(facts, Field::RequestNameIdFormat, format, now);
    record_observed(facts, Field::NopsSavedEndpoint, started.endpoint, now);
    if is_saved {
        record_observed(facts, Field::NopsSaved, "true".to_owned(), now);
    }
    is_saved
}
