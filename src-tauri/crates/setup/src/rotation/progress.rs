//! The tasks of a rotation, each computed from the facts.

use jiff::Timestamp;
use saml::certificate::CertificateWarning;

use super::{
    RotationTask, SignInState, TaskProgress, TaskState,
    certificates::{InUse, RotationCertificates, Which},
    sign_in::is_in_form,
};
use crate::{
    Facts,
    Field::{self, *},
    Source, idp,
    test_record::{self, ResultState},
};

pub(super) fn tasks(
    facts: &Facts,
    known: &RotationCertificates,
    sign_in: SignInState,
    now: Timestamp,
) -> Vec<TaskProgress> {
    let context = Context { facts, known, sign_in, now };
    let mut tasks: Vec<_> = RotationTask::ALL.iter().map(|task| context.progress(*task)).collect();
    // A finished rotation stays finished, even if its tests become outdated later.
    if let Some(finished) = facts.get(RotationFinished) {
        for progress in tasks.iter_mut().filter(|progress| !progress.state.is_finished()) {
            let at = Some(finished.at.to_string());
            *progress = TaskProgress { state: TaskState::Done, at, ..open(progress.task) };
        }
        tasks.iter_mut().for_each(|progress| progress.can_retract = false);
    }
    tasks
}

struct Context<'a> {
    facts: &'a Facts,
    known: &'a RotationCertificates,
    sign_in: SignInState,
    now: Timestamp,
}

impl Context<'_> {
    fn progress(&self, task: RotationTask) -> TaskProgress {
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

    fn generate(&self) -> TaskProgress {
        let progress = open(RotationTask::Generate);
        if let Some((field, new)) = &self.known.new {
            // The metadata changes again when the old certificate is deleted.
            let at = Some(new.not_before().to_string());
            return TaskProgress { at, ..progress.done_by(self.facts, *field) };
        }
        // The user downloaded the old certificate again.
        let downloaded = idp::certificate(self.facts, NewCertificate);
        match downloaded.map(|downloaded| self.known.identify(&downloaded)) {
            Some(Which::Old) => progress.with_problem("same_as_old"),
            _ if self.known.has_leftover() => progress.with_problem("delete_first"),
            _ => progress,
        }
    }

    fn compare(&self) -> TaskProgress {
        let progress = open(RotationTask::Compare);
        let Some((field, new)) = &self.known.new else { return progress };
        if self.facts.equals(ComparedCertificate, &new.sha256()) {
            return progress.done_by(self.facts, ComparedCertificate);
        }
        if let Some(problem) = self.doubt() {
            return progress.with_problem(problem);
        }
        // AWS itself listed both certificates. A file could be from another application.
        match field {
            IdpMetadataFetched => TaskProgress { at: None, ..progress.done_by(self.facts, *field) },
            _ => progress,
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

    fn copy(&self) -> TaskProgress {
        let progress = open(RotationTask::Copy);
        if self.known.nops_is(Which::New) {
            return progress.done_by(self.facts, NopsCertificate);
        }
        if let Some(problem) = self.form_problem() {
            return progress.with_problem(problem);
        }
        if !is_in_form(self.facts, self.known) {
            // While users can't sign in, the form shouldn't wait.
            let is_urgent =
                self.sign_in == SignInState::Broken && !self.known.active_is(Which::Old);
            let state = if is_urgent { TaskState::Skipped } else { TaskState::Open };
            return TaskProgress { state, ..progress };
        }
        let shown = self.facts.get(NopsX509).filter(|_| self.is_shown_since_start());
        let field = if shown.is_some() { NopsX509 } else { NopsFormCertificate };
        progress.done_by(self.facts, field)
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
    fn plan(&self) -> TaskProgress {
        let progress = open(RotationTask::Plan);
        let is_over = self.known.nops_is(Which::New) || self.known.active_is(Which::New);
        if self.facts.is_true(GapAdminSignedIn) && self.facts.is_true(GapRecoveryReady) {
            progress.done_by(self.facts, GapRecoveryReady)
        } else if is_over || self.sign_in == SignInState::Broken {
            TaskProgress { state: TaskState::Skipped, ..progress }
        } else {
            progress
        }
    }

    fn save(&self) -> TaskProgress {
        let progress = open(RotationTask::Save);
        match &self.known.nops {
            Some(nops) if nops.which == Which::New => progress.done(nops),
            // nOps's page showed another certificate after it was saved.
            Some(InUse { source: Source::Entered, .. }) => match self.form_problem() {
                Some(problem) => progress.with_problem(problem),
                None => progress,
            },
            _ => progress,
        }
    }

    fn activate(&self) -> TaskProgress {
        let progress = open(RotationTask::Activate);
        match &self.known.active {
            Some(active) if active.which == Which::New => {
                let can_retract = active.source == Source::Declared;
                TaskProgress { can_retract, ..progress.done(active) }
            }
            Some(active) if self.was_signed_with_old(active) => {
                progress.with_problem("signed_with_old")
            }
            Some(active) if active.which == Which::Old && self.is_activation_confirmed() => {
                progress.with_problem("metadata_lists_old")
            }
            _ => progress,
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

    fn dry_run(&self) -> TaskProgress {
        let progress = open(RotationTask::DryRun);
        if !self.known.active_is(Which::New) {
            return progress;
        }
        match test_record::result_state(self.facts, DryRun) {
            ResultState::Fresh => progress.done_by(self.facts, DryRun),
            ResultState::Failed if self.is_since_activation(DryRun) => {
                progress.with_problem("dry_run_failed")
            }
            _ if self.facts.is_true(DryRunUnsupported) => {
                TaskProgress { state: TaskState::Skipped, ..progress }
            }
            _ => progress,
        }
    }

    fn sign_in_test(&self) -> TaskProgress {
        let progress = open(RotationTask::SignInTest);
        if !(self.known.active_is(Which::New) && self.known.nops_is(Which::New)) {
            return progress;
        }
        let tests = [TestFromPortal, TestFromNops];
        let state = |test| test_record::result_state(self.facts, test);
        let failed =
            |test: &Field| state(*test) == ResultState::Failed && self.is_since_activation(*test);
        if tests.iter().any(failed) {
            return progress.with_problem("test_failed");
        }
        match tests.into_iter().find(|test| state(*test) == ResultState::Fresh) {
            Some(test) => progress.done_by(self.facts, test),
            None => progress,
        }
    }

    fn is_since_activation(&self, test: Field) -> bool {
        let uses = [&self.known.active, &self.known.nops];
        let since = uses.into_iter().flatten().map(|one| one.at).max();
        self.facts.get(test).is_some_and(|fact| since.is_none_or(|since| fact.at >= since))
    }

    fn delete(&self) -> TaskProgress {
        let progress = open(RotationTask::Delete);
        if self.known.new.is_none() {
            return progress;
        }
        let fetched = idp::certificates(self.facts, IdpMetadataFetched);
        let shows_all = !self.known.lists_only_active;
        if !self.known.has_others() && !fetched.is_empty() && shows_all {
            progress.done_by(self.facts, IdpMetadataFetched)
        } else if self.facts.is_true(OldCertificateDeleted) {
            progress.done_by(self.facts, OldCertificateDeleted)
        } else {
            progress
        }
    }
}

/// The confirmations of single tasks. What is saved in nOps changes only on the way back.
const RETRACTABLE: [Field; 3] = [ComparedCertificate, NopsFormCertificate, OldCertificateDeleted];

fn open(task: RotationTask) -> TaskProgress {
    TaskProgress {
        task,
        state: TaskState::Open,
        source: None,
        at: None,
        problem: None,
        can_retract: false,
    }
}

impl TaskProgress {
    fn done_by(self, facts: &Facts, field: Field) -> Self {
        let source = facts.get(field).map(|fact| fact.source.clone());
        let at = facts.time(field).map(|at| at.to_string());
        let can_retract = RETRACTABLE.contains(&field) && facts.is_declared(field);
        Self { state: TaskState::Done, source, at, can_retract, ..self }
    }

    fn done(self, by: &InUse) -> Self {
        let (source, at) = (Some(by.source.clone()), Some(by.at.to_string()));
        Self { state: TaskState::Done, source, at, ..self }
    }

    fn with_problem(self, problem: &str) -> Self {
        Self { state: TaskState::Problem, problem: Some(problem.to_owned()), ..self }
    }
}
