//! Rotations in which less is known: by hand, with a leftover certificate in AWS, or with metadata
//! that lists only the active certificate.

use super::*;
use crate::idp::IdentityProvider;

const RESULTS: [Field; 3] = [DryRun, TestFromPortal, TestFromNops];

impl Scene {
    /// A finished setup whose user imported the certificate into `field`.
    fn by_hand(field: Field) -> Self {
        let mut scene = Self::finished_setup();
        scene.facts.remove(IdpMetadataFetched);
        let text = match field {
            IdpMetadata => metadata(&[&scene.old]),
            _ => scene.old.pem(),
        };
        scene.record(field, &text, Source::imported(None));
        RESULTS.into_iter().for_each(|test| scene.passes(test));
        scene
    }

    fn downloads_new(&mut self) {
        let new = self.new.pem();
        self.record(NewCertificate, &new, Source::imported(None));
        self.confirms(RotationTask::Compare);
    }

    fn saves_downloaded(&mut self) {
        self.downloads_new();
        self.plans();
        self.confirms(RotationTask::Copy);
        self.confirms(RotationTask::Save);
    }

    fn finishes(&mut self) {
        let new = self.new.clone();
        self.dry_run_signed_with(&new);
        self.passes(TestFromNops);
        self.confirms(RotationTask::Delete);
        let finished = finish(&self.facts, at(self.minute)).expect("all tasks are done");
        self.apply(ConfirmedFacts { cleared: vec![], set: vec![finished] });
    }

    fn result_states(&self) -> [ResultState; 3] {
        RESULTS.map(|test| test_record::result_state(&self.facts, test))
    }

    fn codes(&self) -> Vec<String> {
        let found = rules::findings(&self.facts, at(self.minute)).into_iter();
        found.map(|finding| finding.code).collect()
    }
}

#[test]
fn second_rotation_by_hand_starts_with_the_certificate_in_use() {
    for field in [IdpCertificate, IdpMetadata] {
        let mut scene = Scene::by_hand(field);
        scene.start();
        scene.check_sign_in(SignInState::Matches, &[]);
        scene.saves_downloaded();
        scene.confirms(RotationTask::Activate);
        scene.finishes();
        let issuer = |scene: &Scene| IdentityProvider::from_facts(&scene.facts).issuer;
        let before = issuer(&scene);
        scene.start();
        let state = scene.check_next(Some(RotationTask::Generate));
        assert_eq!(state.old.map(|old| old.sha256), Some(scene.new.sha256()), "{field:?}");
        assert_eq!(state.new, None);
        scene.check_sign_in(SignInState::Matches, &[]);
        assert_eq!(issuer(&scene).map(|one| one.value), before.map(|one| one.value));
        assert_eq!(scene.facts.get(IdpMetadata), None);
        assert_eq!(scene.result_states()[0], ResultState::Fresh);
    }
}

#[test]
fn replacement_imported_by_hand_is_kept() {
    let mut scene = Scene::by_hand(IdpCertificate);
    let new = scene.new.pem();
    scene.record(IdpCertificate, &new, Source::imported(None));
    scene.start();
    assert_eq!(scene.state().new.map(|new| new.sha256), Some(scene.new.sha256()));
}

#[test]
fn older_certificate_is_not_the_new_one() {
    let mut scene = Scene::started();
    let leftover = certificate(2020, 2040);
    let xml = metadata(&[&leftover, &scene.old]);
    scene.record(IdpMetadataFetched, &xml, Source::Observed);
    scene.check_next(Some(RotationTask::Generate));
    assert_eq!(scene.problem(RotationTask::Generate).as_deref(), Some("delete_first"));
    let idp = IdentityProvider::from_facts(&scene.facts);
    assert_eq!(idp.certificate().map(|(_, one)| one), Some(&scene.old));
    scene.aws_lists(&["old", "new"]);
    scene.check_next(Some(RotationTask::Plan));
}

#[test]
fn start_keeps_what_the_dry_run_showed() {
    let mut scene = Scene::finished_setup();
    scene.aws_lists(&["old", "new"]);
    let new = scene.new.clone();
    scene.dry_run_signed_with(&new);
    scene.start();
    let repairs = [SignInRepair::ActivateOld, SignInRepair::SaveNew];
    scene.check_sign_in(SignInState::Broken, &repairs);
}

#[test]
fn active_certificate_is_unknown_if_aws_lists_two_at_the_start() {
    let mut scene = Scene::finished_setup();
    scene.aws_lists(&["old", "new"]);
    scene.start();
    scene.check_sign_in(SignInState::Unknown, &[]);
}

#[test]
fn results_signed_with_the_old_certificate_do_not_count() {
    let mut scene = Scene::started();
    scene.aws_lists(&["old", "new"]);
    let old = scene.old.clone();
    scene.dry_run_signed_with(&old);
    scene.passes(TestFromPortal);
    scene.passes(TestFromNops);
    assert_eq!(scene.result_states(), [ResultState::Stale; 3]);
    let found = assess(&scene.facts, &EnforcementPeople::default(), at(scene.minute));
    let unmet = found.enforcement.conditions.into_iter().filter(|one| !one.is_met());
    let unmet: Vec<_> = unmet.map(|one| one.name).collect();
    assert_eq!(unmet, ["dry_run", "sign_in_tests"]);
}

#[test]
fn results_depend_on_all_certificates_until_one_is_known_to_be_active() {
    let mut scene = Scene::finished_setup();
    scene.aws_lists(&["old", "new"]);
    RESULTS.into_iter().for_each(|test| scene.passes(test));
    assert_eq!(scene.result_states(), [ResultState::Fresh; 3]);
    scene.aws_lists(&["third", "new"]);
    assert_eq!(scene.result_states(), [ResultState::Stale; 3]);
}

#[test]
fn metadata_of_the_active_certificate_does_not_show_a_deletion() {
    use SignInRepair::*;
    let mut scene = Scene::started();
    scene.saves_downloaded();
    scene.confirms(RotationTask::Activate);
    scene.aws_lists(&["new"]);
    scene.reports(TestFromNops, Verdict::Failed);
    scene.check_sign_in(SignInState::TestFailed, &[SaveNew, ActivateOld, SaveOld]);
    scene.check_way_back(&[BackStep::ActivateOld, BackStep::SaveOld, BackStep::DeleteNew], None);
    scene.confirms(RotationTask::Delete);
    scene.check_sign_in(SignInState::TestFailed, &[SaveNew]);
    scene.check_way_back(&[], Some("old_deleted"));
}

#[test]
fn only_listed_certificate_is_active_whatever_the_user_confirmed() {
    let mut scene = Scene::started();
    scene.saves_downloaded();
    scene.confirms(RotationTask::Activate);
    scene.check_next(Some(RotationTask::Activate));
    assert_eq!(scene.problem(RotationTask::Activate).as_deref(), Some("metadata_lists_old"));
    let repairs = [SignInRepair::ActivateNew, SignInRepair::SaveOld];
    scene.check_sign_in(SignInState::Broken, &repairs);
    // A response is newer evidence than the metadata.
    let mut signed = Scene { facts: scene.facts.clone(), ..Scene::finished_setup() };
    signed.minute = scene.minute;
    signed.facts.remove(ActiveCertificate);
    signed.dry_run_signed_with(&scene.new);
    signed.check_next(Some(RotationTask::SignInTest));
    scene.aws_lists(&["new"]);
    scene.check_next(Some(RotationTask::DryRun));
}

#[test]
fn expiry_of_the_old_certificate_is_checked_until_the_activation() {
    let mut scene = Scene::started();
    let on = "2030-12-31T00:00:00Z".to_owned();
    let soon = Some(RotationReason::ExpiresSoon { on, days: 29 });
    let warns = |scene: &Scene| scene.codes().iter().any(|code| code == "certificate_expires_soon");
    assert_eq!(scene.state().reason, soon);
    scene.aws_lists(&["old", "new"]);
    scene.plans();
    scene.confirms(RotationTask::Copy);
    scene.confirms(RotationTask::Save);
    assert_eq!((scene.state().reason, warns(&scene)), (soon, true));
    scene.confirms(RotationTask::Activate);
    assert!(!warns(&scene));
}

#[test]
fn leaving_drops_what_does_not_last() {
    let mut scene = Scene::started();
    scene.aws_lists(&["old", "new"]);
    scene.plans();
    scene.confirms(RotationTask::Copy);
    let new = scene.new.pem();
    scene.record(NopsX509, &new, Source::Entered);
    scene.check_next(Some(RotationTask::Save));
    let cleared = leave(&scene.facts);
    scene.apply(ConfirmedFacts { cleared, set: vec![] });
    scene.check_next(Some(RotationTask::Plan));
    scene.plans();
    scene.check_next(Some(RotationTask::Copy));
    // After saving, the confirmations record how the certificate was replaced.
    scene.confirms(RotationTask::Copy);
    scene.confirms(RotationTask::Save);
    assert_eq!(leave(&scene.facts), []);
    assert_eq!(leave(&Facts::default()), []);
}

#[test]
fn order_contains_every_task() {
    let mut ordered = RotationTask::ALL.to_vec();
    ordered.sort_unstable();
    assert_eq!(ordered, <RotationTask as strum::VariantArray>::VARIANTS);
}

#[test]
fn retracted_activation_leaves_the_old_certificate_active_if_the_new_one_is_from_this_rotation() {
    let repairs = [SignInRepair::ActivateNew, SignInRepair::SaveOld];
    for (from, expect) in
        [(2031, (SignInState::Broken, &repairs[..])), (2029, (SignInState::Unknown, &[][..]))]
    {
        let mut scene = Scene::started();
        scene.new = certificate(from, 2036);
        scene.aws_lists(&["old", "new"]);
        scene.confirms(RotationTask::Save);
        scene.confirms(RotationTask::Activate);
        scene.check_sign_in(SignInState::Matches, &[]);
        let retracted = retract(&scene.facts, RotationTask::Activate).unwrap();
        scene.apply(retracted);
        scene.check_sign_in(expect.0, expect.1);
    }
}

/// A confirmation that a later one includes can't be removed alone.
#[test]
fn only_the_users_last_confirmations_can_be_removed() {
    use RotationTask::*;
    let retractable = |scene: &Scene| -> Vec<RotationTask> {
        let tasks = scene.state().tasks.into_iter();
        tasks.filter(|progress| progress.can_retract).map(|progress| progress.task).collect()
    };
    let mut scene = Scene::started();
    scene.aws_lists(&["old", "new"]);
    scene.plans();
    assert_eq!(retractable(&scene), []);
    scene.confirms(Copy);
    assert_eq!(retractable(&scene), [Copy]);
    scene.confirms(Save);
    assert_eq!(retractable(&scene), []);
    scene.confirms(Activate);
    assert_eq!(retractable(&scene), [Activate]);
    let new = scene.new.clone();
    scene.dry_run_signed_with(&new);
    assert_eq!(retractable(&scene), [], "the response shows the activation");
}
