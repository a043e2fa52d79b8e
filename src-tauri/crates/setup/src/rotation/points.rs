//! The points of a rotation, each computed from the facts.

use jiff::Timestamp;
use saml::certificate::CertificateWarning;

use super::{
    PointState, RotationPoint, RotationTask, SignInState,
    certificates::{InUse, RotationCertificates, Which},
    sign_in::is_in_form,
};
use crate::{
    Facts,
    Field::{self, *},
    Source, idp,
    test_record::{self, ResultState},
};

pub(super) fn points(
    facts: &Facts,
    known: &RotationCertificates,
    sign_in: SignInState,
    now: Timestamp,
) -> Vec<RotationPoint> {
    let context = Context { facts, known, sign_in, now };
    let mut points: Vec<_> = RotationTask::ALL.iter().map(|task| context.point(*task)).collect();
    // A finished rotation stays finished, even if its tests become outdated later.
    if let Some(finished) = facts.get(RotationFinished) {
        for point in points.iter_mut().filter(|point| !point.state.is_finished()) {
            let at = Some(finished.at.to_string());
            *point = RotationPoint { state: PointState::Done, at, ..open(point.task) };
        }
        points.iter_mut().for_each(|point| point.can_retract = false);
    }
    points
}

struct Context<'a> {
    facts: &'a Facts,
    known: &'a RotationCertificates,
    sign_in: SignInState,
    now: Timestamp,
}

impl Context<'_> {
    fn point(&self, task: RotationTask) -> RotationPoint {
        match task {
            RotationTask::Generate => self.generate(),
            RotationTask::Compare => self.compare(),
            RotationTask::Copy => self.copy(),
            RotationTask::Plan => self.plan(),
            RotationTask::Save => self.save(),
            RotationTask::Activate => self.activate(),
            RotationTask::DryRun => self.dry_run(),
            RotationTask::SignInTest => self.sign_in_test(),
            RotationTask::Delete => self.delete(),
        }
    }

    fn generate(&self) -> RotationPoint {
        let point = open(RotationTask::Generate);
        if let Some((field, new)) = &self.known.new {
            // The metadata changes again when the old certificate is deleted.
            let at = Some(new.not_before().to_string());
            return RotationPoint { at, ..point.done_by(self.facts, *field) };
        }
        // The user downloaded the old certificate again.
        let downloaded = idp::certificate(self.facts, NewCertificate);
        match downloaded.map(|downloaded| self.known.identify(&downloaded)) {
            Some(Which::Old) => point.with_problem("same_as_old"),
            _ if self.known.has_leftover() => point.with_problem("delete_first"),
            _ => point,
        }
    }

    fn compare(&self) -> RotationPoint {
        let point = open(RotationTask::Compare);
        let Some((field, new)) = &self.known.new else { return point };
        if self.facts.equals(ComparedCertificate, &new.sha256()) {
            return point.done_by(self.facts, ComparedCertificate);
        }
        if let Some(problem) = self.doubt() {
            return point.with_problem(problem);
        }
        // AWS itself listed both certificates. A file could be from another application.
        match field {
            IdpMetadataFetched => RotationPoint { at: None, ..point.done_by(self.facts, *field) },
            _ => point,
        }
    }

    /// Returns what looks wrong about the new certificate.
    fn doubt(&self) -> Option<&'static str> {
        let (_, new) = self.known.new.as_ref()?;
        let (_, old) = self.known.old.as_ref()?;
        let is_weak = new.warnings(self.now).iter().any(|warning| {
            matches!(
                warning,
                CertificateWarning::WeakKey { .. } | CertificateWarning::WeakSignature { .. }
            )
        });
        match () {
            () if is_weak => Some("weak"),
            () if new.not_after() < old.not_after() => Some("expires_earlier"),
            () if new.subject() != old.subject() => Some("other_subject"),
            () => None,
        }
    }

    fn copy(&self) -> RotationPoint {
        let point = open(RotationTask::Copy);
        if self.known.nops_is(Which::New) {
            return point.done_by(self.facts, NopsCertificate);
        }
        if let Some(problem) = self.form_problem() {
            return point.with_problem(problem);
        }
        if !is_in_form(self.facts, self.known) {
            // While users can't sign in, the form shouldn't wait.
            let is_urgent =
                self.sign_in == SignInState::Broken && !self.known.active_is(Which::Old);
            let state = if is_urgent { PointState::Skipped } else { PointState::Open };
            return RotationPoint { state, ..point };
        }
        let shown = self.facts.get(NopsX509).filter(|_| self.is_shown_since_start());
        let field = if shown.is_some() { NopsX509 } else { NopsFormCertificate };
        point.done_by(self.facts, field)
    }

    /// Returns whether the user copied the certificate from nOps's page after the rotation started.
    fn is_shown_since_start(&self) -> bool {
        let at = |field| self.facts.get(field).map(|fact| fact.at);
        matches!((at(NopsX509), at(OldCertificate)), (Some(shown), Some(start)) if shown > start)
    }

    /// Returns what is wrong about the certificate that the user copied from nOps's form.
    fn form_problem(&self) -> Option<&'static str> {
        let shown = self.facts.get(NopsX509).filter(|_| self.is_shown_since_start())?;
        match shown.certificate().map(|shown| self.known.identify(&shown)) {
            Some(Which::New) => None,
            Some(Which::Old) => Some("form_has_old"),
            Some(Which::Other) => Some("form_has_other"),
            None => Some("form_unreadable"),
        }
    }

    /// There is nothing to plan if users already can't sign in, or if the gap is over.
    fn plan(&self) -> RotationPoint {
        let point = open(RotationTask::Plan);
        let is_over = self.known.nops_is(Which::New) || self.known.active_is(Which::New);
        if self.facts.is_true(GapAdminSignedIn) && self.facts.is_true(GapRecoveryReady) {
            point.done_by(self.facts, GapRecoveryReady)
        } else if is_over || self.sign_in == SignInState::Broken {
            RotationPoint { state: PointState::Skipped, ..point }
        } else {
            point
        }
    }

    fn save(&self) -> RotationPoint {
        let point = open(RotationTask::Save);
        match &self.known.nops {
            Some(nops) if nops.which == Which::New => point.done(nops),
            // nOps's page showed another certificate after it was saved.
            Some(InUse { source: Source::Entered, .. }) => match self.form_problem() {
                Some(problem) => point.with_problem(problem),
                None => point,
            },
            _ => point,
        }
    }

    fn activate(&self) -> RotationPoint {
        let point = open(RotationTask::Activate);
        match &self.known.active {
            Some(active) if active.which == Which::New => {
                let can_retract = active.source == Source::Declared;
                RotationPoint { can_retract, ..point.done(active) }
            }
            Some(active) if self.was_signed_with_old(active) => {
                point.with_problem("signed_with_old")
            }
            Some(active) if active.which == Which::Old && self.is_activation_confirmed() => {
                point.with_problem("metadata_lists_old")
            }
            _ => point,
        }
    }

    /// Returns whether the user confirmed that the new certificate is active.
    fn is_activation_confirmed(&self) -> bool {
        let new = self.known.new.as_ref().map(|(_, new)| new.sha256());
        self.facts.is_declared(ActiveCertificate)
            && new.is_some_and(|new| self.facts.equals(ActiveCertificate, &new))
    }

    /// Returns whether AWS signed a response with the old certificate after nOps saved the new one.
    fn was_signed_with_old(&self, active: &InUse) -> bool {
        let is_seen = active.source == Source::Derived { from: DryRun };
        let saved = self.known.nops.as_ref().filter(|nops| nops.which == Which::New);
        is_seen && saved.is_some_and(|saved| active.at >= saved.at)
    }

    fn dry_run(&self) -> RotationPoint {
        let point = open(RotationTask::DryRun);
        if !self.known.active_is(Which::New) {
            return point;
        }
        match test_record::result_state(self.facts, DryRun) {
            ResultState::Fresh => point.done_by(self.facts, DryRun),
            ResultState::Failed if self.is_since_activation(DryRun) => {
                point.with_problem("dry_run_failed")
            }
            _ if self.facts.is_true(DryRunUnsupported) => {
                RotationPoint { state: PointState::Skipped, ..point }
            }
            _ => point,
        }
    }

    fn sign_in_test(&self) -> RotationPoint {
        let point = open(RotationTask::SignInTest);
        if !(self.known.active_is(Which::New) && self.known.nops_is(Which::New)) {
            return point;
        }
        let tests = [TestFromPortal, TestFromNops];
        let state = |test| test_record::result_state(self.facts, test);
        let failed =
            |test: &Field| state(*test) == ResultState::Failed && self.is_since_activation(*test);
        if tests.iter().any(failed) {
            return point.with_problem("test_failed");
        }
        match tests.into_iter().find(|test| state(*test) == ResultState::Fresh) {
            Some(test) => point.done_by(self.facts, test),
            None => point,
        }
    }

    fn is_since_activation(&self, test: Field) -> bool {
        let uses = [&self.known.active, &self.known.nops];
        let since = uses.into_iter().flatten().map(|one| one.at).max();
        self.facts.get(test).is_some_and(|fact| since.is_none_or(|since| fact.at >= since))
    }

    fn delete(&self) -> RotationPoint {
        let point = open(RotationTask::Delete);
        if self.known.new.is_none() {
            return point;
        }
        let fetched = idp::certificates(self.facts, IdpMetadataFetched);
        let shows_all = !self.known.lists_only_active;
        if !self.known.has_others() && !fetched.is_empty() && shows_all {
            point.done_by(self.facts, IdpMetadataFetched)
        } else if self.facts.is_true(OldCertificateDeleted) {
            point.done_by(self.facts, OldCertificateDeleted)
        } else {
            point
        }
    }
}

/// The confirmations of single tasks. What is saved in nOps changes only on the way back.
const RETRACTABLE: [Field; 3] = [ComparedCertificate, NopsFormCertificate, OldCertificateDeleted];

fn open(task: RotationTask) -> RotationPoint {
    RotationPoint {
        task,
        state: PointState::Open,
        source: None,
        at: None,
        problem: None,
        can_retract: false,
    }
}

impl RotationPoint {
    fn done_by(self, facts: &Facts, field: Field) -> Self {
        let source = facts.get(field).map(|fact| fact.source.clone());
        let at = facts.time(field).map(|at| at.to_string());
        let can_retract = RETRACTABLE.contains(&field) && facts.is_declared(field);
        Self { state: PointState::Done, source, at, can_retract, ..self }
    }

    fn done(self, by: &InUse) -> Self {
        let (source, at) = (Some(by.source.clone()), Some(by.at.to_string()));
        Self { state: PointState::Done, source, at, ..self }
    }

    fn with_problem(self, problem: &str) -> Self {
        Self { state: PointState::Problem, problem: Some(problem.to_owned()), ..self }
    }
}
