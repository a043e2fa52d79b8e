//! The check of nOps's responses. After one click, the app requests what nOps shows and compares
//! it. If nOps shows nothing, the app relies on the user's confirmations.

use acceptance::{
    Result,
    harness::Harness,
    steps::{
        TESTER, add_application, check_nops, choose_tester, connect, copy_nops_addresses, dry_run,
        ensure_step_done, fill_nops, map_attributes_in_aws, prepare_enforce, run_sign_in_tests,
        status, switch_sso_on,
    },
};
use nops_sso_practice::Switches;
use session::{
    action::NopsCheckAction,
    view::{NopsCheckState, SetupView},
};
use setup::{
    CopyableValue, Field, Severity, Source, Step, StepStatus, enforcement::ConditionState,
};

fn source(view: &SetupView, field: Field) -> Option<&Source> {
    view.facts.get(&field).map(|fact| &fact.source)
}

/// Saves AWS's values in nOps, but with this endpoint instead of the application's endpoint.
async fn save_in_nops(rig: &Harness, endpoint: Option<&str>) -> Result<()> {
    rig.go_to_step(Step::Details).await?;
    let value = |field| rig.wizard.text(CopyableValue::Value { field });
    let issuer = value(Field::IdpEntityId).await?;
    let own = value(Field::IdpSsoUrl).await?;
    let certificate = rig.wizard.text(CopyableValue::CertificatePem).await?;
    rig.declare(Field::NopsDefaultRole, "client-member").await?;
    rig.person()?.set_up_sso(&issuer, endpoint.unwrap_or(&own), &certificate, "client-member")
}

#[tokio::test(flavor = "multi_thread")]
async fn entity_id_alone_fills_in_acs_url() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    let shown = switch_sso_on(&rig).await?.ok_or("nOps shows no addresses")?;
    rig.enter(Field::SpEntityId, &shown.entity_id).await?;
    let view = check_nops(&rig).await?;
    assert_eq!(view.facts[&Field::SpAcsUrl].value, shown.acs);
    assert_eq!(source(&view, Field::SpAcsUrl), Some(&Source::Observed));
    assert!(view.nops_check.endpoint_unseen.is_none(), "the link isn't known yet");
    rig.enter(Field::SpLoginUrl, &shown.link).await?;
    let view = rig
        .wait_until("the answer of the link", |view| view.nops_check.endpoint_unseen.is_some())
        .await?;
    ensure_step_done(&view, Step::Addresses)?;
    assert!(!view.facts.contains_key(&Field::NopsSavedEndpoint), "nothing is saved yet");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn pasted_address_that_differs_is_reported() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let right = rig.fact(Field::SpAcsUrl).ok_or("no ACS URL")?;
    rig.enter(Field::SpAcsUrl, &format!("{right}&x=1")).await?;
    let view = check_nops(&rig).await?;
    let told = view.findings.iter().find(|finding| finding.code == "metadata_address");
    let told = told.ok_or_else(|| format!("{:#?}", view.findings))?;
    assert_eq!(told.field, Some(Field::SpAcsUrl));
    assert_eq!(told.expected.as_deref(), Some(right.as_str()));
    rig.enter(Field::SpAcsUrl, &right).await?;
    assert!(!rig.codes().contains(&"metadata_address".to_owned()), "{:?}", rig.codes());
    Ok(())
}

/// The setup becomes ready even though the user confirms nothing about nOps.
#[tokio::test(flavor = "multi_thread")]
async fn saved_endpoint_replaces_confirmation() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    check_nops(&rig).await?;
    let draft = add_application(&rig).await?;
    map_attributes_in_aws(&rig, &draft).await?;
    choose_tester(&rig, TESTER).await?;
    dry_run(&rig, &draft).await?;
    save_in_nops(&rig, None).await?;
    let view = check_nops(&rig).await?;
    assert_eq!(source(&view, Field::NopsSaved), Some(&Source::Observed));
    assert_eq!(view.facts[&Field::NopsSavedEndpoint].value, view.facts[&Field::IdpSsoUrl].value);
    ensure_step_done(&view, Step::Details)?;
    run_sign_in_tests(&rig, &draft).await?;
    prepare_enforce(&rig).await?;
    assert!(rig.setup().enforcement.open, "{:#?}", rig.setup().enforcement);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_saved_endpoint_is_reported() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    add_application(&rig).await?;
    let own = rig.setup().facts[&Field::IdpSsoUrl].value.clone();
    let portal = "https://portal.sso.us-east-1.amazonaws.com/saml/assertion";
    let other = format!("{portal}/MTIzNDU2Nzg5MDEyX2lucy0wMTIzNDU2Nzg5YWJjZGVm");
    for wrong in [other.as_str(), &own.replace("/assertion/", "/metadata/")] {
        save_in_nops(&rig, Some(wrong)).await?;
        let view = check_nops(&rig).await?;
        let of_endpoint = |finding: &&setup::Finding| {
            finding.field == Some(Field::NopsSavedEndpoint) && finding.severity == Severity::Error
        };
        let told = view.findings.iter().find(of_endpoint);
        let told = told.ok_or_else(|| format!("{wrong}: {:#?}", view.findings))?;
        assert_eq!(told.received.as_deref(), Some(wrong));
        assert_eq!(told.expected.as_deref(), Some(own.as_str()));
        assert_eq!(source(&view, Field::NopsSaved), None, "another endpoint proves nothing");
        let contradictions =
            view.enforcement.conditions.iter().find(|one| one.name == "contradictions");
        assert_eq!(contradictions.map(|one| one.state), Some(ConditionState::Missing));
    }
    save_in_nops(&rig, None).await?;
    let view = check_nops(&rig).await?;
    let mut left = view.findings.iter();
    assert!(left.all(|finding| finding.field != Some(Field::NopsSavedEndpoint)));
    ensure_step_done(&view, Step::Details)
}

/// After the user confirms that nOps saved the settings, the app keeps checking until nOps shows
/// the saved values.
#[tokio::test(flavor = "multi_thread")]
async fn app_waits_until_nops_has_saved() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    check_nops(&rig).await?;
    add_application(&rig).await?;
    rig.go_to_step(Step::Details).await?;
    rig.declare(Field::NopsSaved, "true").await?;
    let view = rig
        .wait_until("an answer while waiting", |view| {
            view.nops_check.state == NopsCheckState::Waiting
                && view.nops_check.endpoint_unseen.is_some()
        })
        .await?;
    assert_eq!(source(&view, Field::NopsSaved), Some(&Source::Declared));
    rig.act(NopsCheckAction::StopCheckingNops).await?;
    assert_eq!(rig.setup().nops_check.state, NopsCheckState::Idle);
    fill_nops(&rig).await?;
    let view = rig
        .wait_until("the saved endpoint", |view| view.nops_check.state == NopsCheckState::Idle)
        .await?;
    assert_eq!(source(&view, Field::NopsSaved), Some(&Source::Observed));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn requested_format_is_compared_before_tests() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    let draft = add_application(&rig).await?;
    map_attributes_in_aws(&rig, &draft).await?;
    let rows = "Subject\t${user:email}\tpersistent\nUser.Email\t${user:email}\tbasic\n\
                User.FirstName\t${user:givenName}\tbasic\nUser.LastName\t${user:familyName}\tbasic";
    rig.enter(Field::AttributeMappings, rows).await?;
    assert!(!rig.codes().contains(&"request_format".to_owned()));
    check_nops(&rig).await?;
    assert!(rig.codes().contains(&"request_format".to_owned()), "{:?}", rig.codes());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nops_is_asked_only_after_consent() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    add_application(&rig).await?;
    fill_nops(&rig).await?;
    let view = rig.setup();
    assert_eq!((view.nops_check.is_allowed, view.nops_check.at), (false, None));
    for host in ["example.com", "127.0.0.1", ""] {
        let refused = rig.act(NopsCheckAction::CheckNops { host: host.to_owned() }).await;
        assert_eq!(refused.unwrap_err().code, "no_nops_address", "{host}");
    }
    rig.enter(Field::SpEntityId, "https://127.0.0.1/sso/v1/a/metadata").await?;
    rig.enter(Field::SpLoginUrl, "https://nops.internal/sso/v1/a/?sso").await?;
    assert_eq!(rig.setup().nops_check.host, None, "private addresses are never asked");
    Ok(())
}

/// Permission to contact one host doesn't apply to the next host.
#[tokio::test(flavor = "multi_thread")]
async fn each_host_needs_consent() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    assert!(check_nops(&rig).await?.nops_check.is_usual);
    let right = rig.fact(Field::SpEntityId).ok_or("no Entity ID")?;
    rig.enter(Field::SpEntityId, &right.replace("app.nops.io", "sso.partner.example")).await?;
    let check = rig.setup().nops_check;
    assert_eq!(check.host.as_deref(), Some("sso.partner.example"));
    assert_eq!((check.is_usual, check.is_allowed), (false, false));
    Ok(())
}

/// nOps's response for one address doesn't apply to a different address.
#[tokio::test(flavor = "multi_thread")]
async fn results_are_discarded_when_addresses_change() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    check_nops(&rig).await?;
    add_application(&rig).await?;
    save_in_nops(&rig, None).await?;
    let view = check_nops(&rig).await?;
    for field in [Field::NopsMetadataAcsUrl, Field::NopsSavedEndpoint, Field::NopsSaved] {
        assert_eq!(source(&view, field), Some(&Source::Observed), "{field:?}");
    }
    rig.enter(Field::SpEntityId, "https://sso.partner.example/sso/v1/a/metadata").await?;
    assert_eq!(rig.fact(Field::NopsMetadataAcsUrl), None);
    assert!(rig.fact(Field::NopsSavedEndpoint).is_some(), "the link is the same");
    rig.enter(Field::SpLoginUrl, "https://sso.partner.example/sso/v1/a/?sso").await?;
    assert_eq!((rig.fact(Field::NopsSavedEndpoint), rig.fact(Field::NopsSaved)), (None, None));
    assert!(rig.fact(Field::SpAcsUrl).is_some(), "the user pasted it");
    Ok(())
}

/// nOps's responses aren't documented. If they're missing, every step works as before and makes no
/// wrong claims.
#[tokio::test(flavor = "multi_thread")]
async fn setup_succeeds_without_responses_from_nops() -> Result<()> {
    let silent = Switches { nops_link_needs_cookie: true, ..Switches::default() };
    for switches in [
        Switches { nops_metadata_missing: true, ..silent.clone() },
        Switches { nops_metadata_is_web_page: true, ..silent.clone() },
        Switches { nops_metadata_late: true, ..silent },
    ] {
        let rig = Harness::start(switches).await?;
        connect(&rig).await?;
        copy_nops_addresses(&rig).await?;
        check_nops(&rig).await?;
        let draft = add_application(&rig).await?;
        map_attributes_in_aws(&rig, &draft).await?;
        choose_tester(&rig, TESTER).await?;
        dry_run(&rig, &draft).await?;
        fill_nops(&rig).await?;
        let view =
            rig.wait_until("an answer", |view| view.nops_check.endpoint_unseen.is_some()).await?;
        assert!(view.nops_check.metadata_unseen.is_some());
        for field in [Field::NopsMetadataAcsUrl, Field::NopsSavedEndpoint, Field::RequestIssuer] {
            assert!(!view.facts.contains_key(&field), "{field:?}");
        }
        assert_eq!(source(&view, Field::NopsSaved), Some(&Source::Declared));
        rig.act(NopsCheckAction::StopCheckingNops).await?;
        assert_eq!(run_sign_in_tests(&rig, &draft).await?, (true, true));
        let view = prepare_enforce(&rig).await?;
        assert!(view.enforcement.open, "{:#?}", view.enforcement);
        assert_eq!(status(&view, Step::SignInTests), Some(StepStatus::Done));
    }
    Ok(())
}
