//! Links, ARNs and IDs like those that users copy, each with its expected classification.

use crate::Result;
use identifiers::{ApplicationArn, PortalToken};

/// The application of every AWS link in this corpus.
pub const ARN: &str =
    "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-fedcba9876543210";
/// The organization ID in every nOps link of this corpus.
pub const TENANT: &str = "0b7acc21-5a34-4d1e-9a55-1f6f0b7c2d10";

/// Pasted text and its expected classification.
#[derive(Debug, Clone)]
pub struct LinkSample {
    pub text: String,
    /// The expected classification tag.
    pub is: &'static str,
    /// Further facts by name, such as `region`.
    pub facts: Vec<(&'static str, String)>,
}

impl LinkSample {
    fn new(text: impl Into<String>, is: &'static str) -> Self {
        Self { text: text.into(), is, facts: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, value.into()));
        self
    }
}

/// Regions, each with its host suffix and its dual-stack host suffix.
const REGIONS: [(&str, &str, &str); 8] = [
    ("us-east-1", "amazonaws.com", "api.aws"),
    ("eu-west-3", "amazonaws.com", "api.aws"),
    ("ap-southeast-2", "amazonaws.com", "api.aws"),
    ("mx-central-1", "amazonaws.com", "api.aws"),
    ("us-gov-west-1", "amazonaws.com", "api.aws"),
    ("us-gov-east-1", "amazonaws.com", "api.aws"),
    ("cn-north-1", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
    ("eusc-de-east-1", "amazonaws.eu", "api.amazonwebservices.eu"),
];

/// Returns all links of the corpus.
///
/// # Errors
/// Returns an error if the sample ARN doesn't parse.
pub fn links() -> Result<Vec<LinkSample>> {
    let token = PortalToken::encode(&ARN.parse::<ApplicationArn>()?).to_string();
    let mut all = portal(&token);
    all.extend(decorated_links(&token));
    all.extend(amazon());
    all.extend(nops());
    all.extend(samples(&token));
    all.extend(truncated_and_repeated_links(&token));
    all.extend(other_links(&token));
    Ok(all)
}

/// Returns every link of an application, for each kind of Region.
fn portal(token: &str) -> Vec<LinkSample> {
    let kinds = [("assertion", "sign_in"), ("logout", "sign_out"), ("metadata", "metadata")];
    let mut all = Vec::new();
    for (region, classic, dual) in REGIONS {
        for (path, kind) in kinds {
            for (end, family) in [(classic, "classic"), (dual, "dual_stack")] {
                all.push(
                    LinkSample::new(
                        format!("https://portal.sso.{region}.{end}/saml/{path}/{token}"),
                        "portal",
                    )
                    .with("kind", kind)
                    .with("region", region)
                    .with("family", family)
                    .with("account", "123456789012")
                    .with("whole", "true")
                    .with("exact", "true"),
                );
            }
        }
    }
    all
}

/// Returns one link, with the extra text that mail programs, chats, tables and manual edits add to
/// it.
fn decorated_links(token: &str) -> Vec<LinkSample> {
    let link = format!("https://portal.sso.us-east-1.amazonaws.com/saml/assertion/{token}");
    let (front, back) = link.split_at(60);
    let clean = |text: String| {
        LinkSample::new(text, "portal")
            .with("kind", "sign_in")
            .with("text", link.as_str())
            .with("exact", "true")
    };
    let inexact = |text: String| {
        LinkSample::new(text, "portal").with("kind", "sign_in").with("exact", "false")
    };
    vec![
        clean(format!(" {link}")),
        clean(format!("{link}\r\n")),
        clean(format!("\t{link}\t")),
        clean(format!("\u{a0}{link}\u{a0}")),
        clean(format!("\u{200b}{link}\u{feff}")),
        clean(format!("\u{202a}{link}\u{202c}")),
        clean(format!("\"{link}\"")),
        clean(format!("'{link}'")),
        clean(format!("“{link}”")),
        clean(format!("„{link}“")),
        clean(format!("«{link}»")),
        clean(format!("`{link}`")),
        clean(format!("<{link}>")),
        clean(format!("({link})")),
        clean(format!("{link}.")),
        clean(format!("{link},")),
        clean(format!("{link};")),
        clean(format!("{link}\"")),
        clean(format!("{front}\n{back}")),
        clean(format!("{front}\r\n    {back}\r\n")),
        clean(format!("IAM Identity Center SAML issuer URL\n{link}")),
        clean(format!("Issuer URL: {link}")),
        clean(format!("Please use {link} as the issuer")),
        clean(format!("[issuer]({link})")),
        clean(format!("<a href=\"{link}\">issuer</a>")),
        clean(format!("issuer = \"{link}\"")),
        clean(format!("| Issuer | {link} |")),
        inexact(format!("{link}/")),
        inexact(format!("{link}?x=1")),
        inexact(format!("{link}#top")),
        inexact(link.replacen("https", "http", 1)),
        inexact(link.replacen("https", "HTTPS", 1)),
        inexact(link.replacen("portal.sso", "Portal.SSO", 1)),
        inexact(link.replacen(".com/", ".com:443/", 1)),
        inexact(link.replacen(".com/", ".com./", 1)),
        inexact(link.replacen("https://", "", 1)),
        inexact(link.replacen("https://", "//", 1)),
    ]
}

/// Returns samples of the AWS addresses and identifiers that the functions above don't cover.
fn amazon() -> Vec<LinkSample> {
    let console = |text: &str, region: &str| {
        LinkSample::new(text, "console").with("region", region).with("identity_center", "true")
    };
    vec![
        LinkSample::new(ARN, "application_arn").with("arn", ARN),
        LinkSample::new(format!(" {ARN}\n"), "application_arn"),
        LinkSample::new(format!("Application ARN: {ARN}"), "application_arn"),
        LinkSample::new(ARN.replace("aws:", "aws-us-gov:"), "application_arn"),
        LinkSample::new(ARN.replace("0123456789abcdef", "0A23456789zzzzzz"), "application_arn"),
        LinkSample::new("arn:aws:sso:::instance/ssoins-0123456789abcdef", "instance_arn"),
        LinkSample::new("arn:aws-cn:sso:::instance/ssoins-0123456789abcdef", "instance_arn"),
        LinkSample::new("arn:aws:iam::123456789012:role/Admin", "other_arn").with("service", "iam"),
        LinkSample::new("arn:aws:iam::123456789012:saml-provider/nOps", "other_arn"),
        LinkSample::new("arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef", "other_arn"),
        LinkSample::new("arn:aws:identitystore::123456789012:identitystore/d-9067abcdef", "other_arn"),
        LinkSample::new("d-9067abcdef", "identity_store"),
        LinkSample::new("123456789012", "account"),
        LinkSample::new("1234-5678-9012", "account"),
        console("https://us-east-1.console.aws.amazon.com/singlesignon/home?region=us-east-1", "us-east-1"),
        console("https://eu-west-1.console.aws.amazon.com/singlesignon/home?region=eu-west-1#!/instances/0123456789abcdef/users", "eu-west-1").with("instance_id", "0123456789abcdef"),
        console("https://us-east-1.console.aws.amazon.com/singlesignon/applications/home?region=us-east-1#/instances/0123456789abcdef/ins-fedcba9876543210", "us-east-1").with("application_id", "fedcba9876543210"),
        console("https://123456789012-abcd1234.us-east-1.console.aws.amazon.com/singlesignon/home?region=us-east-1", "us-east-1"),
        console("https://us-gov-west-1.console.amazonaws-us-gov.com/singlesignon/home?region=us-gov-west-1", "us-gov-west-1"),
        console("https://cn-north-1.console.amazonaws.cn/singlesignon/home?region=cn-north-1", "cn-north-1"),
        LinkSample::new("https://console.aws.amazon.com/iam/home", "console").with("identity_center", "false"),
        LinkSample::new("https://d-9067abcdef.awsapps.com/start", "access_portal").with("name", "d-9067abcdef"),
        LinkSample::new("https://d-9067abcdef.awsapps.com/start/#/?tab=applications", "access_portal"),
        LinkSample::new("https://example-corp.awsapps.com/start/", "access_portal").with("name", "example-corp"),
        LinkSample::new("https://d-9067abcdef.awsapps.com/start/#/saml/default/nOps/ins-fedcba9876543210", "access_portal"),
        LinkSample::new("https://ssoins-0123456789abcdef.eu-west-1.portal.amazonaws.com", "access_portal"),
        LinkSample::new("https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws", "access_portal"),
        LinkSample::new("https://start.us-gov-home.awsapps.com/directory/example", "access_portal").with("name", "example"),
        LinkSample::new("https://start.cn-north-1.home.awsapps.cn/directory/d-9067abcdef", "access_portal").with("name", "d-9067abcdef"),
        LinkSample::new("https://us-east-1.signin.aws.amazon.com/platform/saml/d-9067abcdef", "inbound").with("directory", "d-9067abcdef"),
        LinkSample::new("https://us-east-1.signin.aws.amazon.com/platform/saml/acs/11111111-2222-3333-4444-555555555555", "inbound"),
        LinkSample::new("https://us-east-1.sso.signin.aws/platform/saml/d-9067abcdef", "inbound"),
        LinkSample::new("https://scim.us-east-1.amazonaws.com/abcdef12345-1234-1234-1234-123456789012/scim/v2/", "inbound"),
        LinkSample::new("https://signin.aws.amazon.com/saml", "other_aws"),
        LinkSample::new("https://identitycenter.amazonaws.com/ssoins-0123456789abcdef", "instance_issuer"),
        LinkSample::new("https://identitycenter.us-gov.amazonaws.com/ssoins-0123456789abcdef", "instance_issuer"),
        LinkSample::new("https://oidc.us-east-1.amazonaws.com", "other_aws"),
        LinkSample::new("https://docs.aws.amazon.com/singlesignon/latest/userguide/samlapps.html", "other_aws"),
    ]
}

/// Returns nOps's addresses in the form that its page shows, and the same addresses with missing or
/// changed endings.
fn nops() -> Vec<LinkSample> {
    let stem = format!("https://app.nops.io/sso/v1/{TENANT}");
    let at = |end: &str, is: &'static str| {
        LinkSample::new(format!("{stem}{end}"), is).with("tenant", TENANT)
    };
    vec![
        at("/?acs", "nops_acs"),
        at("/metadata", "nops_entity_id"),
        at("/?sso", "nops_shareable"),
        at("/login", "nops_shareable"),
        at("/", "nops_stem"),
        at("", "nops_stem"),
        at("/?", "nops_stem"),
        at("/acs", "nops_stem"),
        at("/?ACS", "nops_stem"),
        at("/?acs=", "nops_stem"),
        at("/?acs/", "nops_stem"),
        at("/?acss", "nops_stem"),
        at("/Metadata", "nops_stem"),
        at("/metadata.xml", "nops_stem"),
        at("/metadata?x=1", "nops_stem"),
        at("/metadatas", "nops_stem"),
        LinkSample::new(format!("ACS: {stem}/?acs"), "nops_acs").with("tenant", TENANT),
        LinkSample::new(format!("{stem}/?acs."), "nops_acs").with("text", format!("{stem}/?acs")),
        LinkSample::new(format!("{stem}/metadata."), "nops_entity_id")
            .with("text", format!("{stem}/metadata")),
        LinkSample::new(format!("{}/?acs", stem.replace("https", "http")), "nops_acs")
            .with("scheme", "http"),
        LinkSample::new(format!("{}/?acs", stem.replace("app.", "App.")), "nops_acs")
            .with("host", "App.nops.io"),
        LinkSample::new(format!("{}/?acs", stem.replace("app.", "www.app.")), "nops_acs"),
        LinkSample::new(format!("{}/?acs", stem.replace(".io", ".io:8443")), "nops_acs"),
        LinkSample::new(format!("{}/?acs", stem.replace("app.nops.io", "203.0.113.7")), "nops_acs"),
        LinkSample::new(
            format!("{}/?acs", stem.replace("app.nops.io", "sso.partner.example")),
            "nops_acs",
        ),
        LinkSample::new(format!("{}/metadata", stem.replace("https://", "")), "nops_entity_id"),
        LinkSample::new("https://app.nops.io/v3/settings?tab=SSO", "nops_other"),
        LinkSample::new("https://app.nops.io", "nops_other"),
        LinkSample::new("https://help.nops.io/docs/sso", "nops_other"),
    ]
}

/// Returns samples from help pages, which have a placeholder instead of the reader's own ID.
fn samples(token: &str) -> Vec<LinkSample> {
    let sample = |text: String| LinkSample::new(text, "help_page_sample");
    let nops = |id: &str| sample(format!("https://app.nops.io/sso/v1/{id}/?acs"));
    let aws = |token: &str| {
        sample(format!("https://portal.sso.us-east-1.amazonaws.com/saml/assertion/{token}"))
    };
    vec![
        nops("YYYYY"),
        nops("XXXXX"),
        nops("<id>"),
        nops("%3Cid%3E"),
        nops("{id}"),
        nops("{your-id}"),
        nops("[your id]".replace(' ', "-").as_str()),
        nops("$ID"),
        nops("your-id"),
        nops("your_client_id"),
        nops("example"),
        nops("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        nops("00000000-0000-0000-0000-000000000000"),
        nops("********"),
        aws("XXXXX"),
        aws("EXAMPLE"),
        aws("<token>"),
        aws(&"x".repeat(44)),
        sample(format!("https://portal.sso.<region>.amazonaws.com/saml/assertion/{token}")),
        sample(format!("https://portal.sso.REGION.amazonaws.com/saml/assertion/{token}")),
        sample(
            "arn:aws:sso::ACCOUNT:application/ssoins-XXXXXXXXXXXXXXXX/apl-XXXXXXXXXXXXXXXX"
                .to_owned(),
        ),
    ]
}

fn truncated_and_repeated_links(token: &str) -> Vec<LinkSample> {
    let issuer = format!("https://portal.sso.us-east-1.amazonaws.com/saml/assertion/{token}");
    let acs = format!("https://app.nops.io/sso/v1/{TENANT}/?acs");
    let entity = format!("https://app.nops.io/sso/v1/{TENANT}/metadata");
    let cut = |text: &str| LinkSample::new(text, "cut");
    let short = |length: usize| {
        LinkSample::new(&issuer[..issuer.len() - length], "portal").with("whole", "false")
    };
    vec![
        short(1),
        short(2),
        short(9),
        short(20),
        short(35),
        cut(&issuer[..issuer.len() - 44]),
        cut(&issuer[..issuer.len() - 48]),
        cut("https://portal.sso.us-east-1.amazonaws.com/"),
        cut("https://portal.sso.us-east-1.amazonaws.com"),
        cut("https://portal.sso.us-east-1.amazona"),
        cut("https://portal.sso.us-ea"),
        cut(&format!("{}…", &issuer[..70])),
        cut(&format!("{}...", &issuer[..70])),
        cut(&format!("{}…{}", &issuer[..60], &issuer[90..])),
        cut(&format!("{}…", &acs[..50])),
        cut("https://app.nops.io/sso/v1/0b7acc21…/?acs"),
        cut("https://app.nops.io/sso/v1/0b7acc21-5a34"),
        cut("https://app.nops.io/sso/v1/"),
        cut("https://app.nops.io/sso/v1"),
        cut(&acs[..acs.len() - 1]),
        cut(&entity[..entity.len() - 1]),
        cut(&entity[..entity.len() - 4]),
        cut(&ARN[..ARN.len() - 3]),
        cut("arn:aws:sso::123456789012:application/ssoins-0123456789abcdef"),
        cut("arn:aws:sso::123456789012:appli"),
        cut("arn:aws:sso:::instance/ssoins-0123"),
        LinkSample::new(format!("{issuer}{issuer}"), "doubled").with("once", issuer.as_str()),
        LinkSample::new(format!("{issuer}\n{issuer}"), "doubled").with("once", issuer.as_str()),
        LinkSample::new(format!("{acs} {acs}"), "doubled").with("once", acs.as_str()),
        LinkSample::new(format!("{acs}{acs}{acs}"), "doubled").with("once", acs.as_str()),
        LinkSample::new(format!("{ARN}{ARN}"), "doubled").with("once", ARN),
        LinkSample::new(format!("{acs}\n{entity}"), "several"),
        LinkSample::new(format!("{acs}{entity}"), "several"),
        LinkSample::new(format!("{acs}, {entity}"), "several"),
        LinkSample::new(format!("ACS {acs} and Entity ID {entity}"), "several"),
        LinkSample::new(format!("{issuer}https"), "portal").with("whole", "false"),
    ]
}

fn other_links(token: &str) -> Vec<LinkSample> {
    let issuer = format!("https://portal.sso.us-east-1.amazonaws.com/saml/assertion/{token}");
    let acs = format!("https://app.nops.io/sso/v1/{TENANT}/?acs");
    let wrapped = |text: String| LinkSample::new(text, "wrapped").with("inside", acs.as_str());
    let encoded = acs.replace(':', "%3A").replace('/', "%2F").replace('?', "%3F");
    let look_alike = |host: &str| {
        LinkSample::new(issuer.replacen("portal.sso.us-east-1.amazonaws.com", host, 1), "other_url")
    };
    vec![
        wrapped(format!(
            "https://nam02.safelinks.protection.outlook.com/?url={encoded}&data=05%7C02"
        )),
        wrapped(format!("https://www.google.com/url?q={encoded}&sa=D")),
        wrapped(format!("https://slack-redir.net/link?url={encoded}")),
        look_alike("portal.sso.us-east-1.amazonaws.com.evil.example"),
        look_alike("portal.sso.us-east-1.arnazonaws.com"),
        look_alike("portal-sso.us-east-1.amazonaws.com.evil.example"),
        look_alike("portal.sso.us-east-1.amazonaws.com@evil.example"),
        look_alike("evil.example/portal.sso.us-east-1.amazonaws.com"),
        look_alike("portal.sso.us-east-1.am\u{430}zonaws.com"),
        LinkSample::new("https://example.okta.com/app/exk1/sso/saml", "other_url"),
        LinkSample::new(
            "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/saml2",
            "other_url",
        ),
        LinkSample::new("ftp://example.com/metadata.xml", "other_url"),
        LinkSample::new("file:///home/ana/metadata.xml", "not_a_link"),
        LinkSample::new("ana@example.com", "not_a_link"),
        LinkSample::new("Hello", "not_a_link"),
        LinkSample::new("us-east-1", "not_a_link"),
        LinkSample::new("${user:email}", "not_a_link"),
        LinkSample::new("", "empty"),
        LinkSample::new(" \n\t", "empty"),
        LinkSample::new("\u{200b}", "empty"),
        LinkSample::new("\"\"", "empty"),
    ]
}
