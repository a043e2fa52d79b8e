//! `watch` and *Check now*: what changed after a setup was finished, in the window and in the list.

use acceptance::{Result, ensure, harness::Harness, proxy::Proxy, steps::run_sign_in_tests};
use jiff::SignedDuration;
use session::{
    action::SetupAction,
    recheck::{RecheckReport, RecheckResult, RecheckSubject, SubjectState},
};
use setup::Field;
use storage::store::FileLock;

use crate::finished_setup::FinishedSetup;

const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);
const DAY: SignedDuration = SignedDuration::from_hours(24);

fn codes(report: &RecheckReport) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.code.as_str()).collect()
}

fn changed(report: &RecheckReport) -> Vec<(Field, Option<&str>, Option<&str>)> {
    let changed = report.changed.iter();
    changed.map(|one| (one.field, one.before.as_deref(), one.after.as_deref())).collect()
}

fn states(report: &RecheckReport, wanted: SubjectState) -> Vec<RecheckSubject> {
    let checks = report.checks.iter().filter(|check| check.state == wanted);
    checks.map(|check| check.subject).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn unchanged_setup_has_no_problems() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let before = setup.rig.setup().facts;
    let report = setup.check().await?;
    assert_eq!((codes(&report), changed(&report)), (vec![], vec![]));
    assert_eq!(states(&report, SubjectState::Checked).len(), 5, "{:#?}", report.checks);
    assert_eq!(report.result(), RecheckResult::Fine);
    assert_eq!(setup.rig.setup().facts, before, "a check changes nothing");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn certificate_expiry_is_reported_in_time() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    for (passed, expected) in [
        (4 * YEAR, vec![]),
        (5 * YEAR - 30 * DAY, vec!["certificate_expires_soon"]),
        (5 * YEAR + 3 * DAY, vec!["certificate_expired"]),
    ] {
        setup.rig.set_clock(passed);
        let report = setup.check().await?;
        assert_eq!((codes(&report), changed(&report)), (expected, vec![]), "{passed:#}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rotated_certificate_is_reported_until_tested() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let sha256 = |report: &RecheckReport| {
        let one = report.changed.iter().find_map(|one| one.after.clone());
        one.ok_or("no new certificate")
    };
    setup.change_certificate("generate")?;
    let report = setup.check().await?;
    let new = sha256(&report)?;
    assert_eq!(changed(&report), [(Field::IdpCertificate, None, Some(new.as_str()))]);
    ensure(codes(&report).contains(&"several_certificates"), || format!("{report:#?}"))?;
    setup.change_certificate("activate")?;
    setup.change_certificate("delete")?;
    for _ in 0..2 {
        let report = setup.check().await?;
        let removed = report.changed.iter().filter(|one| one.after.is_none()).count();
        assert_eq!((removed, sha256(&report)?.as_str()), (1, new.as_str()), "{report:#?}");
        let stale = "sign_in_test_stale";
        assert_eq!(codes(&report), ["nops_certificate_replaced", stale, stale]);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn disabled_and_deleted_application_is_reported() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    setup.send(&format!("applications/{}/status", setup.draft.id), &[("enabled", "off")])?;
    let report = setup.check().await?;
    assert_eq!(codes(&report), ["application_disabled"]);
    setup.send(&format!("applications/{}/remove", setup.draft.id), &[])?;
    let report = setup.check().await?;
    let gone = (Field::ApplicationStatus, Some("ENABLED"), Some("GONE"));
    assert_eq!((codes(&report), changed(&report)), (vec!["application_gone"], vec![gone]));
    assert_eq!(states(&report, SubjectState::Unchecked), [RecheckSubject::Metadata]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_group_is_reported() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let (group, member) = setup.group_ids()?;
    setup.send(&format!("groups/{group}/remove"), &[("user", &member)])?;
    let report = setup.check().await?;
    assert_eq!(codes(&report), ["watch_people_without_access"], "{report:#?}");
    assert_eq!(report.findings[0].params["count"], "1");
    assert_eq!(changed(&report), [(Field::PeopleAdded, Some("true"), Some("false"))]);
    let unassign = format!("applications/{}/unassign", setup.draft.id);
    setup.send(&unassign, &[("kind", "GROUP"), ("id", &group)])?;
    let report = setup.check().await?;
    assert_eq!(codes(&report), ["watch_group_unassigned", "watch_people_without_access"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn saved_configuration_is_reported_with_its_values() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let right = setup.rig.fact(Field::SpAcsUrl).ok_or("no ACS URL")?;
    let audience = setup.rig.fact(Field::SpEntityId).ok_or("no Entity ID")?;
    let wrong = right.replace("?acs", "");
    // Events appear after a delay, and their times have whole seconds.
    setup.rig.set_clock_of_practice(SignedDuration::from_mins(1));
    setup.rig.person()?.edit(&setup.draft.id, "nOps", &wrong, &audience)?;
    setup.rig.set_clock_of_practice(SignedDuration::from_mins(3));
    setup.rig.set_clock(SignedDuration::from_mins(3));
    let report = setup.check().await?;
    let acs = (Field::AwsAcsUrl, Some(right.as_str()), Some(wrong.as_str()));
    ensure(changed(&report).contains(&acs), || format!("{report:#?}"))?;
    let saved = report.changed.iter().find(|one| one.field == Field::ConfigurationSaved);
    ensure(saved.is_some_and(|one| one.after.is_some()), || format!("{report:#?}"))?;
    assert_eq!(report.result(), RecheckResult::Problems);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unreachable_nops_is_not_a_skipped_check() -> Result<()> {
    let proxy = Proxy::listen().await?;
    let rig = Harness::start_with_proxy(proxy.clone()).await?;
    let setup = FinishedSetup::start_on(rig).await?;
    let nops = |report: &RecheckReport| {
        let check = report.checks.iter().find(|check| check.subject == RecheckSubject::Nops);
        let check = check.ok_or("nOps wasn't checked")?;
        let cause = check.cause.as_ref().map(|cause| cause.key.clone());
        Ok::<_, String>((check.state, cause))
    };
    assert_eq!(nops(&setup.check().await?)?, (SubjectState::Checked, None));
    proxy.block_host("app.nops.io");
    let unreachable = Some("reach-unreachable".to_owned());
    assert_eq!(nops(&setup.check().await?)?, (SubjectState::Unchecked, unreachable));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn denied_check_is_not_a_passed_check() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    setup.rig.limit_permissions(r#"{"Version":"2012-10-17","Statement":[]}"#)?;
    let report = setup.check().await?;
    let unchecked = [RecheckSubject::Application, RecheckSubject::People];
    assert_eq!(states(&report, SubjectState::Unchecked), unchecked, "{report:#?}");
    assert_eq!(states(&report, SubjectState::Skipped), [RecheckSubject::EventHistory]);
    assert_eq!(report.result(), RecheckResult::Unchecked);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn list_shows_and_renews_the_last_check() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let id = setup.rig.setup().id;
    setup.rig.act(SetupAction::Close).await?;
    let last = || setup.rig.view().setups[0].last_check.clone();
    assert_eq!(last(), None);
    setup.rig.act(SetupAction::Check { id: id.clone() }).await?;
    assert_eq!(last().map(|check| check.result), Some(RecheckResult::Fine));
    assert!(setup.rig.view().setups[0].can_check);
    setup.rig.set_clock(5 * YEAR);
    setup.rig.act(SetupAction::Check { id: id.clone() }).await?;
    let found = last().ok_or("no check")?;
    assert_eq!(found.result, RecheckResult::Problems);
    setup.rig.act(SetupAction::Resume { id }).await?;
    let view = setup.rig.setup().recheck;
    assert_eq!(view.report.map(|report| report.at), Some(found.at), "step 10 shows it too");
    Ok(())
}

/// A check from the list has no credentials, so what step 10 found in AWS must stay.
#[tokio::test(flavor = "multi_thread")]
async fn check_that_sees_less_keeps_what_was_found() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    setup.send(&format!("applications/{}/status", setup.draft.id), &[("enabled", "off")])?;
    let (group, member) = setup.group_ids()?;
    setup.send(&format!("groups/{group}/remove"), &[("user", &member)])?;
    let full = setup.check().await?;
    let found = ["application_disabled", "watch_people_without_access"];
    assert_eq!(codes(&full).len(), 2, "{full:#?}");
    assert!(found.iter().all(|code| codes(&full).contains(code)), "{full:#?}");

    setup.rig.limit_permissions(r#"{"Version":"2012-10-17","Statement":[]}"#)?;
    setup.rig.set_clock(SignedDuration::from_mins(10));
    for _ in 0..2 {
        let less = setup.check().await?;
        let unchecked = states(&less, SubjectState::Unchecked);
        assert_eq!(unchecked, [RecheckSubject::Application, RecheckSubject::People]);
        assert!(found.iter().all(|code| codes(&less).contains(code)), "{less:#?}");
        assert_eq!(changed(&less), changed(&full));
        let people = less.checks.iter().find(|one| one.subject == RecheckSubject::People);
        assert_eq!(people.and_then(|one| one.last_checked.as_ref()), Some(&full.at));
        assert_eq!(less.result(), RecheckResult::Problems);
    }
    Ok(())
}

/// What was found before the user tested again no longer counts.
#[tokio::test(flavor = "multi_thread")]
async fn newer_tests_end_what_was_found() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let id = &setup.draft.id;
    setup.send(&format!("applications/{id}/status"), &[("enabled", "off")])?;
    assert_eq!(codes(&setup.check().await?), ["application_disabled"]);
    setup.send(&format!("applications/{id}/status"), &[("enabled", "on")])?;
    setup.rig.set_clock(SignedDuration::from_mins(10));
    run_sign_in_tests(&setup.rig, &setup.draft).await?;
    setup.rig.limit_permissions(r#"{"Version":"2012-10-17","Statement":[]}"#)?;
    let report = setup.check().await?;
    assert_eq!((codes(&report), changed(&report)), (vec![], vec![]), "{report:#?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn people_whom_the_user_confirmed_are_not_compared() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    setup.rig.declare(Field::PeopleAdded, "true").await?;
    let (group, member) = setup.group_ids()?;
    setup.send(&format!("groups/{group}/remove"), &[("user", &member)])?;
    let report = setup.check().await?;
    assert_eq!((codes(&report), changed(&report)), (vec![], vec![]), "{report:#?}");
    assert_eq!(states(&report, SubjectState::Skipped), [RecheckSubject::People]);
    Ok(())
}

/// A running check locks the setup. The user doesn't have to wait for it.
#[tokio::test(flavor = "multi_thread")]
async fn open_and_delete_end_a_running_check() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let id = setup.rig.setup().id;
    let lock = setup.rig.folder.join(format!("{id}.lock"));
    let start_check = || {
        let (wizard, id) = (setup.rig.wizard.clone(), id.clone());
        tokio::spawn(async move { wizard.act(SetupAction::Check { id }).await })
    };
    let is_locked_or_done = |is_done: bool| is_done || FileLock::is_taken(&lock);
    for _ in 0..2 {
        setup.rig.act(SetupAction::Close).await?;
        let check = start_check();
        while !is_locked_or_done(check.is_finished()) {
            tokio::task::yield_now().await;
        }
        setup.rig.act(SetupAction::Resume { id: id.clone() }).await?;
        let ended = check.await?.map_err(|failure| failure.code);
        ensure(
            matches!(ended.as_ref().map_err(String::as_str), Ok(()) | Err("check_stopped")),
            || format!("{ended:?}"),
        )?;
    }
    setup.rig.act(SetupAction::Close).await?;
    let check = start_check();
    while !is_locked_or_done(check.is_finished()) {
        tokio::task::yield_now().await;
    }
    setup.rig.act(SetupAction::Delete { id: id.clone() }).await?;
    drop(check.await?);
    let left: Vec<_> = std::fs::read_dir(&setup.rig.folder)?.collect();
    let of_setup = |entry: &std::io::Result<std::fs::DirEntry>| {
        entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with(&id))
    };
    ensure(!left.iter().any(of_setup), || format!("{left:?}"))?;
    assert_eq!(setup.rig.view().setups, []);
    Ok(())
}
