//! AWS's error responses while connecting, and what step 2 shows for them.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    thread,
};

use acceptance::{
    Result,
    harness::Harness,
    proxy::{Fault, Proxy},
};
use identifiers::AccessPortal;
use identity_center::sign_in::{CompletionMethod, SignIn};
use serde_json::json;
use session::action::ConnectionAction;
use setup::{Finding, Fix};
use transport::Network;

use crate::{Judgment, Row, Words};

/// The source, the operation, AWS's error code, message and reason, the expected finding (code and
/// kind, with `copy` if a policy is offered), and words that the explanation must contain.
type Report = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const REPORTS: &[Report] = &[
    (
        "iam-identity-center-team#500 (B07)",
        "ListUsers",
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/IdentityCenterAdmin/ana is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:210987654321:key/11111111-2222-3333-4444-555555555555 because no resource-based policy allows the kms:Decrypt action",
        "KMS_ACCESS_DENIED",
        "actions_blocked/key",
        &[
            "arn:aws:kms:us-east-1:210987654321:key/11111111-2222-3333-4444-555555555555",
            "administrator of account 210987654321",
            "IdentityCenterAdmin",
        ],
    ),
    (
        "steampipe-plugin-aws#1879 (B08)",
        "ListInstances",
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/IdentityCenterAdmin/ana is not authorized to perform: sso:ListInstances on resource: * with an explicit deny in a service control policy",
        "",
        "actions_blocked/service_control",
        &["sso:ListInstances", "management account’s administrator", "continue without AWS access"],
    ),
    (
        "le-tf-infra-aws#874",
        "ListUsers",
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/Atlantis/1 is not authorized to perform: identitystore:ListUsers on resource: arn:aws:identitystore::123456789012:identitystore/d-1234567890 because no identity-based policy allows the identitystore:ListUsers action",
        "",
        "actions_denied/ copy",
        &["copy the policy and add it"],
    ),
    (
        "amazon.aws#537",
        "ListInstances",
        "AccessDeniedException",
        "",
        "",
        "actions_denied/ copy",
        &["copy the policy and add it"],
    ),
    (
        "modernisation-platform#11726",
        "ListGroups",
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/xsiam/xdr is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-2:123456789012:key/11111111-2222-3333-4444-555555555555 because no identity-based policy allows the kms:Decrypt action",
        "KMS_ACCESS_DENIED",
        "actions_denied/ copy",
        &["copy the policy and add it"],
    ),
    (
        "docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
        "ListGroups",
        "AccessDeniedException",
        "User: arn:aws:iam::123456789012:user/ana is not authorized to perform: identitystore:ListGroups with an explicit deny in a permissions boundary",
        "",
        "actions_blocked/boundary",
        &["permissions boundary of ana", "account 123456789012"],
    ),
    (
        "docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
        "ListGroups",
        "AccessDeniedException",
        "User: arn:aws:iam::123456789012:user/ana is not authorized to perform: identitystore:ListGroups on resource: * with an explicit deny in an identity-based policy",
        "",
        "actions_blocked/identity",
        &["adding the permission won’t help"],
    ),
    (
        "docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
        "ListGroups",
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/Admin/ana is not authorized to perform: identitystore:ListGroups because no session policy allows the identitystore:ListGroups action",
        "",
        "actions_blocked/session",
        &["session policy of this sign-in"],
    ),
    (
        "docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
        "ListGroups",
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/Admin/ana is not authorized to perform: identitystore:ListGroups on resource: arn:aws:identitystore::210987654321:identitystore/d-1234567890",
        "",
        "actions_blocked/account",
        &["belongs to account 210987654321", "credentials are for account 123456789012"],
    ),
    (
        "resource-control-policy-examples#18",
        "ListUsers",
        "AccessDeniedException",
        "User: arn:aws:sts::123456789012:assumed-role/Admin/ana is not authorized to perform: identitystore:ListUsers on resource: * with an explicit deny in a resource control policy",
        "",
        "actions_blocked/resource_control",
        &["resource control policy of your organization"],
    ),
    (
        "docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListUsers.html",
        "ListUsers",
        "AccessDeniedException",
        "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
        "KMS_ACCESS_DENIED",
        "actions_blocked/key",
        &["kms:Decrypt", "key’s administrator"],
    ),
    (
        "docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListUsers.html",
        "ListUsers",
        "ValidationException",
        "",
        "KMS_DISABLED",
        "actions_blocked/key",
        &["is disabled or pending deletion"],
    ),
    (
        "docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html",
        "GetCallerIdentity",
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        "",
        "connection_failed/",
        &["Copy all the keys again", "might not be enabled"],
    ),
    (
        "leapp#88",
        "GetCallerIdentity",
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided.",
        "",
        "connection_failed/",
        &["they don’t belong together"],
    ),
    (
        "go-aws-sso#150",
        "GetCallerIdentity",
        "ExpiredToken",
        "The security token included in the request is expired",
        "",
        "connection_failed/",
        &["sign-in has expired"],
    ),
    (
        "docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
        "GetCallerIdentity",
        "RegionDisabledException",
        "STS is not activated in this region for account:123456789012.",
        "",
        "connection_failed/",
        &["the Region isn’t enabled"],
    ),
];

/// The findings about AWS's answers.
const CODES: [&str; 3] = ["actions_denied", "actions_blocked", "connection_failed"];

async fn row(report: &Report, words: &Words) -> Result<Row> {
    let (source, operation, kind, message, reason, expected, holds) = *report;
    let proxy = Proxy::listen().await?;
    let members = json!({ "Message": message, "message": message, "Reason": reason });
    proxy.inject_fault(operation, Fault::Refused { status: 400, kind, members });
    let rig = Harness::start_with_proxy(proxy).await?;
    rig.act(ConnectionAction::ConnectPractice).await?;
    let view = rig.wait_until("the checks", |view| view.job.is_none()).await?;
    let about = |finding: &&Finding| CODES.contains(&finding.code.as_str());
    let found: Vec<&Finding> = view.findings.iter().filter(about).collect();
    let key = |finding: &&Finding| {
        let kind = finding.params.get("kind").map_or("", String::as_str);
        let copies = matches!(finding.fix, Some(Fix::Copy { .. }));
        format!("{}/{kind}{}", finding.code, if copies { " copy" } else { "" })
    };
    Ok(Row {
        source,
        judgment: Judgment::Right,
        expected: expected.to_owned(),
        found: found.iter().map(key).collect::<Vec<_>>().join(" "),
        holds: holds.to_vec(),
        shown: found.iter().map(|one| words.finding(one)).collect::<Vec<_>>().join(" "),
    })
}

/// Starts a browser sign-in at a portal where AWS refuses to register the app.
async fn sign_in_row(kind: &'static str, body: &'static str, words: &Words) -> Result<Row> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    let serving = thread::spawn(move || refuse_once(&listener, kind, body));
    let portal = AccessPortal {
        start_url: "https://d-1234567890.awsapps.com/start".to_owned(),
        region: "eu-west-1".to_owned(),
    };
    let sign_in = SignIn::open(portal, Some(&endpoint), &Network::default()).await?;
    let error = sign_in.start(CompletionMethod::Code).await.err().ok_or("the sign-in started")?;
    serving.join().map_err(|_| "the server failed")??;
    Ok(Row {
        source: "Connapse#413, leapp#388 (B19)",
        judgment: Judgment::Right,
        expected: "aws-unknown_portal".to_owned(),
        found: error.key(),
        holds: vec!["d-1234567890.awsapps.com", "in eu-west-1", "access portal URL and the Region"],
        shown: words.text(&error.key(), &error.params()),
    })
}

fn refuse_once(listener: &TcpListener, kind: &str, body: &str) -> std::io::Result<()> {
    let (mut stream, _) = listener.accept()?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().map_err(std::io::Error::other)?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    reader.read_exact(&mut vec![0; length])?;
    let count = body.len();
    write!(
        stream,
        "HTTP/1.1 400 Answer\r\ncontent-type: application/json\r\nx-amzn-ErrorType: {kind}\r\ncontent-length: {count}\r\nconnection: close\r\n\r\n{body}"
    )
}

pub async fn rows(words: &Words) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for report in REPORTS {
        rows.push(row(report, words).await?);
    }
    for (kind, body) in [
        (
            "InvalidClientMetadataException",
            "{\"error\": \"invalid_client_metadata\", \"error_description\": \"Issuer URL is not valid for this Region\"}",
        ),
        (
            "InvalidRequestException",
            "{\"error\": \"invalid_request\", \"error_description\": null}",
        ),
    ] {
        rows.push(sign_in_row(kind, body, words).await?);
    }
    Ok(rows)
}
