//! The AWS side of step 4: finds the application, chooses it, and fetches its metadata.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::{SetupSession, connect::refused, observations::issuer};
use crate::{
    Action, Failure,
    jobs::{self, FetchedMetadata, Report},
    reading::off_actor,
    view::{Candidate, WatchState},
};
use identifiers::{ApplicationArn, PortalLinks, Region};
use identity_center::{
    Application, ApplicationKind, AwsError,
    metadata::{self, Fetched, MetadataError},
};
use setup::{
    Basis, Cause, Field, Finding, Fix, Severity, Source, Step, Value, idp::Idp, input, rules,
};

/// Seconds to wait between two requests to AWS. The last value repeats.
const PAUSES: [u64; 6] = [2, 3, 5, 8, 10, 15];

impl SetupSession {
    pub(super) fn act_on_application(&mut self, action: Action) -> Result<(), Failure> {
        match action {
            Action::Watch => self.watch_applications(),
            Action::StopWatching => {
                self.stop_watching();
                self.watch.state = WatchState::Idle;
                Ok(())
            }
            Action::AskNow => {
                self.stop_watching();
                self.watch_applications()
            }
            Action::ChooseApplication { arn } => {
                let chosen = self.aws.candidates.iter().find(|candidate| candidate.arn == arn);
                let chosen = chosen.cloned().ok_or_else(|| Failure::new("no_application"))?;
                self.choose(&chosen);
                Ok(())
            }
            Action::FetchMetadata => {
                self.fetch_metadata_quietly();
                Ok(())
            }
            _ => Err(Failure::new("no_connection")),
        }
    }

    /// Asks AWS at growing intervals until the application appears.
    fn watch_applications(&mut self) -> Result<(), Failure> {
        let connection =
            self.aws.connection.clone().ok_or_else(|| Failure::new("no_connection"))?;
        let all = self.all();
        let (Some(instance), Some(account)) =
            (all.text(Field::InstanceArn), all.text(Field::AwsAccountId))
        else {
            return Err(Failure::new("no_connection"));
        };
        if self.watch.cancel.is_some() {
            return Ok(());
        }
        let (instance, account) = (instance.to_owned(), account.to_owned());
        let cancel = CancellationToken::new();
        let inbox = self.inbox.clone();
        let stop = cancel.clone();
        tokio::spawn(async move {
            for number in 0.. {
                // A response that arrives after the stop belongs to an earlier connection.
                let applications = tokio::select! {
                    biased;
                    () = stop.cancelled() => return,
                    applications = connection.applications(&instance, &account) => applications,
                };
                let ended = stop.clone();
                jobs::tell(&inbox, Report::Watched { applications, number, ended }).await;
                let pause = PAUSES[(number as usize).min(PAUSES.len() - 1)];
                tokio::select! {
                    () = tokio::time::sleep(Duration::from_secs(pause)) => {}
                    () = stop.cancelled() => return,
                }
            }
        });
        self.watch.cancel = Some(cancel);
        self.watch.state = WatchState::Waiting;
        self.watch.since = Some(self.now());
        self.watch.times = 0;
        Ok(())
    }

    pub(super) fn stop_watching(&mut self) {
        if let Some(cancel) = self.watch.cancel.take() {
            cancel.cancel();
        }
    }

    pub(super) fn watched(
        &mut self,
        applications: Result<Vec<Application>, AwsError>,
        number: u32,
        ended: &CancellationToken,
    ) {
        // The message was queued before the watch ended; another watch may run now.
        if ended.is_cancelled() {
            return;
        }
        self.watch.asked = Some(self.now());
        self.watch.times = number + 1;
        match applications {
            Ok(applications) => {
                self.notes.remove(&Some(Field::ApplicationArn));
                self.listed(&applications, self.watch.since);
            }
            Err(error) => {
                let finding = refused("connection_failed", &error).shown_in(Step::Application);
                self.note(Some(Field::ApplicationArn), finding);
            }
        }
    }

    /// Looks for the application in AWS's list: by its name, or as the one added since the watch began.
    pub(super) fn listed(&mut self, applications: &[Application], since: Option<Timestamp>) {
        self.notes.remove(&Some(Field::ApplicationArn));
        self.watch.seen = u32::try_from(applications.len()).unwrap_or(u32::MAX);
        let like: Vec<&Application> =
            applications.iter().filter(|application| is_like_nops(&application.name)).collect();
        let names: Vec<&str> = like.iter().map(|application| application.name.as_str()).collect();
        let now = self.now();
        self.held.setup.facts.learn(
            Field::NopsLikeApplications,
            Value::Text(names.join("\n")),
            Source::Observed,
            now,
        );
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
        self.aws.candidates = candidates.iter().map(|application| candidate(application)).collect();
        let known = self.facts().of(Field::ApplicationArn).cloned();
        let again = known.as_ref().and_then(|known| {
            let mut listed = applications.iter();
            listed.find(|application| known.value.text() == Some(application.arn.as_str()))
        });
        // AWS may never have listed an application that the user entered. One that it did list was deleted.
        let gone = again.is_none() && known.is_some_and(|known| known.source == Source::Observed);
        let saml: Vec<&&Application> = candidates
            .iter()
            .filter(|application| application.kind == ApplicationKind::Saml)
            .collect();
        match (again, saml.as_slice(), candidates.as_slice()) {
            (Some(again), _, _) => self.found(again),
            (None, [only], _) => self.found(only),
            (None, [], [only]) => self.found(only),
            (None, [], []) => {
                if gone {
                    let gone = Value::Text(rules::GONE.to_owned());
                    self.learn([(Field::ApplicationStatus, gone, Source::Observed)]);
                }
                self.save();
            }
            _ => {
                self.stop_watching();
                self.watch.state = WatchState::Several;
                self.save();
            }
        }
    }

    fn found(&mut self, application: &Application) {
        let chosen = candidate(application);
        if let Some(region) = &application.created_from {
            self.remember_metadata_url(&chosen.arn, region);
        }
        self.choose(&chosen);
    }

    fn choose(&mut self, chosen: &Candidate) {
        let saml = chosen.kind == SAML;
        if saml {
            self.stop_watching();
            self.watch.state = WatchState::Found;
        }
        let other = self.facts().text(Field::ApplicationArn) != Some(chosen.arn.as_str());
        if other {
            self.held.setup.facts.forget(Field::IdpMetadataFetched);
            self.held.setup.facts.forget(Field::PeopleAdded);
            self.people_state.plan = None;
        }
        let told = |on| if on { "ENABLED" } else { "DISABLED" };
        let text = |field, text: &str| (field, Value::Text(text.to_owned()), Source::Observed);
        self.learn([
            text(Field::ApplicationArn, &chosen.arn),
            text(Field::ApplicationName, &chosen.name),
            text(Field::ApplicationKind, &chosen.kind),
            text(Field::ApplicationStatus, told(chosen.enabled)),
            text(Field::ApplicationVisibility, told(chosen.visible)),
        ]);
        // AWS's provider name only suggests the kind. The metadata proves it.
        if saml || (other && chosen.kind != ApplicationKind::Oauth.as_str()) {
            self.fetch_metadata_quietly();
        }
    }

    /// Derives the metadata link from the Region where the application was created, which may not be the
    /// primary one. A link from any other source stays.
    fn remember_metadata_url(&mut self, arn: &str, region: &str) {
        let known = self.facts().of(Field::IdpMetadataUrl);
        if known.is_some_and(|fact| !matches!(fact.source, Source::Derived { .. })) {
            return;
        }
        let (Ok(arn), Ok(region)) = (arn.parse::<ApplicationArn>(), region.parse::<Region>())
        else {
            return;
        };
        let links = PortalLinks::derive(&arn, &region);
        let derived = Source::Derived { from: Field::ApplicationArn };
        let now = self.now();
        self.held.setup.facts.learn(
            Field::IdpMetadataUrl,
            Value::Text(links.metadata),
            derived,
            now,
        );
    }

    /// Fetches the application's metadata in the background if its link is known.
    pub(crate) fn fetch_metadata_quietly(&mut self) {
        let Some(url) = Idp::of(self.facts()).metadata_url else {
            return;
        };
        let (reach, inbox) = (self.reach(), self.inbox.clone());
        let clock = Arc::clone(&self.ports.clock);
        tokio::spawn(async move {
            let fetched = metadata::fetch(&url.value, &reach).await;
            let fetched = read(fetched, clock()).await;
            let url = url.value;
            jobs::tell(&inbox, Report::Fetched { url, fetched }).await;
        });
    }

    pub(super) fn fetched(&mut self, url: &str, fetched: FetchedMetadata) {
        // The user may have chosen another application since.
        if Idp::of(self.facts()).metadata_url.is_none_or(|known| known.value != url) {
            return;
        }
        let field = Field::IdpMetadataFetched;
        self.notes.remove(&Some(field));
        if let Some(issuer) = fetched.issuer {
            let field = Field::PortalCertificateIssuer;
            self.learn([(field, Value::Text(issuer), Source::Observed)]);
        }
        let named = self.facts().text(Field::ApplicationKind);
        let maybe_no_saml = named.is_some_and(|kind| kind != SAML);
        match fetched.xml {
            Ok(xml) => {
                if maybe_no_saml {
                    self.stop_watching();
                    self.watch.state = WatchState::Found;
                }
                self.learn([(field, Value::Text(xml), Source::Observed)]);
            }
            // Other kinds of applications have no metadata, and a finding already names the kind.
            Err(_) if maybe_no_saml => {}
            Err(cause) => self.note(
                Some(field),
                Finding::about(field, "metadata_unreachable", Severity::Warning)
                    .because(cause)
                    .fix(Fix::Look)
                    .basis(Basis::Seen),
            ),
        }
    }
}

/// Reads a portal's response within the time limit for input from outside.
async fn read(fetched: Result<Fetched, MetadataError>, now: Timestamp) -> FetchedMetadata {
    let Fetched { bytes, shown } = match fetched {
        Ok(fetched) => fetched,
        Err(error) => {
            let cause = Cause::with(format!("metadata-{}", error.code()), error.params());
            return FetchedMetadata { issuer: None, xml: Err(cause) };
        }
    };
    let read = move || {
        let xml = input::metadata_text(&bytes, now).ok_or_else(|| Cause::new("aws-unreadable"));
        FetchedMetadata { issuer: shown.as_deref().and_then(issuer), xml }
    };
    off_actor(read).await.unwrap_or_else(|failure| {
        let cause = Cause::new(format!("failure-{}", failure.code));
        FetchedMetadata { issuer: None, xml: Err(cause) }
    })
}

const SAML: &str = "saml";

fn candidate(application: &Application) -> Candidate {
    Candidate {
        arn: application.arn.clone(),
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

    /// The actor's thread stays free while every reading thread is busy.
    #[test]
    fn metadata_is_read_off_the_actor() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .max_blocking_threads(1)
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (end, wait) = mpsc::channel::<()>();
            let busy = tokio::task::spawn_blocking(move || wait.recv().is_err());
            let fetched = Fetched { bytes: b"<EntityDescriptor/>".to_vec(), shown: None };
            let mut reading = pin!(read(Ok(fetched), Timestamp::UNIX_EPOCH));
            tokio::select! {
                biased;
                _ = &mut reading => panic!("it was read on the actor's thread"),
                () = std::future::ready(()) => {}
            }
            drop(end);
            assert!(busy.await.unwrap());
            assert_eq!(reading.await.xml, Err(Cause::new("aws-unreadable")));
        });
    }
}
