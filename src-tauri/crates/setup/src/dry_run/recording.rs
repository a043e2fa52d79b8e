//! Checks the messages in a recorded sign-in: which response went to nOps, what nOps requested, and
//! where the sign-in stopped.

use jiff::Timestamp;

use super::{DryRun, ExpectedValues, check_sign_in_response, unreadable_response};
use crate::{FactValue, Field, Finding, Severity, Side};
use saml::{
    recording::{Message, Recording},
    request::AuthnRequest,
    response::{Response, ResponseError},
};

/// The lowest HTTP status code for an error.
const FIRST_ERROR: u16 = 400;

/// The result of checking a recording.
pub struct RecordingCheck {
    /// The response that was sent to nOps, and its dry run.
    pub checked: Option<(RecordedResponse, DryRun)>,
    /// What was read and ignored, and where the sign-in stopped.
    pub notes: Vec<Finding>,
    /// What nOps requested.
    pub learned: Vec<(Field, FactValue)>,
    /// Whether nOps requested the sign-in. Otherwise, the sign-in started in AWS.
    pub is_requested: bool,
    /// Whether the recording contains anything about a SAML response.
    pub is_about_response: bool,
}

impl RecordingCheck {
    pub fn dry_run(&self) -> Option<&DryRun> {
        self.checked.as_ref().map(|(_, dry_run)| dry_run)
    }
}

/// A parsed response, which can be checked again when a value changes.
pub struct RecordedResponse {
    response: Response,
    /// The IDs of nOps's requests in the same recording.
    requests: Vec<String>,
    /// The input is a single message without its HTTP request or a page around it.
    is_alone: bool,
}

impl RecordedResponse {
    /// Returns whether the input was only the response, as *Copy XML* shows it.
    pub fn is_alone(&self) -> bool {
        self.is_alone
    }

    pub fn dry_run(&self, expected: &ExpectedValues, now: Timestamp) -> DryRun {
        check_sign_in_response(&self.response, expected, &self.requests, now)
    }
}

/// Checks a recording. Checks only the last response to nOps, because that's the latest sign-in.
pub fn check_recording(
    recording: &Recording,
    expected: &ExpectedValues,
    now: Timestamp,
) -> RecordingCheck {
    let requests: Vec<(&Message, AuthnRequest)> = recording
        .requests()
        .filter_map(|message| Some((message, AuthnRequest::from_xml(&message.text).ok()?)))
        .collect();
    let responses =
        recording.responses().map(|message| (message, Response::from_xml(&message.text)));
    let chosen = responses
        .max_by_key(|(message, read)| rank_response(message, read.as_ref().ok(), expected));
    let (chosen, read) = chosen.unzip();
    let (response, refusal) = match read {
        Some(Ok(response)) => (Some(response), None),
        Some(Err(refusal)) => (None, Some(refusal)),
        None => (None, recording.refusal.clone()),
    };
    let mut notes: Vec<Finding> = refusal
        .filter(|refusal| *refusal != ResponseError::Request || recording.exchanges == 0)
        .map(|refusal| unreadable_response(&refusal))
        .into_iter()
        .collect();
    notes.extend(find_stopped_transfer(recording, chosen, expected));
    notes.extend(requests.iter().find_map(|(_, request)| other_endpoint(request, expected)));
    if let Some(repair) = chosen.and_then(|message| message.repair) {
        notes.push(info("recording_repaired").with("how", repair.code()));
    }
    notes.extend(contents(recording));
    RecordingCheck {
        is_requested: !requests.is_empty() || response.as_ref().is_some_and(is_requested),
        is_about_response: is_about_response(recording),
        learned: requests.last().map(|(_, request)| request_facts(request)).unwrap_or_default(),
        notes,
        checked: response.map(|response| {
            let requests = requests.into_iter().filter_map(|(_, request)| request.id).collect();
            let is_alone =
                recording.exchanges == 0 && !recording.around && recording.messages.len() == 1;
            let recorded = RecordedResponse { response, requests, is_alone };
            let dry_run = recorded.dry_run(expected, now);
            (recorded, dry_run)
        }),
    }
}

/// Rates how well a response fits the setup. If several responses fit equally well, the last one is
/// chosen.
fn rank_response(message: &Message, response: Option<&Response>, expected: &ExpectedValues) -> u8 {
    let Some(acs) = expected.acs.as_deref() else { return 0 };
    let destination = response.and_then(|read| read.unverified().envelope.destination.as_deref());
    match message.sent_to.as_deref().or(destination) {
        Some(url) if url == acs => 2,
        Some(url) if host(url) == host(acs) => 1,
        _ => 0,
    }
}

fn host(url: &str) -> Option<&str> {
    url.split_once("://")?.1.split(['/', '?', '#']).next()
}

fn is_requested(response: &Response) -> bool {
    response.unverified().envelope.in_response_to.is_some()
}

fn is_about_response(recording: &Recording) -> bool {
    let other = matches!(
        recording.refusal,
        Some(
            ResponseError::Empty
                | ResponseError::TooLarge
                | ResponseError::Request
                | ResponseError::Metadata
                | ResponseError::WebPage
                | ResponseError::Unknown
        )
    );
    !other || recording.exchanges > 0
}

/// Determines which of the two transfers the sign-in stopped at.
fn find_stopped_transfer(
    recording: &Recording,
    response: Option<&Message>,
    expected: &ExpectedValues,
) -> Option<Finding> {
    let failed = |message: &&Message| message.status.is_some_and(|status| status >= FIRST_ERROR);
    let hop = |hop: &str, side| {
        let warning = Finding::warning(Field::DryRun, "recording_stopped").with("hop", hop);
        Finding { side, ..warning }
    };
    let with_status = |finding: Finding, message: &Message| {
        finding.with("status", message.status.unwrap_or_default())
    };
    let Some(response) = response else {
        if let Some(request) = recording.requests().find(failed) {
            return Some(with_status(hop("request", Side::Aws), request));
        }
        return (recording.exchanges > 0 && recording.requests().next().is_some())
            .then(|| hop("no_response", Side::Aws));
    };
    if let (Some(sent_to), Some(acs)) = (&response.sent_to, &expected.acs)
        && sent_to != acs
    {
        return Some(
            hop("elsewhere", Side::Aws)
                .with_expected(acs)
                .with_received(without_query(sent_to, acs)),
        );
    }
    failed(&response).then(|| with_status(hop("response", Side::Nops), response))
}

/// Removes an address's query, which may contain personal data, unless the address belongs to nOps.
fn without_query<'u>(url: &'u str, acs: &str) -> &'u str {
    match host(url) == host(acs) {
        true => url,
        false => url.split(['?', '#']).next().unwrap_or(url),
    }
}

/// Reports that nOps sent the user to an address that isn't the application's.
fn other_endpoint(request: &AuthnRequest, expected: &ExpectedValues) -> Option<Finding> {
    let (sent, right) = (request.destination.as_deref()?, expected.endpoint.as_deref()?);
    (sent != right).then(|| {
        Finding::error(Field::NopsSsoEndpoint, "recording_endpoint")
            .corrected(right)
            .with_received(sent)
            .with_step(Field::DryRun.step())
    })
}

/// Reports what was read from a recording and what was ignored.
fn contents(recording: &Recording) -> Option<Finding> {
    let found = !recording.messages.is_empty();
    (recording.is_compound() && found).then(|| {
        info("recording_read")
            .with("requests", recording.requests().count())
            .with("responses", recording.responses().count())
            .with("kind", if recording.exchanges > 0 { "exchanges" } else { "text" })
            .with("others", recording.exchanges.saturating_sub(recording.used))
            .with("masked", if recording.masked { "yes" } else { "no" })
    })
}

fn info(code: &str) -> Finding {
    Finding::about(Field::DryRun, code, Severity::Info)
}

fn request_facts(request: &AuthnRequest) -> Vec<(Field, FactValue)> {
    [
        (Field::RequestIssuer, &request.issuer),
        (Field::RequestAcsUrl, &request.acs_url),
        (Field::RequestNameIdFormat, &request.name_id_format),
    ]
    .map(|(field, text)| (field, FactValue::Text(text.clone().unwrap_or_default())))
    .to_vec()
}
