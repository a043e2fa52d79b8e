//! Values that are typed, pasted or dropped. No value is lost without a message. If a page of AWS
//! or nOps has a wrong value, the finding stays until that page shows the right value.

use acceptance::{
    Result, corpus::cert_factory::CertificateFactory, ensure, harness::Harness, steps,
};
use nops_sso_practice::Switches;
use session::{
    Secret,
    action::{ConnectionAction, SignInTestAction, StepAction, ValueAction},
    view::{CertificateView, SignInTestResult},
};
use setup::{Field, Finding, Fix, Severity, Step};

const ACS: &str = "https://app.nops.io/sso/v1/3f1c2a64-8b7e-4d52-9f0a-6c1d2e3b4a59/?acs";
const ENTITY_ID: &str = "https://app.nops.io/sso/v1/3f1c2a64-8b7e-4d52-9f0a-6c1d2e3b4a59/metadata";
const CONSOLE: &str = "console.aws.amazon.com/singlesignon/applications/home?region=us-east-1#/instances/0123456789abcdef/ins-fedcba9876543210";

fn found(rig: &Harness, code: &str) -> Vec<Finding> {
    rig.setup().findings.into_iter().filter(|finding| finding.code == code).collect()
}

/// Opens a setup that has no AWS access.
async fn by_hand(step: Step) -> Result<Harness> {
    let rig = Harness::start(Switches::default()).await?;
    rig.act(ConnectionAction::ByHand).await?;
    rig.go_to_step(step).await?;
    Ok(rig)
}

#[tokio::test(flavor = "multi_thread")]
async fn swapped_aws_addresses_stay_until_fixed() -> Result<()> {
    let rig = by_hand(Step::Application).await?;
    for (field, text) in [
        (Field::SpAcsUrl, ACS),
        (Field::SpEntityId, ENTITY_ID),
        (Field::AwsAcsUrl, ENTITY_ID),
        (Field::AwsAudience, ACS),
    ] {
        rig.enter(field, text).await?;
    }
    let findings = found(&rig, "aws_addresses_swapped");
    let fields: Vec<_> = findings.iter().map(|finding| finding.field).collect();
    assert_eq!(fields, [Some(Field::AwsAcsUrl), Some(Field::AwsAudience)]);
    for finding in &findings {
        ensure(matches!(finding.fix, Some(Fix::Copy { .. })), || format!("{finding:?}"))?;
        assert_eq!(finding.recheck, finding.field, "the same value is entered again");
        ensure(finding.expected.is_some() && finding.received.is_some(), || {
            format!("{finding:?}")
        })?;
    }
    let swap = ValueAction::Swap { a: Field::AwsAcsUrl, b: Field::AwsAudience };
    ensure(rig.act(swap).await.is_err(), || "the recorded AWS value changed".to_owned())?;
    assert_eq!(found(&rig, "aws_addresses_swapped").len(), 2);

    rig.enter(Field::AwsAcsUrl, ACS).await?;
    rig.enter(Field::AwsAudience, ENTITY_ID).await?;
    assert_eq!(rig.codes(), Vec::<String>::new());

    // If the user pastes two values from nOps into the wrong fields, the wizard can swap them.
    rig.enter(Field::SpAcsUrl, ENTITY_ID).await?;
    rig.enter(Field::SpEntityId, ACS).await?;
    rig.act(ValueAction::Swap { a: Field::SpAcsUrl, b: Field::SpEntityId }).await?;
    assert_eq!(rig.fact(Field::SpAcsUrl).as_deref(), Some(ACS));
    assert_eq!(rig.codes(), Vec::<String>::new());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn fixes_never_edit_page_values() -> Result<()> {
    let rig = by_hand(Step::Details).await?;
    let link = "https://portal.sso.us-east-1.amazonaws.com/saml";
    let token = "MTIzNDU2Nzg5MDEyX2lucy1mZWRjYmE5ODc2NTQzMjEw";
    let wrong = [
        format!("{link}/metadata/{token}"),
        format!("{link}/assertion/{}", &token[..30]),
        format!("{link}/assertion/{token}{link}/assertion/{token}"),
        format!("https://PORTAL.sso.us-east-1.amazonaws.com/saml/assertion/{token}"),
        format!("https://portal.sso.us-east-1.api.aws/saml/assertion/{token}"),
        ACS.to_owned(),
        ACS.replace("https", "http"),
        ACS.replace("app.", "partners."),
        "not a link".to_owned(),
    ];
    let seen = [
        (Field::AwsAcsUrl, Field::SpAcsUrl, ENTITY_ID.to_owned()),
        (Field::AwsAudience, Field::SpEntityId, ENTITY_ID.to_owned()),
        (Field::NopsIssuerUrl, Field::IdpEntityId, format!("{link}/assertion/{token}")),
        (Field::NopsSsoEndpoint, Field::IdpSsoUrl, format!("{link}/assertion/{token}")),
    ];
    for origin_known in [false, true] {
        for (field, origin, right) in &seen {
            if origin_known {
                rig.enter(*origin, right).await?;
            }
            for text in &wrong {
                rig.enter(*field, text).await?;
                for finding in rig.setup().findings.iter().filter(|one| one.field == Some(*field)) {
                    let edits =
                        matches!(finding.fix, Some(Fix::UseValue { .. } | Fix::Swap { .. }));
                    ensure(!edits, || format!("{text}: {finding:?}"))?;
                    let both = finding.expected.is_some() && finding.received.is_some();
                    ensure(both || !origin_known, || format!("{text}: {finding:?}"))?;
                }
            }
            rig.act(ValueAction::Clear { field: *field }).await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn console_link_reports_found_and_missing_values() -> Result<()> {
    let rig = by_hand(Step::Application).await?;
    let link = format!("https://us-east-1.{CONSOLE}");
    rig.enter(Field::IdpLink, &link).await?;
    let [lacks] = &found(&rig, "console_link_lacks")[..] else {
        return Err(format!("{:?}", rig.codes()).into());
    };
    assert_eq!(lacks.params["lacks"], "account");
    let filled = rig.setup().filled.ok_or("nothing was placed")?;
    assert_eq!((filled.from, filled.fields[0]), (Some(Field::IdpLink), Field::AwsRegion));
    assert_eq!(rig.fact(Field::ApplicationArn), None);

    // A multi-session console link has its account in the host name.
    let link = format!("https://123456789012-abcdefgh.us-east-1.{CONSOLE}");
    rig.enter(Field::IdpLink, &link).await?;
    let arn = "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-fedcba9876543210";
    assert_eq!(rig.fact(Field::ApplicationArn).as_deref(), Some(arn));
    assert_eq!(rig.fact(Field::AwsAccountId).as_deref(), Some("123456789012"));
    assert_eq!(found(&rig, "console_link_lacks"), []);
    let filled = rig.setup().filled.ok_or("nothing was placed")?;
    ensure(filled.fields.contains(&Field::ApplicationArn), || format!("{filled:?}"))?;
    ensure(rig.fact(Field::IdpEntityId).is_some(), || "the issuer is missing".to_owned())?;

    // In step 2, the user pastes the link outside a field, and the wizard uses only its account.
    let rig = by_hand(Step::Connect).await?;
    paste(&rig, "https://us-east-1.console.aws.amazon.com/singlesignon/home").await?;
    let [lacks] = &found(&rig, "console_link_lacks")[..] else {
        return Err(format!("{:?}", rig.codes()).into());
    };
    assert_eq!(lacks.step, Step::Connect);
    let filled = rig.setup().filled.ok_or("nothing was placed")?;
    assert_eq!(filled.fields, [Field::AwsRegion]);
    rig.enter(Field::AwsAccountId, "123456789012").await?;
    paste(&rig, &format!("https://us-east-1.{CONSOLE}")).await?;
    assert_eq!(rig.fact(Field::ApplicationArn).as_deref(), Some(arn));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_paste_gets_a_reply() -> Result<()> {
    for step in [Step::Connect, Step::Addresses, Step::Application, Step::Mappings, Step::Details] {
        let rig = by_hand(step).await?;
        for text in [
            "nothing of the kind",
            "https://example.com/",
            "https://d-9067abcdef.awsapps.com/start",
            "https://us-east-1.signin.aws.amazon.com/platform/saml/d-9067abcdef",
            "https://console.aws.amazon.com/",
            "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIz",
            "arn:aws:iam::123456789012:role/Admin",
            "https://app.nops.io/v3/settings?tab=SSO",
            "d-9067abcdef",
            "Subject\t${user:email}\temailAddress",
            "${user:email}\temailAddress",
            ACS,
        ] {
            paste(&rig, text).await?;
            let setup = rig.setup();
            let said = setup.findings.iter().any(|finding| {
                let answers = ["link_not_used", "console_link_lacks", "page_without_values"];
                let code = finding.code.as_str();
                finding.step == step && (answers.contains(&code) || code.starts_with("reading-"))
            });
            ensure(said || setup.filled.is_some(), || format!("{text} in {step:?}"))?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unusual_certificate_warns_until_kept() -> Result<()> {
    let workshop = CertificateFactory::open()?;
    workshop.openssl(&[
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "wiki.key",
        "-out",
        "wiki.pem",
        "-days",
        "365",
        "-config",
        "plain.cnf",
        "-subj",
        "/CN=wiki.example.com",
    ])?;
    let rig = by_hand(Step::Application).await?;
    rig.import("nOps_certificate.pem", &workshop.own.pem).await?;
    assert!(!doubtful(&rig)?, "this is AWS's own value");
    rig.import("wiki.pem", workshop.read("wiki.pem")?).await?;
    let [unlike] = &found(&rig, "certificate_unlike_aws")[..] else {
        return Err(format!("{:?}", rig.codes()).into());
    };
    assert_eq!(unlike.severity, Severity::Warning);
    assert_eq!(unlike.params["subject"], "CN=wiki.example.com");
    assert_eq!(unlike.params["kind"], "own");
    ensure(unlike.can_keep, || "the value can't be kept".to_owned())?;
    assert!(doubtful(&rig)?);
    rig.act(ValueAction::Keep { field: Field::IdpCertificate }).await?;
    assert!(!doubtful(&rig)?);
    let kept = found(&rig, "certificate_unlike_aws");
    ensure(kept[0].kept && !kept[0].can_keep, || format!("{kept:?}"))?;
    Ok(())
}

fn doubtful(rig: &Harness) -> Result<bool> {
    let mut cards = rig.setup().certificates.into_iter();
    let card: CertificateView =
        cards.find(|card| card.field == Field::IdpCertificate).ok_or("no certificate")?;
    Ok(card.doubtful)
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_in_error_is_one_finding() -> Result<()> {
    let rig = Harness::start(Switches::default()).await?;
    steps::connect(&rig).await?;
    rig.go_to_step(Step::SignInTests).await?;
    let tell = |error: Option<&str>| SignInTestAction::SignInTest {
        test: Field::TestFromPortal,
        result: SignInTestResult::Failed,
        error: error.map(|error| Secret::new(error.to_owned())),
    };
    rig.act(tell(None)).await?;
    assert_eq!(found(&rig, "sign_in_test_failed").len(), 1);
    rig.act(tell(Some("There is no AttributeStatement on the Response"))).await?;
    let findings: Vec<Finding> =
        rig.setup().findings.into_iter().filter(|one| one.step == Step::SignInTests).collect();
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["shown_no_attributes"]);
    Ok(())
}

async fn paste(rig: &Harness, text: &str) -> Result<()> {
    let text = Secret::new(text.to_owned());
    Ok(rig.act(StepAction::Paste { text, html: None }).await?)
}
