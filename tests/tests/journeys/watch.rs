//! `watch`: what changed after a setup was finished, in the window and in its list of setups.

use acceptance::{Result, ensure};
use jiff::SignedDuration;
use session::{
    action::SetupAction,
    watch::{WatchCheckState, WatchReport, WatchResult, WatchSubject},
};
use setup::Field;

use crate::finished_setup::{FinishedSetup, GROUP};

const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Returns the ID of the group, and the ID of a member.
fn group_ids(setup: &FinishedSetup) -> Result<(String, String)> {
    let person = setup.rig.person()?;
    let id_after = |page: String, start: &str| {
        let rest = page.split_once(start).ok_or(format!("no {start} in {page}"))?.1;
        Ok::<_, String>(rest.chars().take_while(|c| !"\"/".contains(*c)).collect::<String>())
    };
    let groups = person.open(&person.console("groups"))?.body;
    let row = groups.split("<li").find(|row| row.contains(GROUP)).unwrap_or_default();
    let group = id_after(row.to_owned(), "/groups/")?;
    let members = person.open(&person.console(&format!("groups/{group}")))?.body;
    let member = id_after(members, "name=\"user\" value=\"")?;
    Ok((group, member))
}

fn codes(report: &WatchReport) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.code.as_str()).collect()
}

fn changed(report: &WatchReport) -> Vec<(Field, Option<&str>, Option<&str>)> {
    let changed = report.changed.iter();
    changed.map(|one| (one.field, one.before.as_deref(), one.after.as_deref())).collect()
}

fn states(report: &WatchReport, wanted: WatchCheckState) -> Vec<WatchSubject> {
    let checks = report.checks.iter().filter(|check| check.state == wanted);
    checks.map(|check| check.subject).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn unchanged_setup_has_no_problems() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let before = setup.rig.setup().facts;
    let report = setup.check().await?;
    assert_eq!((codes(&report), changed(&report)), (vec![], vec![]));
    assert_eq!(states(&report, WatchCheckState::Checked).len(), 5, "{:#?}", report.checks);
    assert_eq!(report.result(), WatchResult::Fine);
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
    let sha256 = |report: &WatchReport| {
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
    assert_eq!(states(&report, WatchCheckState::Unchecked), [WatchSubject::Metadata]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_group_is_reported() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    let (group, member) = group_ids(&setup)?;
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
    assert_eq!(report.result(), WatchResult::Problems);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn denied_check_is_not_a_passed_check() -> Result<()> {
    let setup = FinishedSetup::start().await?;
    setup.rig.limit_permissions(r#"{"Version":"2012-10-17","Statement":[]}"#)?;
    let report = setup.check().await?;
    let unchecked = [WatchSubject::Application, WatchSubject::People];
    assert_eq!(states(&report, WatchCheckState::Unchecked), unchecked, "{report:#?}");
    assert_eq!(states(&report, WatchCheckState::Skipped), [WatchSubject::EventHistory]);
    assert_eq!(report.result(), WatchResult::Unchecked);
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
    assert_eq!(last().map(|check| check.result), Some(WatchResult::Fine));
    setup.rig.set_clock(5 * YEAR);
    setup.rig.act(SetupAction::Check { id: id.clone() }).await?;
    let found = last().ok_or("no check")?;
    assert_eq!(found.result, WatchResult::Problems);
    setup.rig.act(SetupAction::Resume { id }).await?;
    let view = setup.rig.setup().watched;
    assert_eq!(view.report.map(|report| report.at), Some(found.at), "step 10 shows it too");
    Ok(())
}
