//! Tests the real SDK against canned HTTP responses.

mod credential_process;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use aws_credential_types::provider::ProvideCredentials;
use secrecy::ExposeSecret;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::*;
use identifiers::{AccessDenied, AccessPortal};

const ARN: &str =
    "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef";
const INSTANCE: &str = "arn:aws:sso:::instance/ssoins-0123456789abcdef";

/// A fake AWS that sends these responses in order and records the requests.
pub(super) struct FakeAws {
    connection: Connection,
    asked: Arc<Mutex<Vec<String>>>,
}

impl FakeAws {
    pub(super) async fn start(answers: &[(u16, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answers: VecDeque<(u16, String)> =
            answers.iter().map(|(status, body)| (*status, (*body).to_owned())).collect();
        tokio::spawn(serve(listener, answers, Arc::clone(&asked)));
        let credentials = Credentials::Practice {
            endpoint,
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_access_key: SecretString::from("secret".to_owned()),
        };
        let connection = Connection::open(&credentials, None, &Network::default()).await.unwrap();
        Self { connection, asked }
    }

    pub(super) fn endpoint(&self) -> &str {
        self.connection.config.endpoint_url().unwrap()
    }

    pub(super) fn requests(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(
    listener: TcpListener,
    mut answers: VecDeque<(u16, String)>,
    asked: Arc<Mutex<Vec<String>>>,
) {
    while let Ok((mut stream, _)) = listener.accept().await {
        let Some((status, body)) = answers.pop_front() else {
            return;
        };
        let request = request(&mut stream).await;
        asked.lock().unwrap().push(request);
        let answer = format!(
            "HTTP/1.1 {status} Answer\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

/// Reads a request and returns its operation and body.
async fn request(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).await.unwrap();
        text.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let header = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let length: usize = header("content-length").map_or(0, |length| length.parse().unwrap());
        if body.len() >= length {
            let operation = header("x-amz-target").unwrap_or_default();
            return format!("{} {body}", operation.rsplit('.').next().unwrap_or_default());
        }
    }
}

fn refusal(kind: &str) -> String {
    format!(r#"{{"__type":"{kind}","message":"words"}}"#)
}

#[tokio::test]
async fn root_credentials_are_rejected() {
    let caller = |arn: &str| {
        format!(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>{arn}</Arn><UserId>x</UserId><Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>x</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
        )
    };
    let aws = FakeAws::start(&[
        (200, &caller("arn:aws:iam::123456789012:root")),
        (200, &caller("arn:aws:iam::123456789012:user/ana")),
    ])
    .await;
    assert_eq!(aws.connection.whoami().await, Err(AwsError::Root));
    assert_eq!(aws.connection.whoami().await.unwrap().account, "123456789012");
}

#[tokio::test]
async fn aws_error_codes_are_classified() {
    let cases = [
        ("AccessDeniedException", "denied"),
        ("com.amazonaws.swbexternalservice#ResourceNotFoundException", "not_found"),
        ("ConflictException", "conflict"),
        ("ValidationException", "validation"),
        ("ExpiredTokenException", "expired"),
        ("UnrecognizedClientException", "bad_credentials"),
        ("ServiceQuotaExceededException", "quota"),
        ("SomethingNewException", "other"),
    ];
    for (kind, expected) in cases {
        let aws = FakeAws::start(&[(400, &refusal(kind))]).await;
        let error = aws.connection.application(ARN).await.unwrap_err();
        assert_eq!(error.code(), expected, "{kind}");
        assert!(AwsError::CODES.contains(&error.code()));
    }
    let aws = FakeAws::start(&[(400, &refusal("AccessDeniedException"))]).await;
    let denied = AwsError::Denied { action: "sso:DescribeApplication".to_owned() };
    assert_eq!(aws.connection.application(ARN).await, Err(denied));
}

#[tokio::test]
async fn denials_are_classified_by_message() {
    let user =
        "User: arn:aws:sts::123456789012:assumed-role/Admin/ana is not authorized to perform:";
    let key = format!(
        "{user} kms:Decrypt on resource: arn:aws:kms:us-east-1:210987654321:key/1 because no resource-based policy allows the kms:Decrypt action"
    );
    let identity = key.replace("resource-based", "identity-based");
    let organization = format!(
        "{user} sso:DescribeApplication on resource: {ARN} with an explicit deny in a service control policy"
    );
    let missing = format!(
        "{user} sso:DescribeApplication because no identity-based policy allows the sso:DescribeApplication action"
    );
    let kms = r#","Reason":"KMS_ACCESS_DENIED""#;
    for (kind, message, more, expected) in [
        ("AccessDeniedException", missing.as_str(), "", "denied"),
        ("AccessDeniedException", "", "", "denied"),
        ("AccessDeniedException", &organization, "", "denied_by"),
        ("AccessDeniedException", &key, kms, "denied_by"),
        ("AccessDeniedException", &key, "", "denied_by"),
        ("AccessDeniedException", &identity, kms, "denied"),
        ("AccessDeniedException", "words", kms, "key"),
        ("AccessDeniedException", "words", r#","Reason":"KMS_AccessDeniedException""#, "key"),
        (
            "AccessDeniedException",
            "The ciphertext refers to a customer master key that you are not allowed to access",
            "",
            "key",
        ),
        ("ResourceNotFoundException", "words", r#","Reason":"KMS_NotFoundException""#, "key"),
        ("ValidationException", "words", r#","Reason":"KMS_DisabledException""#, "key"),
        (
            "ResourceNotFoundException",
            "words",
            r#","ResourceType":"IDENTITY_STORE""#,
            "wrong_region",
        ),
        ("ResourceNotFoundException", "words", r#","ResourceType":"USER""#, "not_found"),
        (
            "InvalidSignatureException",
            "Credential should be scoped to a valid region.",
            "",
            "wrong_region",
        ),
        ("OptInRequired", "words", "", "wrong_region"),
    ] {
        let body = format!(r#"{{"__type":"{kind}","Message":"{message}"{more}}}"#);
        let aws = FakeAws::start(&[(400, &body)]).await;
        let error = aws.connection.application(ARN).await.unwrap_err();
        assert_eq!(error.code(), expected, "{body}");
        let is_denied = kind == "AccessDeniedException";
        assert_eq!(error.is_denied(), is_denied, "{body}");
    }
}

#[tokio::test]
async fn denials_with_one_cause_are_one_problem() {
    let denied = |action: &str| {
        let message = format!(
            "User: arn:aws:sts::123456789012:assumed-role/Admin/ana is not authorized to perform: {action} with an explicit deny in a service control policy"
        );
        let error = AccessDenied::read(&message).unwrap();
        AwsError::DeniedBy { denial: Box::new(error) }
    };
    let aws = FakeAws::start(&[]).await;
    let preflight = Preflight {
        caller: CallerIdentity { account: "123456789012".to_owned(), arn: String::new() },
        organization: Err(denied("organizations:DescribeOrganization")),
        delegated_administrators: Err(AwsError::Denied {
            action: "organizations:ListDelegatedAdministrators".to_owned(),
        }),
        instances: Err(denied("sso:ListInstances")),
        instance: None,
        applications: None,
        users: None,
        groups: None,
        chosen: None,
        tls_certificate: None,
        connection: aws.connection,
    };
    assert_eq!(preflight.blocking_errors(), [&denied("organizations:DescribeOrganization")]);
    assert_eq!(preflight.denied(), ["organizations:ListDelegatedAdministrators"]);
}

#[tokio::test]
async fn only_throttled_writes_are_repeated() {
    let throttled = r#"{"__type":"ThrottlingException","Message":"slow","RetryAfterSeconds":0}"#;
    let aws =
        FakeAws::start(&[(400, throttled), (200, r#"{"UserId":"u-1","IdentityStoreId":"d-1"}"#)])
            .await;
    let person = people::NewPerson {
        given_name: "Ana".to_owned(),
        family_name: "Lima".to_owned(),
        email: "ana@example.com".to_owned(),
        user_name: String::new(),
    }
    .checked("p1".to_owned())
    .unwrap();
    assert_eq!(aws.connection.create_user("d-1234567890", &person).await.unwrap(), "u-1");
    let asked = aws.requests();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0], asked[1]);
    for part in [
        "CreateUser ",
        r#""UserName":"ana@example.com""#,
        r#""DisplayName":"Ana Lima""#,
        r#""GivenName":"Ana""#,
        r#""Primary":true"#,
    ] {
        assert!(asked[0].contains(part), "{part} in {}", asked[0]);
    }

    let aws = FakeAws::start(&[(500, &refusal("InternalServerException")), (200, "{}")]).await;
    let error = aws.connection.create_user("d-1234567890", &person).await.unwrap_err();
    assert!(error.is_outcome_unknown());
    assert_eq!(aws.requests().len(), 1, "the write may have been made");
}

#[tokio::test]
async fn read_is_repeated_after_server_error() {
    let user = r#"{"UserId":"u-1","IdentityStoreId":"d-1","UserArn":"arn","Revision":"1","UserName":"ana","UserStatus":"DISABLED","Emails":[{"Value":"old@example.com"},{"Value":"ana@example.com","Primary":true}],"ExternalIds":[{"Issuer":"https://scim.aws.com/1","Id":"x"}]}"#;
    let aws = FakeAws::start(&[(500, &refusal("InternalServerException")), (200, user)]).await;
    let user = aws.connection.user("d-1234567890", "u-1").await.unwrap();
    assert_eq!(user.email.as_deref(), Some("ana@example.com"));
    assert_eq!(user.state, people::UserState::Disabled);
    assert_eq!(user.provisioned_by.as_deref(), Some("https://scim.aws.com/1"));
}

#[tokio::test]
async fn application_lists_are_merged() {
    let application = |arn: &str, provider: &str| {
        format!(
            r#"{{"ApplicationArn":"{arn}","Name":"nOps","ApplicationProviderArn":"arn:aws:sso::aws:applicationProvider/{provider}","Status":"ENABLED","CreatedDate":1764000000.0,"CreatedFrom":"us-east-1"}}"#
        )
    };
    let first =
        format!(r#"{{"Applications":[{}],"NextToken":"more"}}"#, application(ARN, "custom-saml"));
    let second = format!(r#"{{"Applications":[{}]}}"#, application("arn:other", "custom"));
    let own = format!(r#"{{"Applications":[{}]}}"#, application(ARN, "custom-saml"));
    let aws = FakeAws::start(&[(200, &first), (200, &second), (200, &own)]).await;
    let applications = aws.connection.applications(INSTANCE, "123456789012").await.unwrap().listed;
    let kinds: Vec<&str> =
        applications.iter().map(|application| application.kind.as_str()).collect();
    assert_eq!(kinds, ["saml", "oauth"], "sorted by ARN");
    assert_eq!(applications[1].created.unwrap().as_second(), 1_764_000_000);
    assert!(aws.requests()[1].contains("more"), "the second page is requested");
    assert!(aws.requests()[2].contains("ApplicationAccount"));

    let denied = refusal("AccessDeniedException");
    let aws = FakeAws::start(&[(400, &denied), (200, &own)]).await;
    let own = aws.connection.applications(INSTANCE, "123456789012").await.unwrap();
    assert_eq!((own.listed.len(), own.unseen), (1, Vec::new()));
    let aws = FakeAws::start(&[(400, &denied), (400, &denied)]).await;
    let error = aws.connection.applications(INSTANCE, "123456789012").await.unwrap_err();
    assert_eq!(error.code(), "denied");
}

#[tokio::test]
async fn rejected_region_scope_lists_own_region() {
    let instance = format!(
        r#"{{"Instances":[{{"InstanceArn":"{INSTANCE}","IdentityStoreId":"d-1234567890","OwnerAccountId":"123456789012","Status":"ACTIVE","PrimaryRegion":"us-east-1","Regions":[{{"RegionName":"us-east-1"}},{{"RegionName":"eu-west-1"}}]}}]}}"#
    );
    let aws = FakeAws::start(&[(400, &refusal("ValidationException")), (200, &instance)]).await;
    let instances = aws.connection.instances().await.unwrap();
    assert_eq!(instances[0].other_regions, Some(vec!["eu-west-1".to_owned()]));
    assert!(aws.requests()[0].contains("ALL_REGIONS"));
    assert!(!aws.requests()[1].contains("ALL_REGIONS"));
}

#[tokio::test]
async fn closed_port_is_unreachable_with_known_outcome() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let credentials = Credentials::Practice {
        endpoint,
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: SecretString::from("secret".to_owned()),
    };
    let connection = Connection::open(&credentials, None, &Network::default()).await.unwrap();
    let error = connection.delete_user("d-1234567890", "u-1").await.unwrap_err();
    let expected =
        AwsError::Unreachable { host: "127.0.0.1".to_owned(), reason: UnreachableReason::Refused };
    assert_eq!(error, expected);
    assert!(!error.is_outcome_unknown());
}

/// An expired token is renewed once without the user, and the new token is passed on.
#[tokio::test]
async fn expired_token_is_renewed_or_reported() {
    let kept = |refresh: &str| {
        let text = format!(
            r#"{{"access":"old","refresh":{refresh},"expires":"2026-01-01T00:00:00Z","client_id":"c","client_secret":"s","client_expires":"9999-01-01T00:00:00Z"}}"#
        );
        sign_in::SignInToken::from_secret(&SecretString::from(text)).unwrap()
    };
    let caller = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/Admin/ana</Arn><UserId>x</UserId><Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>x</RequestId></ResponseMetadata></GetCallerIdentityResponse>";
    let renewed =
        r#"{"accessToken":"new","tokenType":"Bearer","expiresIn":28800,"refreshToken":"next"}"#;
    let keys = r#"{"roleCredentials":{"accessKeyId":"ASIAIOSFODNN7EXAMPLE","secretAccessKey":"s","sessionToken":"t","expiration":4000000000000}}"#;
    let aws = FakeAws::start(&[(200, renewed), (200, keys), (200, caller)]).await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let portal = AccessPortal {
        start_url: "https://d-1234567890.awsapps.com/start".to_owned(),
        region: "us-east-1".to_owned(),
    };
    let access = |token, endpoint: &str, heard: &Arc<Mutex<Vec<String>>>| {
        let heard = Arc::clone(heard);
        let hear = move |token: &sign_in::SignInToken| {
            let secret = token.to_secret();
            heard.lock().unwrap().push(secret.expose_secret().to_owned());
        };
        Credentials::Role(RoleAccess::new(
            portal.clone(),
            "123456789012".to_owned(),
            "Admin".to_owned(),
            Some(endpoint.to_owned()),
            token,
            hear,
        ))
    };
    let endpoint = aws.connection.config.endpoint_url().unwrap().to_owned();
    let credentials = access(kept(r#""again""#), &endpoint, &heard);
    let connection = Connection::open(&credentials, None, &Network::default()).await.unwrap();
    assert!(connection.whoami().await.unwrap().arn.ends_with("/ana"));
    assert!(aws.requests()[0].contains(r#""refreshToken":"again""#));
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.len(), 1);
    assert!(heard[0].contains(r#""next""#));

    let ended = access(kept("null"), &endpoint, &Arc::default());
    let connection = Connection::open(&ended, None, &Network::default()).await.unwrap();
    assert_eq!(connection.whoami().await, Err(AwsError::Expired));
}

pub(super) const ASSUMED: &str = "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>x</RequestId></ResponseMetadata></AssumeRoleResponse>";
pub(super) const WRONG_CODE: &str = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error><RequestId>x</RequestId></ErrorResponse>";

/// An MFA code is used in only one call: the call that assumes the role that requires the code,
/// signed with the preceding keys.
#[tokio::test]
async fn mfa_code_is_used_once() {
    use aws_config::provider_config::ProviderConfig;

    let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    let contents = format!(
        "[profile mfa]\nrole_arn = arn:aws:iam::123456789012:role/Admin\nsource_profile = ana\nmfa_serial = arn:aws:iam::123456789012:mfa/ana\nexternal_id = nops\n[profile own]\nrole_arn = arn:aws:iam::123456789012:role/Own\nsource_profile = own\nmfa_serial = arn:aws:iam::123456789012:mfa/ana\n{keys}[profile after]\nrole_arn = arn:aws:iam::210987654321:role/Second\nsource_profile = mfa\n[profile ana]\n{keys}"
    );
    let configuration = Configuration::from_texts(&contents, "", &[]).await;
    let code = SecretString::from("123456".to_owned());
    let environment = &configuration.environment;
    let base = ProviderConfig::without_region();
    for (profile, answers, roles) in [
        ("mfa", vec![(200, ASSUMED)], vec!["role%2FAdmin"]),
        ("own", vec![(200, ASSUMED)], vec!["role%2FOwn"]),
        ("after", vec![(200, ASSUMED), (200, ASSUMED)], vec!["role%2FAdmin", "role%2FSecond"]),
    ] {
        let aws = FakeAws::start(&answers).await;
        let chain = chain::CredentialChain::resolve(&configuration, profile).unwrap();
        let config = &aws.connection.config;
        let given =
            key_providers::provider_for_chain(&chain, Some(&code), environment, &base, config)
                .await
                .unwrap();
        assert!(given.code_expiry.is_some(), "the expiry is known");
        given.provider.provide_credentials().await.unwrap();
        let asked = aws.requests();
        assert_eq!(asked.len(), roles.len(), "{profile}");
        for (asked, role) in asked.iter().zip(roles) {
            assert!(asked.contains(role), "{role} in {asked}");
        }
        for part in ["TokenCode=123456", "mfa%2Fana"] {
            assert!(asked[0].contains(part), "{part} in {}", asked[0]);
        }
        assert!(!asked[1..].iter().any(|asked| asked.contains("TokenCode")), "{profile}");
    }
    let aws = FakeAws::start(&[(403, WRONG_CODE)]).await;
    let chain = chain::CredentialChain::resolve(&configuration, "mfa").unwrap();
    let config = &aws.connection.config;
    let wrong =
        key_providers::provider_for_chain(&chain, Some(&code), environment, &base, config).await;
    assert_eq!(wrong.err(), Some(AwsError::WrongCode));
    let without = key_providers::provider_for_chain(&chain, None, environment, &base, config).await;
    assert_eq!(without.err(), Some(AwsError::CodeNeeded));
    assert_eq!(aws.requests().len(), 1, "no call without the code");
}

#[test]
fn debug_output_hides_credentials() {
    let credentials = Credentials::Keys {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: SecretString::from("canary".to_owned()),
        session_token: Some(SecretString::from("canary".to_owned())),
    };
    assert!(!format!("{credentials:?}").contains("canary"));
}

#[tokio::test]
async fn events_are_looked_up_by_name() {
    let event = |at: &str| {
        let record = format!(r#"{{\"eventTime\":\"{at}\"}}"#);
        format!(r#"{{"EventName":"Federate","Username":"ana","CloudTrailEvent":"{record}"}}"#)
    };
    let first = format!(r#"{{"Events":[{}],"NextToken":"more"}}"#, event("2026-11-24T09:00:00Z"));
    // An event is skipped if its record can't be read.
    let second =
        format!(r#"{{"Events":[{},{{"EventName":"Federate"}}]}}"#, event("2026-11-24T08:00:00Z"));
    let aws = FakeAws::start(&[(200, &first), (200, &second)]).await;
    let since: Timestamp = "2026-11-24T06:00:00Z".parse().unwrap();
    let events = aws.connection.logged_events(EventName::Federate, since, 5).await.unwrap();
    let times: Vec<String> = events.iter().map(|event| event.at.to_string()).collect();
    assert_eq!(times, ["2026-11-24T09:00:00Z", "2026-11-24T08:00:00Z"]);
    assert_eq!(events[0].actor_name(), Some("ana"));
    let asked = aws.requests();
    assert_eq!(asked.len(), 2);
    for part in ["LookupEvents ", r#""AttributeValue":"Federate""#, r#""StartTime":1795500000"#] {
        assert!(asked[0].contains(part), "{part} in {}", asked[0]);
    }
    assert!(!asked[0].contains("NextToken") && asked[1].contains(r#""NextToken":"more""#));

    for (status, body, code) in [
        (400, refusal("AccessDeniedException"), "denied"),
        (400, refusal("ThrottlingException"), "throttled"),
        (400, refusal("com.amazonaws.cloudtrail#InvalidTimeRangeException"), "other"),
        (500, "<html>".to_owned(), "unavailable"),
        (200, "<!doctype html>".to_owned(), "unreadable"),
        (200, r#"{"Events":7}"#.to_owned(), "unreadable"),
    ] {
        let aws = FakeAws::start(&[(status, &body)]).await;
        let error = aws.connection.logged_events(EventName::Federate, since, 1).await.unwrap_err();
        assert_eq!(error.code(), code, "{body}");
        assert_eq!(aws.requests().len(), 1, "the next look repeats it");
    }
}

/// Requests for keys go to a different host than the call. An error names the host that failed.
#[tokio::test]
async fn errors_name_the_host_that_was_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    let contents = format!(
        "[profile role]\nregion = us-east-1\nservices = local\nrole_arn = arn:aws:iam::123456789012:role/Admin\nsource_profile = ana\n[services local]\nsts =\n  endpoint_url = http://localhost:{port}\nsso_admin =\n  endpoint_url = http://127.0.0.1:{port}\n[profile ana]\nregion = us-east-1\nservices = local\n{keys}"
    );
    let configuration = Configuration::from_texts(&contents, "", &[]).await;
    for (profile, expected) in [("role", "localhost"), ("ana", "127.0.0.1")] {
        let credentials = Credentials::Profile { name: profile.to_owned(), code: None };
        let network = Network::default();
        let config =
            config::load_config(&credentials, None, &network, &configuration).await.unwrap();
        let connection =
            Connection::from_config(config.config, SharedState::new(false, None)).unwrap();
        let error = connection.application(ARN).await.unwrap_err();
        let host = expected.to_owned();
        let reason = UnreachableReason::Refused;
        assert_eq!(error, AwsError::Unreachable { host, reason }, "{profile}");
    }
}

#[tokio::test]
async fn missing_ca_bundle_is_named() {
    let contents = "[default]\nregion = us-east-1\nca_bundle = ~/company.pem\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
    let configuration = Configuration::from_texts(contents, "", &[]).await;
    for (certificates, system_certificates, expected, setting) in [
        (None, None, "/home/ana/company.pem", "ca_bundle"),
        (Some("/nowhere/roots.pem"), None, "/nowhere/roots.pem", "AWS_CA_BUNDLE"),
        (None, Some("/nowhere/system.pem"), "/nowhere/system.pem", "SSL_CERT_FILE"),
    ] {
        let network = Network {
            certificates: certificates.map(Into::into),
            system_certificates: system_certificates.map(Into::into),
            ..Network::default()
        };
        let opened =
            config::load_config(&Credentials::Ambient, None, &network, &configuration).await;
        let expected = AwsError::Certificates { file: expected.into(), setting };
        assert_eq!(opened.err(), Some(expected));
    }
}

/// If a portal isn't in the Region, AWS's response depends on the operation.
#[tokio::test]
async fn portal_in_another_region_is_recognized() {
    let portal = AccessPortal {
        start_url: "https://d-1234567890.awsapps.com/start".to_owned(),
        region: "us-west-2".to_owned(),
    };
    for code in [
        "InvalidClientMetadataException",
        "InvalidRequestException",
        "InvalidRequestRegionException",
    ] {
        for answer in [sign_in::CompletionMethod::Redirect, sign_in::CompletionMethod::Code] {
            let aws = FakeAws::start(&[(400, &refusal(code))]).await;
            let endpoint = aws.connection.config.endpoint_url().unwrap();
            let network = Network::default();
            let services = SignIn::open(portal.clone(), Some(endpoint), &network).await.unwrap();
            let error = services.start(answer).await.err().unwrap();
            let expected = AwsError::UnknownPortal {
                address: portal.start_url.clone(),
                region: portal.region.clone(),
            };
            assert_eq!(error, expected, "{code} {answer:?}");
        }
    }
}
