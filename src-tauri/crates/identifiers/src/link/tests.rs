use super::*;

const TENANT: &str = "0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10";
const ARN: &str =
    "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-fedcba9876543210";

fn token() -> String {
    PortalToken::encode(&ARN.parse().unwrap()).to_string()
}

/// Returns the serialized name of the link's variant.
fn is(text: &str) -> String {
    let link = serde_json::to_value(identify_link(text).link).unwrap();
    link["is"].as_str().unwrap().to_owned()
}

fn portal(text: &str) -> PortalLink {
    match identify_link(text).link {
        Link::Portal(link) => link,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn every_link_kind_is_identified() {
    let token = token();
    let check = |text: &str, expect: &str| assert_eq!(is(text), expect, "{text}");
    let host = "https://portal.sso.us-east-1.amazonaws.com";
    check(&format!("{host}/saml/assertion/{token}"), "portal");
    check(&format!("{host}/saml/logout/{token}"), "portal");
    check(&format!("{host}/saml/metadata/{token}"), "portal");
    check(&format!("portal.sso.us-east-1.amazonaws.com/saml/assertion/{token}"), "portal");
    check("https://d-9067abcdef.awsapps.com/start", "access_portal");
    check("https://acme.awsapps.com/start/#/", "access_portal");
    check("https://ssoins-0123456789abcdef.eu-west-1.portal.amazonaws.com", "access_portal");
    check("https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws", "access_portal");
    check("https://ssoins-0123456789abcdef.portal.eu-west-1.app.example", "other_url");
    check("https://start.cn-north-1.home.awsapps.cn/directory/d-9067abcdef", "access_portal");
    check("https://identitycenter.amazonaws.com/ssoins-0123456789abcdef", "instance_issuer");
    check("https://identitycenter.us-gov.amazonaws.com/ssoins-0123456789abcdef", "instance_issuer");
    check("https://identitycenter.amazonaws.com.cn/ssoins-0123456789abcdef", "instance_issuer");
    check("https://identitycenter.amazonaws.com/", "other_aws");
    check("https://identitycenter.example.com/ssoins-0123456789abcdef", "other_url");
    check("https://us-east-1.console.aws.amazon.com/singlesignon/home?region=us-east-1", "console");
    check("https://console.aws.amazon.com/", "console");
    check(ARN, "application_arn");
    check("arn:aws:sso:::instance/ssoins-0123456789abcdef", "instance_arn");
    check("arn:aws:iam::123456789012:role/Admin", "other_arn");
    check("arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef", "other_arn");
    check("d-9067abcdef", "identity_store");
    check("123456789012", "account");
    check("https://us-east-1.signin.aws.amazon.com/platform/saml/d-9067abcdef", "inbound");
    check(
        "https://us-east-1.signin.aws.amazon.com/platform/saml/acs/11111111-2222-3333-4444-555555555555",
        "inbound",
    );
    check(&format!("https://app.nops.io/sso/v1/{TENANT}/?acs"), "nops_acs");
    check(&format!("https://app.nops.io/sso/v1/{TENANT}/metadata"), "nops_entity_id");
    check(&format!("https://app.nops.io/sso/v1/{TENANT}/?sso"), "nops_shareable");
    check(&format!("https://app.nops.io/sso/v1/{TENANT}/login"), "nops_shareable");
    check(&format!("https://app.nops.io/sso/v1/{TENANT}/"), "nops_stem");
    check(&format!("https://app.nops.io/sso/v1/{TENANT}"), "nops_stem");
    check("https://app.nops.io/v3/settings?tab=SSO", "nops_other");
    check(&format!("https://sso.partner.example/sso/v1/{TENANT}/?acs"), "nops_acs");
    check("https://example.com/login", "other_url");
    check("ftp://example.com", "other_url");
    check("Hello", "not_a_link");
    check("ana@example.com", "not_a_link");
    check("", "empty");
    check("  ", "empty");
}

#[test]
fn imitated_aws_hosts_are_not_recognized() {
    let token = token();
    for host in [
        "portal.sso.us-east-1.amazonaws.com.example.com",
        "portal.sso.us-east-1.arnazonaws.com",
        "portal.sso.cn-north-1.amazonaws.com",
        "example.com/portal.sso.us-east-1.amazonaws.com",
        "console.aws.amazon.com.example.com",
        "evilawsapps.com",
    ] {
        assert_eq!(is(&format!("https://{host}/saml/assertion/{token}")), "other_url", "{host}");
    }
}

#[test]
fn help_page_samples_and_damaged_links_are_identified() {
    let token = token();
    let issuer = format!("https://portal.sso.us-east-1.amazonaws.com/saml/assertion/{token}");
    let acs = format!("https://app.nops.io/sso/v1/{TENANT}/?acs");
    let check = |text: &str, expect: &str| assert_eq!(is(text), expect, "{text}");
    check("https://app.nops.io/sso/v1/<id>/?acs", "help_page_sample");
    check("https://app.nops.io/sso/v1/YYYYY/metadata", "help_page_sample");
    check("https://portal.sso.us-east-1.amazonaws.com/saml/assertion/XXXXX", "help_page_sample");
    check("https://app.nops.io/sso/v1/{your-id}/?acs", "help_page_sample");
    check("https://portal.sso.us-east-1.amazonaws.com/saml/asser", "cut");
    check("https://portal.sso.us-east-1.amazonaws.com/saml/assertion/", "cut");
    check("https://portal.sso.us-east-1.amazonaws.com", "cut");
    check("https://portal.sso.us-ea", "cut");
    check(&issuer.replace(&token, &format!("{}…", &token[..20])), "cut");
    check(&ARN[..60], "cut");
    check("arn:aws", "cut");
    check("https://app.nops.io/sso/v1/", "cut");
    check("https://app.nops.io/sso/v1/0b7acc21-5a3", "cut");
    check(&format!("https://app.nops.io/sso/v1/{TENANT}/meta"), "cut");
    check(&format!("https://app.nops.io/sso/v1/{TENANT}/?ac"), "cut");
    check(&format!("{acs}{acs}"), "doubled");
    check(&format!("{acs}\n{acs}\n"), "doubled");
    check(&format!("{ARN} {ARN}"), "doubled");
    check(&format!("{acs} {issuer}"), "several");
    check("https://example.com/?to=https://example.org", "other_url");
}

#[test]
fn portal_link_parts_are_parsed() {
    let token = token();
    let link = portal(&format!("https://portal.sso.eu-west-1.api.aws/saml/logout/{token}"));
    assert_eq!(link.kind, PortalLinkKind::SignOut);
    assert_eq!(link.family, HostFamily::DualStack);
    assert_eq!(link.region.as_str(), "eu-west-1");
    assert!(link.whole && link.exact);

    let gov =
        portal(&format!("https://portal.sso.us-gov-west-1.amazonaws.com/saml/metadata/{token}"));
    assert_eq!(gov.partition.as_str(), "aws-us-gov");

    let cut = portal(&format!(
        "https://portal.sso.eu-west-1.amazonaws.com/saml/assertion/{}",
        &token[..31]
    ));
    assert!(!cut.whole);
    for odd in [
        format!("http://portal.sso.eu-west-1.amazonaws.com/saml/assertion/{token}"),
        format!("https://Portal.sso.eu-west-1.amazonaws.com/saml/assertion/{token}"),
        format!("https://portal.sso.eu-west-1.amazonaws.com:443/saml/assertion/{token}"),
        format!("https://portal.sso.eu-west-1.amazonaws.com/saml/assertion/{token}/"),
        format!("https://portal.sso.eu-west-1.amazonaws.com/saml/assertion/{token}?x=1"),
    ] {
        let link = portal(&odd);
        assert!(link.whole && !link.exact, "{odd}");
        assert_eq!(link.token.as_str(), token, "{odd}");
    }
}

#[test]
fn console_page_parts_are_parsed() {
    let check = |text: &str, expect: (Option<&str>, Option<&str>, Option<&str>)| {
        let Link::Console(page) = identify_link(text).link else { panic!("{text}") };
        let region = page.region.as_ref().map(Region::as_str);
        assert_eq!(
            (region, page.instance_id.as_deref(), page.application_id.as_deref()),
            expect,
            "{text}"
        );
    };
    let (instance, application) = (Some("0123456789abcdef"), Some("fedcba9876543210"));
    check(
        "https://us-east-1.console.aws.amazon.com/singlesignon/applications/home?region=us-east-1#/instances/0123456789abcdef/ins-fedcba9876543210",
        (Some("us-east-1"), instance, application),
    );
    check(
        "https://eu-west-1.console.aws.amazon.com/singlesignon/home#!/instances/0123456789abcdef/users",
        (Some("eu-west-1"), instance, None),
    );
    check("https://console.amazonaws-us-gov.com/singlesignon/home", (None, None, None));
}

#[test]
fn nops_link_is_kept_as_written() {
    let Link::NopsAcs(link) =
        identify_link(&format!("http://WWW.App.nOps.io:8443/sso/v1/{TENANT}/?acs")).link
    else {
        panic!()
    };
    assert_eq!(link.scheme, "http");
    assert_eq!(link.host, "WWW.App.nOps.io:8443");
    assert_eq!(link.tenant.as_str(), TENANT);
    assert!(!link.is_usual());
}

#[test]
fn unusual_text_is_identified_without_panic() {
    let samples =
        ["é", "arn:", "://", "https://", "https:///", "<", ">", "\"", "'", "…", "...", "{}", "<>"];
    for first in samples {
        for second in samples {
            let text = format!("{first}{second}");
            assert!(!is(&text).is_empty(), "{text:?}");
        }
    }
}
