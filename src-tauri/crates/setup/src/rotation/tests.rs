use jiff::{SignedDuration, Timestamp};
use rcgen::{CertificateParams, DnType, KeyPair, date_time_ymd};
use saml::certificate::Certificate;

use super::*;
use crate::{
    FactValue,
    Field::*,
    Verdict,
    assessment::assess,
    enforcement::EnforcementPeople,
    rules,
    test_record::{self, ResultState},
};

mod evidence;

fn at(minute: i64) -> Timestamp {
    "2030-12-01T09:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute)
}

/// Creates a certificate that is valid from December of one year to December of another year.
fn certificate(from: i32, until: i32) -> Certificate {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "amazonaws.com");
    params.not_before = date_time_ymd(from, 12, 1);
    params.not_after = date_time_ymd(until, 12, 31);
    let key = KeyPair::generate().unwrap();
    Certificate::from_der(params.self_signed(&key).unwrap().der()).unwrap()
}

fn metadata(certificates: &[&Certificate]) -> String {
    let keys = certificates.iter().map(|one| {
        format!(
            "<KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\">\
             <X509Data><X509Certificate>{}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>",
            one.one_line()
        )
    });
    let address = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/\
                   MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm";
    format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{address}\">\
         <IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">{}\
         <SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" \
         Location=\"{address}\"/></IDPSSODescriptor></EntityDescriptor>",
        keys.collect::<String>()
    )
}

/// A finished setup whose certificate is replaced, one minute per action.
struct Scene {
    facts: Facts,
    old: Certificate,
    new: Certificate,
    minute: i64,
}

impl Scene {
    /// Starts a rotation of a certificate that expires at the end of December 2030, in 30 days.
    fn started() -> Self {
        let mut scene = Self::finished_setup();
        scene.start();
        scene
    }

    fn finished_setup() -> Self {
        let mut scene = Self {
            facts: Facts::default(),
            old: certificate(2025, 2030),
            new: certificate(2030, 2035),
            minute: 0,
        };
        for (field, text) in [
            (SpAcsUrl, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/?acs"),
            (SpEntityId, "https://app.nops.io/sso/v1/0a1b2c3d4e5f/metadata"),
            (NopsDomain, "example.com"),
            (Tester, "ana@example.com"),
            (RecoveryAdministrator, "ops@example.net"),
            (NopsTeamChecked, "true"),
        ] {
            scene.record(field, text, Source::Entered);
        }
        scene.aws_lists(&["old"]);
        scene.record(NopsSaved, "true", Source::Declared);
        let old = scene.old.pem();
        scene.record(NopsCertificate, &old, Source::Declared);
        scene.passes(DryRun);
        scene.passes(TestFromPortal);
        scene.passes(TestFromNops);
        scene
    }

    fn now(&mut self) -> Timestamp {
        self.minute += 1;
        at(self.minute)
    }

    fn record(&mut self, field: Field, text: &str, source: Source) {
        let now = self.now();
        self.facts.record(field, FactValue::Text(text.to_owned()), source, now);
    }

    fn apply(&mut self, facts: ConfirmedFacts) {
        let now = self.now();
        for field in facts.cleared {
            self.facts.remove(field);
        }
        for (field, value, source) in facts.set {
            self.facts.record(field, value, source, now);
        }
    }

    fn start(&mut self) {
        let started = start(&self.facts).unwrap();
        self.apply(started);
    }

    /// AWS's metadata now lists these certificates: `old`, `new`, `third` or `next`.
    fn aws_lists(&mut self, names: &[&str]) {
        let (third, next) = (certificate(2029, 2040), certificate(2032, 2037));
        let named = |name: &&str| match *name {
            "old" => &self.old,
            "new" => &self.new,
            "next" => &next,
            _ => &third,
        };
        let xml = metadata(&names.iter().map(named).collect::<Vec<_>>());
        self.record(IdpMetadataFetched, &xml, Source::Observed);
    }

    fn confirms(&mut self, task: RotationTask) {
        let confirmed = confirm(&self.facts, task).expect("a task that can be confirmed");
        self.apply(confirmed);
    }

    fn goes_back(&mut self, step: BackStep) {
        let confirmed = go_back(&self.facts, step).expect("a step that can be confirmed");
        self.apply(confirmed);
    }

    fn plans(&mut self) {
        self.record(GapAdminSignedIn, "true", Source::Declared);
        self.record(GapRecoveryReady, "true", Source::Declared);
    }

    fn passes(&mut self, test: Field) {
        self.reports(test, Verdict::Passed);
    }

    fn reports(&mut self, test: Field, verdict: Verdict) {
        let now = self.now();
        let (result, source) = match test {
            DryRun => {
                let result = test_record::dry_run(&self.facts, verdict, now, (10, 10), None);
                (result, Source::Observed)
            }
            test => (test_record::sign_in_test(&self.facts, test, verdict), Source::Declared),
        };
        self.facts.record(test, result, source, now);
    }

    /// A dry run shows that AWS signs with this certificate.
    fn dry_run_signed_with(&mut self, signer: &Certificate) {
        if let Some((field, value, source)) = signer_fact(&self.facts, signer) {
            let now = self.now();
            self.facts.record(field, value, source, now);
        }
        self.passes(DryRun);
    }

    fn state(&self) -> Rotation {
        rotation(&self.facts, false, at(self.minute))
    }

    #[track_caller]
    fn check_next(&self, expect: Option<RotationTask>) -> Rotation {
        let state = self.state();
        assert_eq!(state.next, expect, "{:#?}", state.tasks);
        state
    }

    fn problem(&self, task: RotationTask) -> Option<String> {
        let tasks = self.state().tasks.into_iter();
        tasks.filter(|progress| progress.task == task).find_map(|progress| progress.problem)
    }

    #[track_caller]
    fn check_sign_in(&self, state: SignInState, repairs: &[SignInRepair]) {
        let found = self.state();
        assert_eq!((found.sign_in, found.repairs.as_slice()), (state, repairs));
    }

    #[track_caller]
    fn check_way_back(&self, steps: &[BackStep], problem: Option<&str>) {
        let found = self.state().way_back;
        assert_eq!((found.steps.as_slice(), found.problem.as_deref()), (steps, problem));
    }

    /// Does everything up to saving the new certificate in nOps.
    fn saved_in_nops() -> Self {
        let mut scene = Self::started();
        scene.aws_lists(&["old", "new"]);
        scene.confirms(RotationTask::Copy);
        scene.plans();
        scene.confirms(RotationTask::Save);
        scene
    }
}

fn signer_fact(facts: &Facts, signer: &Certificate) -> Option<(Field, FactValue, Source)> {
    super::signer(facts, &signer.sha256())
}

#[test]
fn tasks_follow_in_order() {
    use RotationTask::*;
    let mut scene = Scene::started();
    scene.check_next(Some(Generate));
    scene.aws_lists(&["old", "new"]);
    let state = scene.check_next(Some(Plan));
    assert_eq!(state.tasks[1].source, Some(Source::Observed), "AWS lists both certificates");
    assert_eq!(state.new.map(|new| new.sha256), Some(scene.new.sha256()));
    scene.plans();
    scene.check_next(Some(Copy));
    scene.check_sign_in(SignInState::Matches, &[]);
    scene.confirms(Copy);
    scene.check_next(Some(Save));
    assert_eq!(scene.state().next_side, Some(Side::Nops));
    scene.confirms(Save);
    assert_eq!(scene.check_next(Some(Activate)).next_side, Some(Side::Aws));
    assert!(!scene.state().is_new_active);
    scene.confirms(Activate);
    assert!(scene.check_next(Some(DryRun)).is_new_active);
    scene.check_sign_in(SignInState::Matches, &[]);
    let new = scene.new.clone();
    scene.dry_run_signed_with(&new);
    assert_eq!(scene.check_next(Some(SignInTest)).next_side, None);
    scene.passes(TestFromNops);
    assert!(scene.check_next(Some(Delete)).needs_other_test);
    scene.passes(TestFromPortal);
    assert!(!scene.check_next(Some(Delete)).needs_other_test);
    assert_eq!(finish(&scene.facts, at(scene.minute)), None);
    scene.aws_lists(&["new"]);
    let state = scene.check_next(None);
    assert_eq!(state.stage, RotationStage::Done, "{:#?}", state.tasks);
    assert!(state.tasks.iter().all(|progress| progress.state == TaskState::Done));
}

#[test]
fn results_before_the_new_certificate_do_not_count() {
    let mut scene = Scene::started();
    let results = [DryRun, TestFromPortal, TestFromNops];
    let states = |scene: &Scene| results.map(|test| test_record::result_state(&scene.facts, test));
    assert_eq!(states(&scene), [ResultState::Fresh; 3]);
    scene.aws_lists(&["old", "new"]);
    assert_eq!(states(&scene), [ResultState::Stale; 3]);
    // A dry run before the activation shows the old certificate, so it doesn't count for the task.
    let old = scene.old.clone();
    scene.dry_run_signed_with(&old);
    scene.plans();
    scene.confirms(RotationTask::Copy);
    scene.confirms(RotationTask::Save);
    scene.confirms(RotationTask::Activate);
    scene.check_next(Some(RotationTask::DryRun));
    assert_eq!(states(&scene), [ResultState::Stale; 3]);
}

#[test]
fn finished_rotation_restores_ready_to_enforce() {
    let unmet = |scene: &Scene| {
        let found = assess(&scene.facts, &EnforcementPeople::default(), at(scene.minute));
        let unmet = found.enforcement.conditions.into_iter().filter(|one| !one.is_met());
        unmet.map(|one| one.name).collect::<Vec<_>>()
    };
    let mut scene = Scene::saved_in_nops();
    scene.record(NopsEnforce, "true", Source::Declared);
    scene.confirms(RotationTask::Activate);
    let codes = |scene: &Scene| {
        let found = assess(&scene.facts, &EnforcementPeople::default(), at(scene.minute));
        let codes = found.findings.into_iter().map(|finding| finding.code);
        // The test's certificates have small keys of another type.
        codes.filter(|code| code != "certificate_key_type").collect::<Vec<_>>()
    };
    assert_eq!(unmet(&scene), ["dry_run", "sign_in_tests"]);
    assert!(!codes(&scene).contains(&"enforce_early".to_owned()), "the rotation is the reason");
    let new = scene.new.clone();
    scene.dry_run_signed_with(&new);
    scene.passes(TestFromNops);
    scene.aws_lists(&["new"]);
    let finished = finish(&scene.facts, at(scene.minute)).expect("all tasks are done");
    scene.apply(ConfirmedFacts { cleared: vec![], set: vec![finished] });
    // One test is enough to delete the old certificate. The other one is still outdated.
    assert_eq!(unmet(&scene), ["sign_in_tests"]);
    scene.passes(TestFromPortal);
    assert_eq!(unmet(&scene), [""; 0]);
    assert_eq!(codes(&scene), [""; 0]);
}

#[test]
fn finished_rotation_stays_finished() {
    let mut scene = Scene::saved_in_nops();
    scene.confirms(RotationTask::Activate);
    let new = scene.new.clone();
    scene.dry_run_signed_with(&new);
    scene.passes(TestFromNops);
    scene.aws_lists(&["new"]);
    let finished = finish(&scene.facts, at(scene.minute)).expect("all tasks are done");
    scene.apply(ConfirmedFacts { cleared: vec![], set: vec![finished] });
    scene.record(NopsSsoType, "other", Source::Entered);
    assert_eq!(scene.state().stage, RotationStage::Done);
    // The next certificate belongs to the next rotation.
    scene.aws_lists(&["new", "next"]);
    let state = scene.state();
    assert_eq!(state.stage, RotationStage::Done);
    assert_eq!(state.new.map(|new| new.sha256), Some(new.sha256()));
    assert_eq!(state.reason, Some(RotationReason::SecondCertificate));
    scene.start();
    let state = scene.check_next(Some(RotationTask::Plan));
    assert_eq!(state.old.map(|old| old.sha256), Some(new.sha256()));
}

#[test]
fn activation_before_saving_breaks_sign_in() {
    use RotationTask::*;
    use SignInRepair::*;
    let mut scene = Scene::started();
    scene.aws_lists(&["old", "new"]);
    scene.confirms(Activate);
    // Activating the old certificate takes seconds.
    scene.check_sign_in(SignInState::Broken, &[ActivateOld, SaveNew]);
    scene.check_way_back(&[BackStep::ActivateOld, BackStep::DeleteNew], None);
    let state = scene.check_next(Some(Save));
    assert!(state.saving_restores);
    let skipped = state.tasks[2..4].iter().all(|progress| progress.state == TaskState::Skipped);
    assert!(skipped, "there is nothing to prepare: {:#?}", state.tasks);
    // The new certificate is in the form, so saving is as quick, and it finishes the work.
    scene.confirms(Copy);
    scene.check_sign_in(SignInState::Broken, &[SaveForm, ActivateOld]);
    scene.confirms(Save);
    scene.check_sign_in(SignInState::Matches, &[]);
    scene.check_next(Some(DryRun));
}

#[test]
fn planned_gap_breaks_sign_in() {
    use SignInRepair::*;
    let mut scene = Scene::saved_in_nops();
    scene.check_sign_in(SignInState::Broken, &[ActivateNew, SaveOld]);
    assert!(!scene.state().saving_restores, "nOps has the new certificate");
    scene.check_way_back(&[BackStep::SaveOld, BackStep::DeleteNew], None);
    assert!(!scene.state().way_back.can_keep_new);
    scene.goes_back(BackStep::SaveOld);
    assert!(scene.state().way_back.can_keep_new);
    scene.check_sign_in(SignInState::Matches, &[]);
    scene.check_next(Some(RotationTask::Copy));
}

#[test]
fn old_certificate_deleted_too_early_leaves_one_repair() {
    let mut scene = Scene::started();
    scene.aws_lists(&["old", "new"]);
    scene.aws_lists(&["new"]);
    scene.check_sign_in(SignInState::Broken, &[SignInRepair::SaveNew]);
    scene.check_way_back(&[], Some("old_deleted"));
    let state = scene.check_next(Some(RotationTask::Save));
    assert_eq!(state.tasks[8].state, TaskState::Done);
    let codes = rules::findings(&scene.facts, at(scene.minute)).into_iter().map(|one| one.code);
    assert!(codes.into_iter().any(|code| code == "nops_certificate_replaced"));
}

#[test]
fn replacement_outside_the_app_is_a_reason_to_start() {
    let mut scene = Scene::finished_setup();
    let reason = |scene: &Scene, another| rotation(&scene.facts, another, at(0)).reason;
    let soon = RotationReason::ExpiresSoon { on: "2030-12-31T00:00:00Z".to_owned(), days: 29 };
    assert_eq!(reason(&scene, false), Some(soon));
    assert_eq!(reason(&scene, true), Some(RotationReason::SecondCertificate));
    scene.aws_lists(&["old", "new"]);
    assert_eq!(reason(&scene, false), Some(RotationReason::SecondCertificate));
    scene.aws_lists(&["new"]);
    assert_eq!(reason(&scene, false), Some(RotationReason::Replaced));
    scene.start();
    let state = scene.check_next(Some(RotationTask::Save));
    assert_eq!(state.old.map(|old| old.sha256), Some(scene.old.sha256()), "nOps still has it");
}

#[test]
fn two_unknown_certificates_break_sign_in() {
    let mut scene = Scene::finished_setup();
    scene.aws_lists(&["third", "new"]);
    scene.start();
    // AWS signs with one of two certificates, and nOps has neither of them.
    scene.check_sign_in(SignInState::Broken, &[SignInRepair::SaveNew]);
    scene.check_next(Some(RotationTask::Save));
    scene.confirms(RotationTask::Save);
    // It isn't known which of the two is active.
    scene.check_sign_in(SignInState::Unknown, &[]);
    scene.check_next(Some(RotationTask::Activate));
    let new = scene.new.clone();
    scene.dry_run_signed_with(&new);
    scene.check_sign_in(SignInState::Matches, &[]);
    scene.passes(TestFromPortal);
    scene.check_next(Some(RotationTask::Delete));
}

#[test]
fn dry_run_reveals_a_missing_activation() {
    let mut scene = Scene::saved_in_nops();
    scene.confirms(RotationTask::Activate);
    let old = scene.old.clone();
    scene.dry_run_signed_with(&old);
    scene.check_next(Some(RotationTask::Activate));
    assert_eq!(scene.problem(RotationTask::Activate).as_deref(), Some("signed_with_old"));
    scene.check_sign_in(SignInState::Broken, &[SignInRepair::ActivateNew, SignInRepair::SaveOld]);
    scene.confirms(RotationTask::Activate);
    assert_eq!(scene.problem(RotationTask::Activate), None);
}

#[test]
fn wrong_certificate_in_form_is_named() {
    let mut scene = Scene::started();
    scene.aws_lists(&["old", "new"]);
    let third = certificate(2028, 2033).pem();
    for (shown, expect) in [
        (scene.old.pem(), Some("form_has_old")),
        (third, Some("form_has_other")),
        ("-----BEGIN CERTIFICATE-----\nMIIC".to_owned(), Some("form_unreadable")),
        (scene.new.pem(), None),
    ] {
        scene.record(NopsX509, &shown, Source::Entered);
        assert_eq!(scene.problem(RotationTask::Copy).as_deref(), expect);
        scene.check_sign_in(SignInState::Matches, &[]);
    }
    scene.check_next(Some(RotationTask::Plan));
    // The saved page shows the old certificate again, so saving didn't work.
    scene.plans();
    scene.confirms(RotationTask::Save);
    scene.check_next(Some(RotationTask::Activate));
    let old = scene.old.pem();
    scene.record(NopsX509, &old, Source::Entered);
    scene.check_next(Some(RotationTask::Copy));
    assert_eq!(scene.problem(RotationTask::Save).as_deref(), Some("form_has_old"));
    scene.check_sign_in(SignInState::Matches, &[]);
}

#[test]
fn failed_test_offers_to_save_again_or_go_back() {
    use SignInRepair::*;
    let mut scene = Scene::saved_in_nops();
    scene.confirms(RotationTask::Activate);
    let new = scene.new.clone();
    scene.dry_run_signed_with(&new);
    scene.reports(TestFromNops, Verdict::Failed);
    scene.check_sign_in(SignInState::TestFailed, &[SaveNew, ActivateOld, SaveOld]);
    assert_eq!(scene.problem(RotationTask::SignInTest).as_deref(), Some("test_failed"));
    scene.check_way_back(&[BackStep::ActivateOld, BackStep::SaveOld, BackStep::DeleteNew], None);
    scene.goes_back(BackStep::ActivateOld);
    scene.goes_back(BackStep::SaveOld);
    scene.check_sign_in(SignInState::Matches, &[]);
    scene.check_way_back(&[BackStep::DeleteNew], None);
    scene.aws_lists(&["old"]);
    assert!(scene.state().way_back.is_at_start);
    scene.apply(cancel(&scene.facts));
    assert_eq!(scene.state().stage, RotationStage::NotStarted);
    // nOps was saved twice since the tests, so they have to be repeated.
    let state = test_record::result_state(&scene.facts, TestFromPortal);
    assert_eq!(state, ResultState::Stale);
}

#[test]
fn untouched_rotation_can_be_canceled_without_new_tests() {
    let mut scene = Scene::started();
    assert!(scene.state().way_back.is_at_start);
    scene.apply(cancel(&scene.facts));
    for test in [DryRun, TestFromPortal, TestFromNops] {
        assert_eq!(test_record::result_state(&scene.facts, test), ResultState::Fresh, "{test:?}");
    }
}

#[test]
fn old_certificate_is_not_a_new_one() {
    let mut scene = Scene::started();
    let old = scene.old.pem();
    scene.record(NewCertificate, &old, Source::imported(None));
    scene.check_next(Some(RotationTask::Generate));
    assert_eq!(scene.problem(RotationTask::Generate).as_deref(), Some("same_as_old"));
    assert_eq!(confirm(&scene.facts, RotationTask::Copy), None);
}

/// AWS's metadata might list only the active certificate.
#[test]
fn downloaded_certificate_replaces_missing_metadata() {
    use RotationTask::*;
    let mut scene = Scene::started();
    let new = scene.new.pem();
    scene.record(NewCertificate, &new, Source::imported(None));
    // A file might be from another application, so the user compares its fingerprint.
    scene.check_next(Some(Compare));
    scene.confirms(Compare);
    scene.confirms(Copy);
    scene.plans();
    scene.confirms(Save);
    scene.check_sign_in(SignInState::Broken, &[SignInRepair::ActivateNew, SignInRepair::SaveOld]);
    scene.aws_lists(&["new"]);
    scene.check_next(Some(DryRun));
    let new = scene.new.clone();
    scene.dry_run_signed_with(&new);
    scene.passes(TestFromPortal);
    // The metadata doesn't show whether AWS still has the old certificate.
    scene.check_next(Some(Delete));
    scene.confirms(Delete);
    scene.check_next(None);
}

#[test]
fn doubtful_certificate_has_to_be_confirmed() {
    let mut scene = Scene::started();
    scene.new = certificate(2030, 2029);
    scene.aws_lists(&["old", "new"]);
    scene.check_next(Some(RotationTask::Compare));
    assert_eq!(scene.problem(RotationTask::Compare).as_deref(), Some("expires_earlier"));
    scene.confirms(RotationTask::Compare);
    scene.check_next(Some(RotationTask::Plan));
}

#[test]
fn expired_certificate_is_the_last_repair() {
    let mut scene = Scene::finished_setup();
    scene.minute += 60 * 24 * 60;
    let on = "2030-12-31T00:00:00Z".to_owned();
    assert_eq!(scene.state().reason, Some(RotationReason::Expired { on }));
    scene.start();
    scene.aws_lists(&["old", "new"]);
    scene.confirms(RotationTask::Activate);
    let repairs = [SignInRepair::SaveNew, SignInRepair::ActivateOld];
    scene.check_sign_in(SignInState::Broken, &repairs);
    scene.check_way_back(&[BackStep::ActivateOld, BackStep::DeleteNew], Some("old_expired"));
}

#[test]
fn rotation_needs_a_saved_certificate() {
    assert_eq!(start(&Facts::default()), Err(StartError::NopsNotSaved));
    let mut scene = Scene::finished_setup();
    for field in [NopsCertificate, IdpMetadataFetched] {
        scene.facts.remove(field);
    }
    assert_eq!(start(&scene.facts), Err(StartError::NoCertificate));
    // Setups that were finished earlier don't know which certificate was saved.
    scene.aws_lists(&["old"]);
    scene.start();
    assert_eq!(
        scene.facts.get(NopsCertificate).unwrap().certificate().unwrap().sha256(),
        scene.old.sha256()
    );
    scene.check_sign_in(SignInState::Matches, &[]);
}

#[test]
fn new_certificate_is_copied_in_form_for_nops() {
    let mut scene = Scene::started();
    let copied = |scene: &Scene| {
        let mut all = transfers(&scene.facts).into_iter();
        all.find(|one| one.to_label == "field-nops_x509").and_then(|one| one.value)
    };
    assert_eq!(copied(&scene), None);
    scene.aws_lists(&["old", "new"]);
    assert_eq!(copied(&scene), Some(scene.new.pem()));
}
