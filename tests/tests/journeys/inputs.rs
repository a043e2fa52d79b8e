//! User input. Only plausible values are accepted, and every value can be removed again.

use acceptance::{
    Result,
    harness::Harness,
    secret_scan,
    steps::{TESTER, connect, find_tester},
    tree::root,
};
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{DryRunAction, PeopleAction, StepAction, ValueAction},
};
use setup::{CopyableValue, Field, Finding, Source, Step};

#[tokio::test(flavor = "multi_thread")]
async fn unknown_tester_is_not_accepted() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    rig.go_to_step(Step::DryRun).await?;
    let offered = rig.setup().users;
    assert!(offered.iter().any(|user| user.user_name == TESTER), "{offered:?}");
    rig.act(DryRunAction::ChooseTester { who: "admin".to_owned() }).await?;
    let has_finding = |code: &str| rig.codes().iter().any(|known| known == code);
    let view = rig.wait_until("the look-up", |view| view.job.is_none()).await?;
    assert!(view.tester.is_none() && has_finding("tester_not_found"));
    let view = find_tester(&rig, TESTER).await?;
    assert!(view.tester.is_some_and(|tester| !tester.denied));
    assert!(!has_finding("tester_not_found"));
    // The current tester stays until another one is found.
    rig.act(DryRunAction::ChooseTester { who: "admin".to_owned() }).await?;
    assert!(rig.setup().tester.is_some(), "the tester is gone before the look-up ends");
    let view = rig.wait_until("the look-up", |view| view.job.is_none()).await?;
    assert_eq!(view.tester.map(|tester| tester.user_name).as_deref(), Some(TESTER));
    assert!(!has_finding("tester_not_found"), "the current tester has no problem");
    let view = find_tester(&rig, "dana.whitfield@example.com").await?;
    let chosen = view.tester.map(|tester| tester.user_name);
    assert_eq!(chosen.as_deref(), Some("dana.whitfield@example.com"));
    assert!(!has_finding("tester_not_found"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn any_tester_is_accepted_without_aws() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    rig.act(DryRunAction::ChooseTester { who: "admin".to_owned() }).await?;
    assert!(rig.setup().tester.is_some_and(|tester| !tester.observed && !tester.denied));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_can_be_cleared() -> Result<()> {
    let acs = "https://app.nops.io/sso/v1/00000000-0000-4000-8000-000000000000/?acs";
    let rig = Harness::start(Switches::default()).await?;
    for (field, text) in [
        (Field::SpAcsUrl, acs),
        (Field::SpEntityId, "https://example.com/metadata"),
        (Field::SpLoginUrl, "https://example.com/login"),
        (Field::RecoveryAdministrator, "ops@example.net"),
        (Field::AwsAcsUrl, acs),
        (Field::AwsAudience, "https://example.com/metadata"),
        (Field::NopsIssuerUrl, "https://example.com/issuer"),
        (Field::NopsSsoEndpoint, "https://example.com/endpoint"),
        (Field::NopsX509, "no certificate"),
        (Field::NopsDomain, "example.com"),
        (Field::AttributeMappings, "Subject\t${user:email}\temailAddress"),
    ] {
        let is_stored = || {
            let facts = rig.setup().facts;
            facts.get(&field).is_some_and(|fact| !matches!(fact.source, Source::Derived { .. }))
        };
        rig.enter(field, text).await?;
        assert!(is_stored(), "{field:?} is stored");
        rig.enter(field, " ").await?;
        assert!(!is_stored(), "{field:?} is empty again");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_optional_file_can_be_removed() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    rig.go_to_step(Step::Application).await?;
    rig.import("certificate.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
        .await?;
    let of_a_file = || {
        let findings = rig.setup().findings;
        findings.into_iter().find(|finding| finding.code.starts_with("reading-"))
    };
    let field = of_a_file().and_then(|finding| finding.field).ok_or("nothing was found")?;
    rig.act(ValueAction::Clear { field }).await?;
    assert!(of_a_file().is_none(), "{:?}", of_a_file());
    Ok(())
}

/// Every field rejects a secret, reports it, and doesn't store it anywhere.
#[tokio::test(flavor = "multi_thread")]
async fn no_field_stores_secrets() -> Result<()> {
    const KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let response = root().join("src-tauri/crates/saml/tests/fixtures/response-signed.xml");
    let response = std::fs::read_to_string(response)?;
    let link = format!("https://app.nops.io/sso/v1/0/?api_key=4021.{KEY}");
    let login = "https://ana:hunter2-hunter2@app.nops.io/".to_owned();
    let rig = Harness::start(Switches::default()).await?;
    for field in [
        Field::SpAcsUrl,
        Field::SpEntityId,
        Field::SpLoginUrl,
        Field::AccessPortalUrl,
        Field::IdpLink,
        Field::RecoveryAdministrator,
        Field::NopsIssuerUrl,
        Field::NopsSsoEndpoint,
        Field::NopsDomain,
        Field::NopsX509,
    ] {
        for text in [KEY, &response, &link, &login] {
            rig.enter(field, text).await?;
            assert_eq!(rig.fact(field), None, "{field:?} {text}");
            assert!(rig.codes().contains(&"secret_pasted".to_owned()), "{field:?} {text}");
        }
    }
    for text in [&response, &link, &login] {
        let text = Secret::new(text.to_owned());
        rig.act(StepAction::Paste { text, html: None }).await?;
    }
    assert_eq!(secret_scan::files(KEY, &rig.folder, &[])?, Vec::<std::path::PathBuf>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_in_file_names_and_teams_are_not_kept() -> Result<()> {
    const KEY: &str = "wJalrXUtnFEMI+K7MDENG+bPxRfiCYEXAMPLEKEY";
    let certificate = root().join("src-tauri/crates/saml/tests/fixtures/certificate.pem");
    let rig = Harness::start(Switches::default()).await?;
    rig.go_to_step(Step::Application).await?;
    rig.import(&format!("{KEY}.pem"), &std::fs::read_to_string(certificate)?).await?;
    assert!(rig.fact(Field::IdpCertificate).is_some(), "the certificate is used");
    for text in [
        format!("ana@example.com\nAKIAIOSFODNN7EXAMPLE,{KEY}"),
        format!("secret access key {KEY}@example.com"),
    ] {
        let refused = rig.act(PeopleAction::PasteTeam { text }).await;
        assert_eq!(refused.err().map(|failure| failure.code).as_deref(), Some("secret"));
    }
    assert!(!format!("{:?}", rig.view()).contains("wJalr"));
    assert_eq!(secret_scan::files(KEY, &rig.folder, &[])?, Vec::<std::path::PathBuf>::new());
    Ok(())
}

/// A file or text that contains AWS access keys is rejected by name, and nothing in it is shown or
/// stored.
#[tokio::test(flavor = "multi_thread")]
async fn access_keys_are_rejected_in_every_step() -> Result<()> {
    const ID: &str = "AKIAIOSFODNN7EXAMPLE";
    const KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let link = "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/\
                MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";
    let row = "Subject\t${user:email}\temailAddress";
    let texts = [
        ("rootkey.csv", format!("AWSAccessKeyId={ID}\r\nAWSSecretKey={KEY}\r\n")),
        ("accessKeys.csv", format!("Access key ID,Secret access key\n{ID},{KEY}\n")),
        (
            "credentials.csv",
            format!("User name,Password,Access key ID,Secret access key\nana,pw,{ID},{KEY}\n"),
        ),
        // Usable values don't make the secret acceptable.
        ("notes.txt", format!("{link}\naws_secret_access_key={KEY}\n")),
        ("table.txt", format!("{row}\naws_secret_access_key={KEY}\n")),
    ];
    let rig = Harness::start(Switches::default()).await?;
    for step in [Step::Application, Step::Mappings, Step::DryRun, Step::SignInTests] {
        rig.go_to_step(step).await?;
        let steps_facts = rig.setup().facts;
        for (name, text) in &texts {
            let html =
                format!("<table><tr><td>{}</td></tr></table>", row.replace('\t', "</td><td>"));
            for way in ["file", "text", "page"] {
                rig.act(StepAction::ClearLast).await?;
                match way {
                    "file" => rig.import(name, text).await?,
                    "text" => {
                        let text = Secret::new(text.clone());
                        rig.act(StepAction::Paste { text, html: None }).await?;
                    }
                    _ => {
                        let (text, html) =
                            (Secret::new(text.clone()), Some(Secret::new(html.clone())));
                        rig.act(StepAction::Paste { text, html }).await?;
                    }
                }
                let found = rig.setup().findings;
                let is_named = |finding: &Finding| {
                    finding.code == "secret_pasted" && finding.params["kind"] == "aws_secret_key"
                };
                assert!(found.iter().any(is_named), "{step:?} {name} {way}: {found:?}");
                assert_eq!(rig.setup().facts, steps_facts, "{step:?} {name} {way}");
                assert!(!format!("{:?}", rig.view()).contains("wJalr"), "{step:?} {name} {way}");
            }
        }
    }
    assert_eq!(secret_scan::files("wJalr", &rig.folder, &[])?, Vec::<std::path::PathBuf>::new());
    Ok(())
}

/// If an address from AWS's page is in the wrong field, it isn't accepted as nOps's value.
#[tokio::test(flavor = "multi_thread")]
async fn nops_address_in_link_box_is_reported() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let tenant = "https://app.nops.io/sso/v1/3f1c2a64-8b7e-4d52-9f0a-6c1d2e3b4a59";
    for (end, field) in [("/?acs", Field::SpAcsUrl), ("/metadata", Field::SpEntityId)] {
        rig.enter(Field::IdpLink, &format!("{tenant}{end}")).await?;
        assert_eq!(rig.fact(field), None);
        assert!(rig.codes().contains(&"link_kind".to_owned()), "{:?}", rig.codes());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn new_link_replaces_previous_link() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let link = |kind: &str, token: &str| {
        format!("https://portal.sso.us-east-1.amazonaws.com/saml/{kind}/{token}")
    };
    let own = "MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";
    let other = "NDQ0NDU1NTU2NjY2X2lucy1mZWRjYmE5ODc2NTQzMjEw";
    let sign_in = (link("assertion", other), Field::IdpLink);
    let metadata = (link("metadata", own), Field::IdpMetadataUrl);
    let doubled = format!("{} {}", metadata.0, sign_in.0);
    for (first, (last, field), gone) in
        [(&sign_in.0, &metadata, Field::IdpLink), (&doubled, &metadata, Field::IdpLink)]
    {
        rig.enter(Field::IdpLink, first).await?;
        rig.enter(Field::IdpLink, last).await?;
        assert_eq!(rig.fact(*field).as_ref(), Some(last));
        assert_ne!(rig.fact(gone).as_ref(), Some(first));
        for code in ["values_of_two_applications", "link_several"] {
            assert!(!rig.codes().contains(&code.to_owned()), "{first} then {last}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn other_application_is_used_only_on_request() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    let link =
        |token: &str| format!("https://portal.sso.us-east-1.amazonaws.com/saml/metadata/{token}");
    let own = link("MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw");
    let other = link("NDQ0NDU1NTU2NjY2X2lucy1mZWRjYmE5ODc2NTQzMjEw");
    rig.enter(Field::IdpLink, &own).await?;
    rig.enter(Field::IdpLink, &other).await?;
    assert_eq!(rig.fact(Field::IdpMetadataUrl).as_ref(), Some(&own));
    assert!(rig.codes().contains(&"values_of_two_applications".to_owned()), "{:?}", rig.codes());
    let refused = rig.act(ValueAction::ReplaceApplication { value: "no link".to_owned() }).await;
    assert_eq!(refused.unwrap_err().code, "names_no_application");
    assert_eq!(rig.fact(Field::IdpMetadataUrl).as_ref(), Some(&own), "nothing replaces it");
    rig.act(ValueAction::ReplaceApplication { value: other.clone() }).await?;
    assert_eq!(rig.fact(Field::IdpMetadataUrl).as_ref(), Some(&other));
    assert!(!rig.codes().contains(&"values_of_two_applications".to_owned()), "{:?}", rig.codes());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn access_portal_can_be_entered_manually() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    for (text, is_fine) in [
        ("https://d-1234567890.awsapps.com/start", true),
        ("https://sign-in.example.com/start", false),
        ("https://app.nops.io/sso/v1/0/metadata", false),
    ] {
        rig.enter(Field::AccessPortalUrl, text).await?;
        assert_eq!(rig.fact(Field::AccessPortalUrl).as_deref(), Some(text));
        assert_eq!(!rig.codes().contains(&"link_kind".to_owned()), is_fine, "{text}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn copied_portal_link_opens_practice() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    rig.go_to_step(Step::DryRun).await?;
    let copied = rig.wizard.text(CopyableValue::Value { field: Field::AccessPortalUrl }).await?;
    assert!(copied.starts_with("http://127.0.0.1:"), "{copied}");
    assert!(rig.fact(Field::AccessPortalUrl).is_some_and(|url| url.starts_with("https://d-")));
    Ok(())
}

/// The user copies the addresses of practice pages from the browser as if they were AWS's pages.
#[tokio::test(flavor = "multi_thread")]
async fn addresses_of_practice_pages_are_read() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    connect(&rig).await?;
    let portal = rig.wizard.text(CopyableValue::Value { field: Field::AccessPortalUrl }).await?;
    let (base, _) = portal.split_once("/at/").ok_or("no practice address")?;
    let console = format!("{base}/at/us-east-1.console.aws.amazon.com/singlesignon");
    rig.act(StepAction::Paste { text: Secret::new(format!("{console}/settings")), html: None })
        .await?;
    assert!(!rig.codes().contains(&"link_not_used".to_owned()), "{:?}", rig.codes());
    rig.go_to_step(Step::Application).await?;
    let instance = rig.fact(Field::InstanceArn).ok_or("no instance")?;
    let instance = instance.rsplit('/').next().ok_or("no instance")?;
    let id = "e84952ff981c19e8";
    let page = format!("applications/{id}?saved=application#/instances/{instance}/ins-{id}");
    rig.enter(Field::IdpLink, &format!("{console}/{page}")).await?;
    let arn = rig.fact(Field::ApplicationArn);
    assert!(arn.as_ref().is_some_and(|arn| arn.ends_with(&format!("apl-{id}"))), "{arn:?}");
    assert!(!rig.codes().contains(&"link_kind".to_owned()), "{:?}", rig.codes());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn display_name_is_not_accepted_as_tester() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    rig.go_to_step(Step::DryRun).await?;
    for (who, is_user_name) in
        [("Dana Whitfield", false), ("dana.whitfield@example.com", true), ("Dana W", false)]
    {
        let before = rig.fact(Field::Tester);
        let is_first = before.is_none();
        rig.act(DryRunAction::ChooseTester { who: who.to_owned() }).await?;
        let expect = if is_user_name { Some(who.to_owned()) } else { before };
        assert_eq!(rig.fact(Field::Tester), expect, "{who}");
        let is_reported = rig.codes().contains(&"tester_not_user_name".to_owned());
        assert_eq!(is_reported, !is_user_name && is_first, "{who}");
    }
    Ok(())
}
