//! The AWS part of step 4: finds the application, chooses it and fetches its metadata.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::{connection::build_error_finding, context::SetupContext, observations::issuer};
use crate::{
    Failure,
    action::ApplicationAction,
    blocking::on_parser_thread,
    jobs::{self, FetchedMetadata, JobReport},
    view::{ApplicationWatchView, CandidateApplication, WatchState},
};
use identity_center::{
    Application, ApplicationKind, Applications, AwsError,
    metadata::{self, MetadataError, MetadataResponse},
};
use setup::{
    FactValue, Field, Finding, Fix, MessageCause, RuleBasis, Severity, Source, Step,
    idp::IdentityProvider, input, rules,
};
use transport::Transport;

/// Seconds to wait between requests to AWS. The last value repeats.
const PAUSES: [u64; 6] = [2, 3, 5, 8, 10, 15];

/// The search for the application in AWS.
#[derive(Default)]
pub(crate) struct ApplicationWatch {
    pub(crate) watch: ApplicationWatchView,
    since: Option<Timestamp>,
    /// Applications that could be the nOps application.
    pub(crate) candidates: Vec<CandidateApplication>,
    pub(crate) cancel: Option<CancellationToken>,
}

impl ApplicationWatch {
    pub(super) fn act(
        &mut self,
        cx: &mut SetupContext,
        action: ApplicationAction,
    ) -> Result<(), Failure> {
        match action {
            ApplicationAction::Watch => self.watch_applications(cx),
            ApplicationAction::StopWatching => {
                self.stop_watching();
                self.watch.state = WatchState::Idle;
                Ok(())
            }
            ApplicationAction::AskNow => {
                self.stop_watching();
                self.watch_applications(cx)
            }
            ApplicationAction::ChooseApplication { arn } => {
                let chosen = self.candidates.iter().find(|candidate| candidate.arn == arn);
                let chosen = chosen.cloned().ok_or_else(|| Failure::new("no_application"))?;
                self.choose(cx, &chosen);
                Ok(())
            }
            ApplicationAction::FetchMetadata => {
                fetch_metadata(cx);
                Ok(())
            }
        }
    }

    /// Requests the applications from AWS at growing intervals until the new application appears.
    fn watch_applications(&mut self, cx: &mut SetupContext) -> Result<(), Failure> {
        let connection = cx.connection.clone().ok_or_else(|| Failure::new("no_connection"))?;
        let all = cx.all_facts();
        let (Some(instance), Some(account)) =
            (all.text(Field::InstanceArn), all.text(Field::AwsAccountId))
        else {
            return Err(Failure::new("no_connection"));
        };
        if self.cancel.is_some() {
            return Ok(());
        }
        let (instance, account) = (instance.to_owned(), account.to_owned());
        let cancel = CancellationToken::new();
        let inbox = cx.inbox.clone();
        let stop = cancel.clone();
        tokio::spawn(async move {
            for number in 0.. {
                // A response that arrives after the watch was stopped belongs to an earlier
                // connection.
                let applications = tokio::select! {
                    biased;
                    () = stop.cancelled() => return,
                    applications = connection.applications(&instance, &account) => applications,
                };
                let ended = stop.clone();
                jobs::send_report(&inbox, JobReport::Watched { applications, number, ended }).await;
                let pause = PAUSES[(number as usize).min(PAUSES.len() - 1)];
                tokio::select! {
                    () = tokio::time::sleep(Duration::from_secs(pause)) => {}
                    () = stop.cancelled() => return,
                }
            }
        });
        self.cancel = Some(cancel);
        self.watch.state = WatchState::Waiting;
        let now = cx.now();
        self.since = Some(now);
        self.watch.since = Some(now.to_string());
        self.watch.times = 0;
        Ok(())
    }

    pub(super) fn is_watching(&self) -> bool {
        self.watch.state == WatchState::Waiting
    }

    /// Updates the watch after AWS was connected or disconnected.
    pub(super) fn connect(&mut self, is_connected: bool) {
        match (is_connected, self.watch.state) {
            (true, WatchState::Off) => self.watch.state = WatchState::Idle,
            (true, _) => {}
            (false, _) => {
                self.stop_watching();
                self.watch.state = WatchState::Off;
            }
        }
    }

    pub(super) fn stop_watching(&mut self) {
        if let Some(cancel) = self.cancel.take() {
            cancel.cancel();
        }
    }

    pub(super) fn watched(
        &mut self,
        cx: &mut SetupContext,
        applications: Result<Applications, AwsError>,
        number: u32,
        ended: &CancellationToken,
    ) {
        // The message was queued before the watch ended. Another watch may be running now.
        if ended.is_cancelled() {
            return;
        }
        self.watch.asked = Some(cx.now().to_string());
        self.watch.times = number + 1;
        match applications {
            Ok(applications) => {
                cx.notes.remove(&Some(Field::ApplicationArn));
                self.handle_application_list(cx, &applications, self.since);
            }
            Err(error) => {
                let finding =
                    build_error_finding("connection_failed", &error).with_step(Step::Application);
                cx.add_note(Some(Field::ApplicationArn), finding);
            }
        }
    }

    /// Finds the application in AWS's list, by its name or because it was added after the watch
    /// began.
    pub(super) fn handle_application_list(
        &mut self,
        cx: &mut SetupContext,
        Applications { listed: applications, unseen }: &Applications,
        since: Option<Timestamp>,
    ) {
        cx.notes.remove(&Some(Field::ApplicationArn));
        self.watch.seen = u32::try_from(applications.len()).unwrap_or(u32::MAX);
        let like: Vec<&Application> =
            applications.iter().filter(|application| is_like_nops(&application.name)).collect();
        let names: Vec<&str> = like.iter().map(|application| application.name.as_str()).collect();
        let unseen: Vec<&str> = unseen.iter().map(|(region, _)| region.as_str()).collect();
        let now = cx.now();
        for (field, text) in [
            (Field::NopsLikeApplications, names.join("\n")),
            (Field::AwsUnseenRegions, unseen.join(" ")),
        ] {
            cx.held.setup.facts.record(field, FactValue::Text(text), Source::Observed, now);
        }
        let mut candidates: Vec<&Application> = applications
            .iter()
            .filter(|application| {
                let new = since.is_some_and(|since| {
                    application.created.is_some_and(|created| created >= since)
                });
                is_like_nops(&application.name)
                    || (new && application.kind == ApplicationKind::Saml)
            })
            .collect();
        candidates.sort_by_key(|application| application.kind != ApplicationKind::Saml);
        self.candidates = candidates.iter().map(|application| candidate(application)).collect();
        let known = cx.facts().get(Field::ApplicationArn).cloned();
        let again = known.as_ref().and_then(|known| {
            let mut listed = applications.iter();
            listed.find(|application| known.value.text() == Some(application.arn.as_str()))
        });
        // If AWS listed the application earlier but doesn't list it now, the application was
        // deleted. This conclusion isn't possible if the user entered the application, or if AWS
        // didn't list the application's Region this time.
        let region = cx.facts().text(Field::ApplicationRegion);
        let is_unseen = match region {
            Some(region) => unseen.contains(&region),
            None => !unseen.is_empty(),
        };
        let was_listed = known.is_some_and(|known| known.source == Source::Observed);
        let gone = again.is_none() && was_listed && !is_unseen;
        let saml: Vec<&&Application> = candidates
            .iter()
            .filter(|application| application.kind == ApplicationKind::Saml)
            .collect();
        match (again, saml.as_slice(), candidates.as_slice()) {
            (Some(again), _, _) => self.select_application(cx, again),
            (None, [only], _) => self.select_application(cx, only),
            (None, [], [only]) => self.select_application(cx, only),
            (None, [], []) => {
                if gone {
                    let gone = FactValue::Text(rules::GONE.to_owned());
                    cx.record_facts([(Field::ApplicationStatus, gone, Source::Observed)]);
                }
                cx.save();
            }
            _ => {
                self.stop_watching();
                self.watch.state = WatchState::Several;
                cx.save();
            }
        }
    }

    fn select_application(&mut self, cx: &mut SetupContext, application: &Application) {
        self.choose(cx, &candidate(application));
    }

    fn choose(&mut self, cx: &mut SetupContext, chosen: &CandidateApplication) {
        let saml = chosen.kind == SAML;
        if saml {
            self.stop_watching();
            self.watch.state = WatchState::Found;
        }
        let other = cx.facts().text(Field::ApplicationArn) != Some(chosen.arn.as_str());
        if other {
            cx.remove_facts([Field::IdpMetadataFetched, Field::PeopleAdded]);
        }
        // A link that was derived earlier may be in another Region.
        let link = cx.facts().get(Field::IdpMetadataUrl);
        if link.is_some_and(|link| matches!(link.source, Source::Derived { .. })) {
            cx.remove_facts([Field::IdpMetadataUrl]);
        }
        cx.record_facts(facts_of_candidate(chosen));
        // AWS's provider name only suggests the kind of application. The metadata proves the kind.
        if saml || (other && chosen.kind != ApplicationKind::Oauth.as_str()) {
            fetch_metadata(cx);
        }
    }

    pub(super) fn fetched(&mut self, cx: &mut SetupContext, url: &str, fetched: FetchedMetadata) {
        // The user may have chosen another application in the meantime.
        if IdentityProvider::from_facts(cx.facts())
            .metadata_url
            .is_none_or(|known| known.value != url)
        {
            return;
        }
        let field = Field::IdpMetadataFetched;
        cx.notes.remove(&Some(field));
        if let Some(issuer) = fetched.issuer {
            let field = Field::PortalCertificateIssuer;
            cx.record_facts([(field, FactValue::Text(issuer), Source::Observed)]);
        }
        let named = cx.facts().text(Field::ApplicationKind);
        let maybe_no_saml = named.is_some_and(|kind| kind != SAML);
        match fetched.xml {
            Ok(xml) => {
                if maybe_no_saml {
                    self.stop_watching();
                    self.watch.state = WatchState::Found;
                }
                cx.record_facts([(field, FactValue::Text(xml), Source::Observed)]);
            }
            // Applications of other kinds have no metadata, and another finding already reports the
            // kind.
            Err(_) if maybe_no_saml => {}
            Err(cause) => cx.add_note(
                Some(field),
                Finding::about(field, "metadata_unreachable", Severity::Warning)
                    .with_cause(cause)
                    .with_fix(Fix::Look)
                    .with_basis(RuleBasis::Seen),
            ),
        }
    }
}

/// Fetches the application's metadata in the background, if the link is known.
pub(super) fn fetch_metadata(cx: &SetupContext) {
    let Some(url) = IdentityProvider::from_facts(cx.facts()).metadata_url else {
        return;
    };
    let (reach, inbox) = (cx.transport(), cx.inbox.clone());
    let clock = Arc::clone(&cx.ports.clock);
    tokio::spawn(async move {
        let url = url.value;
        let fetched = request_metadata(&url, &reach, &*clock).await;
        jobs::send_report(&inbox, JobReport::Fetched { url, fetched }).await;
    });
}

/// Fetches the metadata at this link.
pub(crate) async fn request_metadata(
    url: &str,
    reach: &Transport,
    clock: &(dyn Fn() -> Timestamp + Send + Sync),
) -> FetchedMetadata {
    let fetched = metadata::fetch(url, reach).await;
    parse_metadata_response(fetched, clock()).await
}

/// Parses a portal's response, with the time limit for external input.
async fn parse_metadata_response(
    fetched: Result<MetadataResponse, MetadataError>,
    now: Timestamp,
) -> FetchedMetadata {
    let MetadataResponse { bytes, tls_certificate } = match fetched {
        Ok(fetched) => fetched,
        Err(error) => {
            let cause = MessageCause::with(format!("metadata-{}", error.code()), error.params());
            return FetchedMetadata { issuer: None, xml: Err(cause) };
        }
    };
    let read = move || {
        let xml =
            input::metadata_text(&bytes, now).ok_or_else(|| MessageCause::new("aws-unreadable"));
        FetchedMetadata { issuer: tls_certificate.as_deref().and_then(issuer), xml }
    };
    on_parser_thread(read).await.unwrap_or_else(|failure| {
        let cause = MessageCause::new(format!("failure-{}", failure.code));
        FetchedMetadata { issuer: None, xml: Err(cause) }
    })
}

const SAML: &str = "saml";

/// Returns the facts about an application that AWS described.
pub(crate) fn facts_of_application(application: &Application) -> [(Field, FactValue, Source); 6] {
    facts_of_candidate(&candidate(application))
}

fn facts_of_candidate(chosen: &CandidateApplication) -> [(Field, FactValue, Source); 6] {
    let told = |on| if on { "ENABLED" } else { "DISABLED" };
    let text = |field, text: &str| (field, FactValue::Text(text.to_owned()), Source::Observed);
    [
        text(Field::ApplicationArn, &chosen.arn),
        text(Field::ApplicationRegion, &chosen.region),
        text(Field::ApplicationName, &chosen.name),
        text(Field::ApplicationKind, &chosen.kind),
        text(Field::ApplicationStatus, told(chosen.enabled)),
        text(Field::ApplicationVisibility, told(chosen.visible)),
    ]
}

fn candidate(application: &Application) -> CandidateApplication {
    CandidateApplication {
        arn: application.arn.clone(),
        region: application.region.clone(),
        name: application.name.clone(),
        kind: application.kind.as_str().to_owned(),
        enabled: application.enabled,
        visible: application.visible,
        created: application.created.map(|at| at.to_string()),
    }
}

fn is_like_nops(name: &str) -> bool {
    name.to_lowercase().contains("nops")
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, sync::mpsc};

    use super::*;

    /// The actor's thread must not be blocked, even if every parser thread is busy.
    #[test]
    fn metadata_is_parsed_outside_the_actor() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .max_blocking_threads(1)
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (end, wait) = mpsc::channel::<()>();
            let busy = tokio::task::spawn_blocking(move || wait.recv().is_err());
            let fetched =
                MetadataResponse { bytes: b"<EntityDescriptor/>".to_vec(), tls_certificate: None };
            let mut reading = pin!(parse_metadata_response(Ok(fetched), Timestamp::UNIX_EPOCH));
            tokio::select! {
                biased;
                _ = &mut reading => panic!("the actor's thread read the metadata"),
                () = std::future::ready(()) => {}
            }
            drop(end);
            assert!(busy.await.unwrap());
            assert_eq!(reading.await.xml, Err(MessageCause::new("aws-unreadable")));
        });
    }
}
