//! Tests of the switches about AWS's partitions and console.

use super::*;

/// Switches, the primary Region, the start of issuers, and the start of the portal's address.
type PartitionCase = (Switches, &'static str, &'static str, &'static str);

fn partitions() -> [PartitionCase; 2] {
    [
        (
            Switches { china: true, ..Switches::default() },
            "cn-north-1",
            "https://portal.sso.cn-north-1.amazonaws.com.cn/",
            "https://start.cn-north-1.home.awsapps.cn/directory/d-",
        ),
        (
            Switches { government: true, ..Switches::default() },
            "us-gov-west-1",
            "https://portal.sso.us-gov-west-1.amazonaws.com/",
            "https://start.us-gov-home.awsapps.com/directory/d-",
        ),
    ]
}

/// Directories share a host, so the portal's address isn't `d-….awsapps.com`.
#[tokio::test(flavor = "multi_thread")]
async fn setup_completes_outside_the_standard_partition() -> Result<()> {
    for (switches, region, issuer, portal) in partitions() {
        let rig = complete_standard_setup(switches).await?;
        let known = |field| rig.fact(field).unwrap_or_default();
        assert!(known(Field::AccessPortalUrl).starts_with(portal), "{region}");
        assert_eq!(known(Field::AwsRegion), region);
        assert!(known(Field::IdpEntityId).starts_with(issuer), "{}", known(Field::IdpEntityId));
        let worst = rig.setup().findings.iter().map(|finding| finding.severity).max();
        assert!(worst < Some(Severity::Error), "{:#?}", rig.setup().findings);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_sign_in_uses_the_partitions_portal() -> Result<()> {
    for (switches, region, _, portal) in partitions() {
        let rig = Harness::start(switches).await?;
        assert!(rig.setup().connection.sign_in.start_url.starts_with(portal), "{region}");
        crate::sign_in::allow_by_code(&rig).await?;
        rig.wait_until("the roles", |view| !view.connection.sign_in.roles.is_empty()).await?;
    }
    Ok(())
}

/// The portal's address can't be derived, so the user enters it before signing in.
#[tokio::test(flavor = "multi_thread")]
async fn unusual_portal_address_is_entered() -> Result<()> {
    let china = Switches { china: true, other_portal_address: true, ..Switches::default() };
    let sovereign = Switches { sovereign: true, ..Switches::default() };
    let portals = [
        (china, "https://example.awsapps.cn/start"),
        (sovereign, "https://start.eusc-de-east-1.home.awsapps.eu/directory/d-"),
    ];
    for (switches, portal) in portals {
        let rig = Harness::start(switches).await?;
        let shown = rig.setup().connection.sign_in.start_url;
        assert!(shown.starts_with(portal), "{shown}");
        connect(&rig).await?;
        let derived = rig.setup().facts.get(&Field::AccessPortalUrl).cloned();
        assert!(
            derived.is_none_or(|fact| matches!(fact.source, Source::Derived { .. })),
            "a guess is marked as derived"
        );
        rig.enter(Field::AccessPortalUrl, &shown).await?;
        let view = rig.setup();
        assert_eq!(view.facts[&Field::AccessPortalUrl].value, shown);
        assert!(
            view.findings.iter().all(|finding| finding.severity < Severity::Error),
            "{:#?}",
            view.findings
        );
        complete_from_addresses(&rig).await?;
    }
    Ok(())
}

/// The console takes no metadata file, so the user types the two addresses.
#[tokio::test(flavor = "multi_thread")]
async fn typed_addresses_replace_the_upload() -> Result<()> {
    let rig = Harness::start(Switches { no_metadata_upload: true, ..Switches::default() }).await?;
    connect(&rig).await?;
    copy_nops_addresses(&rig).await?;
    rig.go_to_step(Step::Application).await?;
    rig.act(ApplicationAction::Watch).await?;
    let draft = rig.person()?.draft()?;
    let refused = submit_application(&rig, &draft).await;
    assert!(refused.is_err(), "the page ignores the file");
    let shown = |field| CopyableValue::Value { field };
    let name = rig.wizard.text(shown(Field::AwsDisplayName)).await?;
    let acs = rig.wizard.text(shown(Field::SpAcsUrl)).await?;
    let audience = rig.wizard.text(shown(Field::SpEntityId)).await?;
    rig.person()?.submit_typed(&draft, &name, &acs, &audience)?;
    notice_application(&rig).await?;
    rig.wait_until("its metadata", has_metadata).await?;
    choose_tester(&rig, TESTER).await?;
    complete_from_mappings(&rig, &draft).await
}
