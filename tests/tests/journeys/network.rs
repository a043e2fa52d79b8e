//! A real setup in a company network. Both HTTP stacks use the network's only proxy, trust the
//! company's certificate, and connect to nothing else. Practice mode, behind the company's proxy,
//! responds as AWS at AWS's own addresses.

use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    process::{Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use acceptance::{
    Result,
    corporate_proxy::{COMPANY, CorporateProxy, Policy},
    ensure,
};
use identifiers::{ApplicationArn, PortalLinks, Region};
use identity_center::{ApplicationKind, Connection, Credentials};
use messages::MessageCatalog;
use nops_sso_practice::{Practice, Settings};
use serde_json::Value;
use setup::MessageCause;
use tempfile::TempDir;
use tokio::{net::TcpListener, process::Command, task::JoinHandle};
use transport::Network;

const STS: &str = "sts.us-east-1.amazonaws.com";
const PORTAL: &str = "portal.sso.us-east-1.amazonaws.com";
/// Hosts that the preflight calls through the SDK's HTTP stack.
const SERVICES: [&str; 4] = [
    STS,
    "sso.us-east-1.amazonaws.com",
    "identitystore.us-east-1.amazonaws.com",
    "organizations.us-east-1.amazonaws.com",
];
/// A Region that doesn't exist in AWS, so that no test reaches a real host.
const NO_REGION: &str = "xx-test-1";

const PORTAL_START: &str = "https://d-1234567890.awsapps.com/start";

/// A computer in a company network. It has a profile with a command that prints the keys.
struct NetworkFixture {
    company: CorporateProxy,
    metadata: Metadata,
    home: TempDir,
    /// The metadata link of a SAML application.
    link: String,
    world: Practice,
}

impl NetworkFixture {
    async fn new(policy: Policy) -> Result<Self> {
        let world = Practice::start(Settings::default()).await?;
        let at = world.addresses();
        let home = tempfile::tempdir()?;
        let profiles = format!(
            "[default]\nregion = us-east-1\ncredential_process = sh {home}/keys\n\
             [profile nowhere]\nregion = {NO_REGION}\ncredential_process = sh {home}/keys\n\
             [profile moved]\nregion = us-east-1\ncredential_process = sh {home}/keys\nservices = here\n\
             [services here]\nsts =\n  endpoint_url = {aws}\nidentitystore =\n  endpoint_url = {aws}\n\
             [profile machine]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/Admin\ncredential_source = Ec2InstanceMetadata\n\
             [profile signed]\nregion = us-east-1\nsso_start_url = {PORTAL_START}\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
             [profile behind]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/Admin\nsource_profile = machine\n",
            home = home.path().display(),
            aws = at.aws_endpoint,
        );
        fs::write(home.path().join("config"), profiles)?;
        let keys = format!(
            "echo '{{\"Version\":1,\"AccessKeyId\":\"{}\",\"SecretAccessKey\":\"{}\"}}'\n",
            at.access_key_id, at.secret_access_key
        );
        fs::write(home.path().join("keys"), keys)?;
        Ok(Self {
            company: CorporateProxy::in_front_of(&at.aws_endpoint, policy).await?,
            metadata: Metadata::listen().await?,
            home,
            link: link(&world).await?,
            world,
        })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn through(&self) -> (&'static str, String) {
        ("HTTPS_PROXY", self.company.proxy())
    }

    fn trusting(&self) -> (&'static str, String) {
        let roots = self.company.roots().display().to_string();
        ("AWS_CA_BUNDLE", roots)
    }

    /// Runs a real setup with this profile and no environment variables except these.
    async fn outward(
        &self,
        arguments: &[&str],
        environment: &[(&str, String)],
    ) -> Result<SetupOutput> {
        let Output { stdout, stderr, status } = Command::new(env!("CARGO_BIN_EXE_outward"))
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path())
            .env("AWS_CONFIG_FILE", self.file("config"))
            .env("AWS_SHARED_CREDENTIALS_FILE", self.file("credentials"))
            .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &self.metadata.address)
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .output()
            .await?;
        ensure(status.success(), || String::from_utf8_lossy(&stderr).into_owned())?;
        Ok(SetupOutput(serde_json::from_slice(&stdout)?))
    }

    fn asked(&self) -> BTreeSet<String> {
        self.company.requested_hosts().into_iter().collect()
    }
}

/// A stand-in for the EC2 instance metadata service.
struct Metadata {
    address: String,
    asked: Arc<AtomicU32>,
    listening: JoinHandle<()>,
}

impl Metadata {
    async fn listen() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let asked = Arc::new(AtomicU32::new(0));
        let heard = Arc::clone(&asked);
        let listening = tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                heard.fetch_add(1, Ordering::SeqCst);
            }
        });
        Ok(Self { address, asked, listening })
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Drop for Metadata {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// A setup in the form that the window would show.
struct SetupOutput(Value);

impl SetupOutput {
    fn state(&self) -> &str {
        self.0["connection"]["state"].as_str().unwrap_or_default()
    }

    fn redirected(&self) -> Option<&str> {
        self.0["connection"]["redirected"].as_str()
    }

    fn fact(&self, field: &str) -> Option<&str> {
        self.0["facts"][field]["value"].as_str()
    }

    fn has(&self, code: &str) -> bool {
        self.finding(code).is_some()
    }

    /// Returns the explanation that a finding contains.
    fn reason(&self, code: &str) -> String {
        let cause = self.finding(code).map(|finding| finding["cause"].clone());
        let cause = cause.and_then(|cause| serde_json::from_value::<MessageCause>(cause).ok());
        cause.map_or_else(String::new, |cause| {
            MessageCatalog::english().text(&cause.key, &cause.params)
        })
    }

    fn finding(&self, code: &str) -> Option<&Value> {
        let findings = self.0["findings"].as_array()?;
        findings.iter().find(|finding| finding["code"] == code)
    }
}

async fn link(world: &Practice) -> Result<String> {
    let at = world.addresses();
    let credentials = Credentials::Practice {
        endpoint: at.aws_endpoint.clone(),
        access_key_id: at.access_key_id.clone(),
        secret_access_key: at.secret_access_key.clone().into(),
    };
    let aws = Connection::open(&credentials, Some(&at.region), &Network::default()).await?;
    let instance = aws.instances().await?.remove(0);
    let mut applications = aws.applications(&instance.arn, &at.account_id).await?.listed;
    applications.retain(|application| application.kind == ApplicationKind::Saml);
    let application = applications.first().ok_or("practice mode lacks a SAML application")?;
    let arn: ApplicationArn = application.arn.parse().map_err(|_| "an ARN")?;
    let region: Region = at.region.parse().map_err(|_| "a Region")?;
    Ok(PortalLinks::derive(&arn, &region).metadata)
}

/// Checks that all calls used the proxy and that TLS inspection is reported.
fn all_through(computer: &NetworkFixture, seen: &SetupOutput) -> Result<()> {
    assert_eq!(seen.state(), "connected", "{:#}", seen.0["findings"]);
    let asked = computer.asked();
    for host in SERVICES.into_iter().chain([PORTAL]) {
        ensure(asked.contains(host), || format!("{host} is not among {asked:?}"))?;
    }
    let fetched = seen.fact("idp_metadata_fetched");
    assert!(fetched.is_some(), "the metadata was fetched too");
    let issuer = seen.fact("portal_certificate_issuer").unwrap_or_default();
    assert!(issuer.contains(COMPANY), "{issuer}");
    assert!(seen.has("network_inspected"));
    assert_eq!(seen.redirected(), None, "AWS was called at its own addresses");
    assert_eq!(computer.metadata.asked(), 0, "the instance metadata service isn't called");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn http_clients_use_environment_proxy() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let environment = [computer.through(), computer.trusting()];
    let seen = computer.outward(&["connect", "default", &computer.link], &environment).await?;
    all_through(&computer, &seen)
}

#[tokio::test(flavor = "multi_thread")]
async fn http_clients_use_system_proxy() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let environment = [("SYSTEM_PROXY", computer.company.proxy()), computer.trusting()];
    let seen = computer.outward(&["connect", "default", &computer.link], &environment).await?;
    all_through(&computer, &seen)
}

/// On Linux, `SSL_CERT_FILE` sets the operating system's roots.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn http_clients_trust_system_roots() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let roots = computer.company.roots().display().to_string();
    let environment = [computer.through(), ("SSL_CERT_FILE", roots)];
    let seen = computer.outward(&["connect", "default", &computer.link], &environment).await?;
    all_through(&computer, &seen)
}

/// Returns the state of each host that `doctor` checks.
async fn host_states(
    computer: &NetworkFixture,
    environment: &[(&str, String)],
) -> Result<BTreeSet<String>> {
    let SetupOutput(checks) = computer.outward(&["doctor", "us-east-1"], environment).await?;
    let checks = checks.as_array().ok_or("no checks")?;
    ensure(checks.len() == 8, || format!("{checks:#?}"))?;
    Ok(checks.iter().map(|check| check["state"].to_string()).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_names_what_the_network_refuses() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let states = host_states(&computer, &[computer.through(), computer.trusting()]).await?;
    assert_eq!(states, ["\"inspected\"".to_owned()].into());
    for host in SERVICES.into_iter().chain([PORTAL, "account-access.us-east-1.api.aws"]) {
        ensure(computer.asked().contains(host), || format!("{host} wasn't asked"))?;
    }
    let states = host_states(&computer, &[computer.through()]).await?;
    assert_eq!(states, ["\"untrusted\"".to_owned()].into());
    let refused = NetworkFixture::new(Policy::Refuse).await?;
    let states = host_states(&refused, &[refused.through(), refused.trusting()]).await?;
    assert_eq!(states, ["\"blocked\"".to_owned()].into());
    let missing = ("AWS_CA_BUNDLE", refused.file("missing").display().to_string());
    let states = host_states(&refused, &[refused.through(), missing]).await?;
    assert_eq!(states, ["\"unchecked\"".to_owned()].into());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn untrusted_certificate_is_reported() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let seen =
        computer.outward(&["connect", "default", &computer.link], &[computer.through()]).await?;
    assert_eq!(seen.state(), "failed");
    let untrusted = |host: &str| format!("This computer doesn’t trust the certificate of {host}.");
    for (code, host) in [("connection_failed", STS), ("metadata_unreachable", PORTAL)] {
        let reason = seen.reason(code);
        assert!(reason.starts_with(&untrusted(host)), "{code}: {reason}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn blocking_proxy_is_reported() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Refuse).await?;
    let environment = [computer.through(), computer.trusting()];
    let seen = computer.outward(&["connect", "default", &computer.link], &environment).await?;
    for (code, host) in [("connection_failed", STS), ("metadata_unreachable", PORTAL)] {
        let reason = seen.reason(code);
        let expected = format!("The proxy blocks {host}.");
        assert!(reason.starts_with(&expected), "{code}: {reason}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn root_file_without_roots_is_reported() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let file = computer.file("roots.pem");
    fs::write(&file, "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n")?;
    let environment = [computer.through(), ("AWS_CA_BUNDLE", file.display().to_string())];
    let seen = computer.outward(&["connect", "default", &computer.link], &environment).await?;
    for code in ["connection_failed", "metadata_unreachable"] {
        let reason = seen.reason(code);
        assert!(reason.contains("roots.pem"), "{code}: {reason}");
    }
    assert_eq!(computer.asked(), BTreeSet::new());
    Ok(())
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn system_root_file_without_end_is_reported() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let environment = [computer.through(), ("SSL_CERT_FILE", "/dev/zero".to_owned())];
    let seen = computer.outward(&["connect", "default", &computer.link], &environment).await?;
    for code in ["connection_failed", "metadata_unreachable"] {
        let reason = seen.reason(code);
        assert!(reason.contains("/dev/zero") && reason.contains("SSL_CERT_FILE"), "{reason}");
    }
    Ok(())
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn cached_sign_in_that_is_a_pipe_is_not_awaited() -> Result<()> {
    /// The file in `~/.aws/sso/cache` for [`PORTAL_START`].
    const CACHED_SIGN_IN: &str = "7487b5b67d5fa1132cf33fa93ae51ef38cc37752.json";
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let cache = computer.file(".aws/sso/cache");
    fs::create_dir_all(&cache)?;
    let made = Command::new("mkfifo").arg(cache.join(CACHED_SIGN_IN)).status().await?;
    assert!(made.success());
    let seen = computer
        .outward(&["connect", "signed"], &[computer.through(), computer.trusting()])
        .await?;
    let reason = seen.reason("connection_failed");
    assert!(reason.contains("aws sso login --profile signed"), "{reason}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_proxy_variable_bypasses_proxy() -> Result<()> {
    let sts = format!("sts.{NO_REGION}.amazonaws.com");
    let portal = format!("portal.sso.{NO_REGION}.amazonaws.com");
    for by in ["HTTPS_PROXY", "SYSTEM_PROXY"] {
        for (around, is_led) in [(None, true), (Some([sts.as_str(), &portal].join(",")), false)] {
            let computer = NetworkFixture::new(Policy::Inspect).await?;
            let mut environment = vec![(by, computer.company.proxy()), computer.trusting()];
            environment.extend(around.map(|hosts| ("NO_PROXY", hosts)));
            let link = computer.link.replace("us-east-1", NO_REGION);
            let seen = computer.outward(&["connect", "nowhere", &link], &environment).await?;
            let asked = computer.asked();
            assert_eq!(asked.contains(&sts), is_led, "{by} {asked:?}");
            assert_eq!(asked.contains(&portal), is_led, "{by} {asked:?}");
            let state = if is_led { "connected" } else { "failed" };
            assert_eq!(seen.state(), state, "{by}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn service_endpoints_are_used_and_shown() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let here = computer.world.addresses().aws_endpoint.clone();
    let environment = [
        computer.through(),
        computer.trusting(),
        ("AWS_ENDPOINT_URL_SSO_ADMIN", here.clone()),
        ("AWS_ENDPOINT_URL_ORGANIZATIONS", format!("{here}/")),
    ];
    let seen = computer.outward(&["connect", "moved"], &environment).await?;
    assert_eq!(seen.state(), "connected");
    assert_eq!(computer.asked(), BTreeSet::from([PORTAL.to_owned()]));
    let shown = seen.redirected().unwrap_or_default();
    assert!(shown.contains(&here), "{shown}");

    let one =
        [computer.through(), computer.trusting(), ("AWS_ENDPOINT_URL_IDENTITYSTORE", here.clone())];
    let seen = computer.outward(&["connect", "default"], &one).await?;
    assert_eq!(seen.redirected(), Some(here.as_str()));
    let mut others = computer.asked();
    assert!(others.remove(STS), "other services use AWS's endpoints");
    assert!(!others.contains("identitystore.us-east-1.amazonaws.com"));

    let mut ignored = Vec::from(one);
    ignored.push(("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true".to_owned()));
    let seen = computer.outward(&["connect", "default"], &ignored).await?;
    assert_eq!(seen.redirected(), None);
    assert!(computer.asked().contains("identitystore.us-east-1.amazonaws.com"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn redirected_endpoint_without_response_is_shown() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let closed = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let endpoint = format!("http://{closed}");
    let environment =
        [computer.through(), computer.trusting(), ("AWS_ENDPOINT_URL", endpoint.clone())];
    let seen = computer.outward(&["connect", "default"], &environment).await?;
    assert_eq!(seen.state(), "failed");
    assert_eq!(seen.redirected(), Some(endpoint.as_str()));

    // The profile's settings take effect only after the profile is chosen.
    let profiles = fs::read_to_string(computer.file("config"))?;
    let keys = computer.file("keys").display().to_string();
    let profile = format!(
        "[profile away]\nregion = us-east-1\ncredential_process = sh {keys}\nendpoint_url = {endpoint}\n"
    );
    fs::write(computer.file("config"), profiles + &profile)?;
    let seen =
        computer.outward(&["connect", "away"], &[computer.through(), computer.trusting()]).await?;
    assert_eq!(seen.state(), "failed");
    assert_eq!(seen.redirected(), Some(endpoint.as_str()));
    Ok(())
}

/// The endpoint accepts calls and never responds, so the endpoint is shown without any response.
#[tokio::test(flavor = "multi_thread")]
async fn redirected_endpoint_is_shown_before_first_call() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let silent = TcpListener::bind("127.0.0.1:0").await?;
    let endpoint = format!("http://{}", silent.local_addr()?);
    let keys = computer.file("keys").display().to_string();
    let profiles = fs::read_to_string(computer.file("config"))?
        + &format!(
            "[profile away]\nregion = us-east-1\ncredential_process = sh {keys}\nendpoint_url = {endpoint}\n\
             [profile partly]\nregion = us-east-1\ncredential_process = sh {keys}\nservices = silent\n\
             [services silent]\nsts =\n  endpoint_url = {endpoint}\n"
        );
    fs::write(computer.file("config"), profiles)?;
    for (arguments, variable, state) in [
        (&["warn"][..], "AWS_ENDPOINT_URL", "off"),
        (&["warn"], "AWS_ENDPOINT_URL_ORGANIZATIONS", "off"),
        (&["warn", "default"], "AWS_ENDPOINT_URL_STS", "connecting"),
        (&["warn", "away"], "", "connecting"),
        (&["warn", "partly"], "", "connecting"),
    ] {
        let mut environment = vec![computer.through(), computer.trusting()];
        environment.extend((!variable.is_empty()).then(|| (variable, endpoint.clone())));
        let seen = computer.outward(arguments, &environment).await?;
        assert_eq!(seen.redirected(), Some(endpoint.as_str()), "{arguments:?} {variable}");
        assert_eq!(seen.state(), state, "{arguments:?} {variable}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn redirected_endpoint_is_shown_before_sign_in() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let silent = TcpListener::bind("127.0.0.1:0").await?;
    let endpoint = format!("http://{}", silent.local_addr()?);
    let here = ("AWS_ENDPOINT_URL_SSO_OIDC", endpoint.clone());
    let portal = "https://ssoins-0123456789abcdef.portal.us-east-1.app.aws";
    let environment = [computer.through(), computer.trusting(), here];
    let seen = computer.outward(&["sign-in", "moved", portal], &environment).await?;
    // The profile redirects other services too.
    assert_eq!((seen.state(), seen.redirected()), ("connected", Some(endpoint.as_str())));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoint_of_ended_connection_is_no_longer_shown() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    let seen = computer
        .outward(&["disconnect", "moved"], &[computer.through(), computer.trusting()])
        .await?;
    assert_eq!((seen.state(), seen.redirected()), ("off", None));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn remote_http_endpoint_gets_no_call() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    for service in ["", "_STS", "_SSO", "_SIGNIN"] {
        let variable = &format!("AWS_ENDPOINT_URL{service}");
        let environment = [
            computer.through(),
            computer.trusting(),
            (variable.as_str(), "http://aws.example.com".to_owned()),
        ];
        let seen = computer.outward(&["connect", "default"], &environment).await?;
        assert_eq!(seen.state(), "failed");
        let reason = seen.reason("connection_failed");
        assert!(reason.contains("http://aws.example.com doesn’t use HTTPS"), "{reason}");
        assert_eq!(computer.asked(), BTreeSet::new(), "{variable}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn instance_metadata_service_is_never_called() -> Result<()> {
    let computer = NetworkFixture::new(Policy::Inspect).await?;
    for profile in ["machine", "behind"] {
        let seen = computer
            .outward(&["connect", profile], &[computer.through(), computer.trusting()])
            .await?;
        let reason = seen.reason("connection_failed");
        assert!(reason.contains("EC2 instance"), "{profile}: {reason}");
    }
    assert_eq!(computer.metadata.asked(), 0);
    Ok(())
}
