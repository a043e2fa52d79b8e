//! AWS configurations from public bug reports, and what the window shows for each configuration
//! before the first call to AWS.
//!
//! `ready` means that the profile connects, `code` that it asks for an MFA code first, and `region`
//! that it asks for a Region. Any other result is a message key with its parameters.

use std::{collections::HashMap, fs, io, path::Path};

use acceptance::Result;
use identity_center::{Profile, Profiles};
use tempfile::TempDir;

use crate::{Judgment, Row, Words};

const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const SSO: &str = "sso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = us-west-2\nsso_account_id = 123456789012\nsso_role_name = Admin\n";
const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/Admin\n";
const MFA: &str = "mfa_serial = arn:aws:iam::123456789012:mfa/ana\n";

struct Case {
    /// The public report: repository and number.
    source: &'static str,
    config: Vec<u8>,
    credentials: Vec<u8>,
    variables: Vec<(&'static str, &'static str)>,
    /// The profile that the report's author used.
    profile: &'static str,
    shown: &'static str,
}

fn case(
    source: &'static str,
    config: impl Into<Vec<u8>>,
    credentials: impl Into<Vec<u8>>,
    profile: &'static str,
    shown: &'static str,
) -> Case {
    let (config, credentials) = (config.into(), credentials.into());
    Case { source, config, credentials, variables: Vec::new(), profile, shown }
}

fn with(variables: Vec<(&'static str, &'static str)>, case: Case) -> Case {
    Case { variables, ..case }
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xff\xfe".iter().copied().chain(units).collect()
}

/// Returns cases about indentation, encodings, headers, values and line endings.
fn forms() -> Vec<Case> {
    let us = "region = us-east-1\n";
    let default = format!("[default]\n{us}");
    let keys = format!("[default]\n{KEYS}");
    let indented = keys.replace("aws_", "    aws_");
    let both = format!("[default]\n{us}{KEYS}");
    vec![
        case(
            "smithy-lang/smithy-rs#1488",
            "[default]\n    region = us-east-1\n    output = json\n",
            indented,
            "default",
            "ready",
        ),
        case(
            "aws/aws-toolkit-jetbrains#3279",
            "[default]\n\tregion = us-east-1\n",
            keys.clone(),
            "default",
            "ready",
        ),
        case(
            "mvanholsteijn/aws-visualizer#1",
            default.clone(),
            keys.replace('[', "        ["),
            "default",
            "ready",
        ),
        case("aws/aws-cli#3419", format!("\u{feff}{default}"), keys.clone(), "default", "ready"),
        case(
            "aws/aws-cli#3419 credentials",
            default.clone(),
            format!("\u{feff}{keys}"),
            "default",
            "ready",
        ),
        case("aws/aws-cli#3419 UTF-16", utf16(&default), utf16(&keys), "default", "ready"),
        case(
            "aws/aws-cli#3419 Latin-1",
            [b"# f\xfcr\n", default.as_bytes()].concat(),
            keys.clone(),
            "default",
            "ready",
        ),
        case(
            "aws/aws-toolkit-jetbrains#1443",
            default.clone(),
            keys.replace('\n', "\r"),
            "default",
            "ready",
        ),
        case(
            "aws/aws-cli#5101",
            default.clone(),
            format!("{KEYS}{keys}"),
            "default",
            "ready configuration-no_section line=1 configuration-no_section line=2",
        ),
        case("brendanhay/amazonka#290", default.clone(), format!("\n{keys}"), "default", "ready"),
        case(
            "brendanhay/amazonka#177",
            default.clone(),
            "[default]\naws_access_key_id =\naws_secret_access_key =\n",
            "default",
            "profile-no_credentials profile=default",
        ),
        case(
            "jorgebastida/awslogs#367",
            default.clone(),
            format!("[default]\naws_access_key_id = x\n{KEYS}"),
            "default",
            "ready configuration-duplicate_key key=aws_access_key_id line=3",
        ),
        case(
            "boto/botocore#2395",
            format!("{default}region = us-west-2\n"),
            keys.clone(),
            "default",
            "ready configuration-duplicate_key key=region line=3",
        ),
        case(
            "aws/aws-cli#9261",
            format!("[profile test]\n{us}\n[profile test]\n{us}"),
            format!("[test]\n{KEYS}"),
            "test",
            "ready configuration-duplicate_section name=profile_test line=4 configuration-duplicate_key key=region line=5",
        ),
        case(
            "aws/aws-sam-cli#1035",
            default.clone(),
            format!("{keys}[a]\n{KEYS}[a]\n"),
            "default",
            "ready configuration-duplicate_section name=a line=7",
        ),
        case(
            "aws/aws-cdk#12781",
            format!("{default}[foo]\nregion = us-west-2\n"),
            format!("[foo]\n{KEYS}"),
            "foo",
            "region configuration-prefix_missing name=foo line=3",
        ),
        case(
            "aws/aws-cli#370",
            format!("{both}[docgenerator]\n{KEYS}"),
            "",
            "docgenerator",
            "profile-missing configuration-prefix_missing name=docgenerator line=5",
        ),
        case(
            "jdowning/puppet-awscli#24",
            "[user2]\nregion = us-east-1\n",
            format!("[user2]\n{KEYS}"),
            "user2",
            "region configuration-prefix_missing name=user2 line=1",
        ),
        case(
            "aws/aws-cli#3696",
            default.clone(),
            format!("[profile testing]\n{KEYS}"),
            "testing",
            "profile-missing configuration-prefix_in_credentials name=profile_testing line=1",
        ),
        case(
            "vwal/awscli-mfa#2",
            format!("[preview]\ncloudfront = true\n{both}"),
            "",
            "default",
            "ready",
        ),
        case("ovh/docs#2460", format!("[profile default]\n{us}{KEYS}"), "", "default", "ready"),
        case(
            "apache/opendal-reqsign#413",
            format!("[profile work]\n{us}{KEYS}"),
            "",
            "work",
            "ready",
        ),
        case("aws/aws-sdk-java#713", format!("[profile dario]\n{KEYS}{us}"), "", "dario", "ready"),
        case(
            "aws/aws-cli#320",
            "[default]\nregion=us-east-1  # optional, a default\n",
            keys.clone(),
            "default",
            "ready",
        ),
        case(
            "boto/botocore#2101",
            "[default]\nregion = \"us-east-1\"\ncli_pager = \"\"\n",
            keys.clone(),
            "default",
            "ready",
        ),
        case(
            "aws/aws-cli#902",
            "[default]\nregion = Ireland\n",
            keys.clone(),
            "default",
            "region profile_hint-region_unknown region=Ireland",
        ),
        case(
            "amazon-archives/aws-apigateway-importer#46",
            "[default]\nregion: us-east-1\n",
            keys.clone(),
            "default",
            "ready",
        ),
        case(
            "jorgebastida/awslogs#302",
            format!(
                "[profile wes-prod]\nazure_default_role_arn=\nazure_default_remember_me=true\n{us}"
            ),
            format!("[wes-prod]\n{KEYS}"),
            "wes-prod",
            "ready",
        ),
        case(
            "aws/aws-cli (s3 block)",
            format!("[default]\ns3 =\n  addressing_style = path\n{us}"),
            keys.clone(),
            "default",
            "ready",
        ),
        case(
            "Noovolari/leapp#88 quotes",
            default.clone(),
            "[default]\naws_access_key_id = \"AKIAIOSFODNN7EXAMPLE\"\naws_secret_access_key = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'\n",
            "default",
            "ready",
        ),
        case(
            "Noovolari/leapp#88 broken",
            default.clone(),
            "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDEN\nG/bPxRfiCYEXAMPLEKEY\n",
            "default",
            "ready configuration-broken_value line=4",
        ),
        case(
            "Noovolari/leapp#88 exports",
            default.clone(),
            "[default]\naws_access_key_id = export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = Secret access key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
            "default",
            "ready",
        ),
        case(
            "seppevs/move-sqs#129",
            default.clone(),
            keys.replace("AKIA", "ASIA"),
            "default",
            "profile-keys profile=default error=token_missing",
        ),
        case(
            "hashicorp/terraform#5955",
            default.clone(),
            format!("{}aws_security_token = IQoJEXAMPLE\n", keys.replace("AKIA", "ASIA")),
            "default",
            "ready",
        ),
    ]
}

/// Returns cases about sources of keys: sign-ins, roles, commands and MFA.
fn sources() -> Vec<Case> {
    let us = "region = us-east-1\n";
    let keys = format!("[default]\n{us}{KEYS}");
    let signed_out = "ready profile_hint-sign_in_ended";
    let role = |name: &str, source: &str| {
        format!("[profile {name}]\n{us}{ROLE}source_profile = {source}\n")
    };
    vec![
        case(
            "aws/aws-cli#7183",
            format!("[default]\n{us}{SSO}"),
            format!("[default]\n{KEYS}"),
            "default",
            "ready profile_hint-keys_unused profile_hint-sign_in_ended",
        ),
        case(
            "aws/copilot-cli#5257",
            format!("[profile dev]\n{us}{SSO}"),
            format!("[default]\n{KEYS}"),
            "dev",
            signed_out,
        ),
        case(
            "JuliaCloud/AWS.jl#621",
            format!("[default]\n{us}credential_process = /opt/keys\n"),
            format!("[default]\n{KEYS}"),
            "default",
            "ready profile_hint-command_unused",
        ),
        case(
            "awslabs/aws-sdk-rust#527",
            format!("[profile home]\n{us}{ROLE}{MFA}source_profile = home\n"),
            format!("[home]\n{KEYS}"),
            "home",
            "code",
        ),
        case(
            "awslabs/aws-sdk-rust#527 without keys",
            format!("[profile home]\n{us}{ROLE}source_profile = home\n"),
            "",
            "home",
            "profile-source_loop profile=home source=home",
        ),
        case("aws/aws-sdk-ruby#1480", role("my", "default") + MFA + &keys, "", "my", "code"),
        case(
            "fwdcloudsec/granted#69",
            role("a", "b") + &role("b", "default") + MFA + &keys,
            "",
            "a",
            "code",
        ),
        case(
            "aws/aws-toolkit-vscode#1624",
            role("foo", "default") + &keys + MFA,
            "",
            "foo",
            "ready profile_hint-device_unused",
        ),
        case(
            "fwdcloudsec/granted#123",
            role("foo", "josh") + &format!("[profile josh]\n{us}{MFA}{KEYS}"),
            "",
            "foo",
            "ready profile_hint-device_unused",
        ),
        case(
            "fwdcloudsec/granted#108",
            role("target", "jump") + &format!("[profile jump]\n{SSO}"),
            "",
            "target",
            signed_out,
        ),
        case("synfinatic/aws-sso-cli#1294", "", format!("[both]\n{us}{SSO}"), "both", signed_out),
        case(
            "aws/aws-sdk-js-v3#6864",
            format!(
                "[sso-session abc]\nsso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = us-west-2\n[profile test]\nsso_session = abc\nsso_account_id = 123456789012\nsso_role_name = a\n{us}"
            ),
            "",
            "test",
            signed_out,
        ),
        case(
            "minio/minio-go#2257",
            format!("[profile s]\n{us}{}", SSO.replace("sso_role_name = Admin\n", "")),
            "",
            "s",
            "profile-key_missing key=sso_role_name",
        ),
        case(
            "minio/minio-go#2257 portal only",
            format!(
                "[profile s]\n{us}sso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = us-west-2\n"
            ),
            "",
            "s",
            "profile-role_missing profile=s",
        ),
        case(
            "aws/aws-cli#6384",
            format!("[profile my]\n{us}{SSO}ca_bundle = C:\\cert.pem\n"),
            "",
            "my",
            signed_out,
        ),
        case(
            "aws/aws-cli#10493",
            format!(
                "[profile i]\n{us}{}",
                SSO.replace(
                    "d-1234567890.awsapps.com/start",
                    "identitycenter.amazonaws.com/ssoins-7223b02b2d5d1a3c"
                )
            ),
            "",
            "i",
            signed_out,
        ),
        case(
            "aws/aws-cli (source gone)",
            role("a", "gone"),
            "",
            "a",
            "profile-source_missing profile=a source=gone",
        ),
        case(
            "aws/aws-cli (session gone)",
            format!(
                "[profile a]\n{us}sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
            ),
            "",
            "a",
            "profile-session_missing session=corp",
        ),
        case(
            "aws/aws-sdk (on a laptop)",
            format!("[profile a]\n{us}{ROLE}credential_source = Ec2InstanceMetadata\n"),
            "",
            "a",
            "profile-instance_metadata profile=a",
        ),
        case(
            "aws/aws-cli (aws login)",
            format!("[profile a]\n{us}login_session = arn:aws:iam::123456789012:user/ana\n"),
            "",
            "a",
            "ready profile_hint-sign_in_ended command=aws_login_--profile_a",
        ),
    ]
}

/// Returns cases about environment variables.
fn variables() -> Vec<Case> {
    let keys =
        format!("[default]\nregion = us-east-1\n{KEYS}[profile work]\nregion = us-east-1\n{KEYS}");
    let of = |source, shown| case(source, keys.clone(), "", "default", shown);
    vec![
        with(vec![("AWS_PROFILE", "")], of("techservicesillinois/awscli-login#35", "ready")),
        with(
            vec![("AWS_DEFAULT_PROFILE", ""), ("AWS_PROFILE", "work")],
            of("aws/aws-ec2-instance-connect-cli#36", "ready environment-profile profile=work"),
        ),
        with(
            vec![("AWS_PROFILE", "xxx-xxx")],
            of(
                "cevoaustralia/aws-google-auth#95",
                "ready environment-profile_missing profiles=default,_work",
            ),
        ),
        with(
            vec![("AWS_PROFILE", "\"work\"")],
            of("aws/aws-cli#4626", "ready environment-profile_quoted profiles=default,_work"),
        ),
        with(
            vec![("AWS_DEFAULT_REGION", "Ireland")],
            of("aws/aws-cli#902 variable", "ready environment-region_unknown region=Ireland"),
        ),
        with(
            vec![("AWS_REGION", "us-west-2")],
            of("aws/aws-sdk-java#1083", "ready environment-region region=us-west-2"),
        ),
        with(
            vec![("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "x")],
            of("aws/aws-sdk-go#2694", "ready environment-keys"),
        ),
    ]
}

/// Returns the shared cases that aren't among the others.
fn shared_cases() -> Vec<Case> {
    let us = "region = us-east-1\n";
    let keys = format!("[default]\n{us}{KEYS}");
    let session = |start: &str| {
        format!(
            "[sso-session corp]\nsso_start_url = {start}\nsso_region = us-east-1\n[profile corp-admin]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n{us}"
        )
    };
    vec![
        case(
            "aws/aws-cli#10493 (B02)",
            session("https://identitycenter.amazonaws.com/ssoins-7223b02b2d5d1a3c"),
            "",
            "corp-admin",
            "ready profile_hint-sign_in_ended command=aws_sso_login_--profile_corp-admin",
        ),
        case(
            "awslabs/aws-sdk-rust#527 (C12)",
            format!("[profile own]\n{ROLE}{MFA}source_profile = own\n{us}"),
            format!("[own]\n{KEYS}"),
            "own",
            "code",
        ),
        case(
            "awslabs/aws-sdk-rust#527 (C12) without MFA",
            format!("[profile own]\n{ROLE}source_profile = own\n{us}"),
            format!("[own]\n{KEYS}"),
            "own",
            "ready",
        ),
        case(
            "aws/aws-cli#9026 (C14) FIPS",
            format!("{keys}use_fips_endpoint = true\n"),
            "",
            "default",
            "ready profile_hint-fips_partly",
        ),
        case(
            "boto/botocore#3419 (C14) dual stack",
            format!("{keys}use_dualstack_endpoint = true\n"),
            "",
            "default",
            "ready profile_hint-dual_stack_unused",
        ),
        case(
            "smithy-lang/smithy-rs#1488 (C01) header",
            format!("  [default]\n  {us}  [profile fine]\n  {us}"),
            format!("[default]\n{KEYS}"),
            "default",
            "ready",
        ),
    ]
}

async fn read(case: &Case, folder: &Path) -> io::Result<Profiles> {
    let mut variables = HashMap::from([("HOME".to_owned(), folder.display().to_string())]);
    let aws = folder.join(".aws");
    fs::create_dir(&aws)?;
    for (name, bytes) in [("config", &case.config), ("credentials", &case.credentials)] {
        fs::write(aws.join(name), bytes)?;
    }
    let set = case.variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    variables.extend(set);
    Ok(Profiles::read(variables).await)
}

/// Returns what the window shows for a profile, as messages with their parameters.
fn shown(profiles: &Profiles, name: &str) -> Vec<(String, Vec<(&'static str, String)>)> {
    let mut shown = Vec::new();
    let plain = |text: &str| (text.to_owned(), Vec::new());
    match profiles.find(name) {
        None => shown.push(plain("profile-missing")),
        Some(Profile { problem: Some(problem), .. }) => {
            shown.push((format!("profile-{}", problem.code()), problem.params()));
        }
        Some(profile) => {
            shown.push(match (&profile.mfa_device, &profile.region) {
                (Some(_), _) => plain("code"),
                (None, None) => plain("region"),
                (None, Some(_)) => plain("ready"),
            });
            let hints = profile.hints.iter();
            shown
                .extend(hints.map(|hint| (format!("profile_hint-{}", hint.code()), hint.params())));
        }
    }
    let notes = profiles.environment.iter();
    shown.extend(notes.map(|note| (format!("environment-{}", note.code()), note.params())));
    let notes = profiles.notes.iter();
    shown
        .extend(notes.map(|note| (format!("configuration-{}", note.reason.code()), note.params())));
    shown
}

/// Returns what the window shows for each configuration before the first call to AWS.
pub async fn rows(words: &Words) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for case in [forms(), sources(), variables(), shared_cases()].into_iter().flatten() {
        let folder = TempDir::new()?;
        let profiles = read(&case, folder.path()).await?;
        let found = shown(&profiles, case.profile);
        let (params, messages): (Vec<&str>, Vec<&str>) =
            case.shown.split(' ').partition(|word| word.contains('='));
        let holds = |param: &&&str| {
            let (name, value) = param.split_once('=').unwrap_or_default();
            let mut all = found.iter().flat_map(|(_, params)| params);
            all.any(|(known, text)| *known == name && text.replace(' ', "_") == value)
        };
        let keys = found.iter().map(|(key, _)| key.as_str());
        let shown = found.iter().filter(|(key, _)| key.contains('-'));
        rows.push(Row {
            source: case.source,
            judgment: Judgment::Right,
            expected: [messages, params.clone()].concat().join(" "),
            found: keys.chain(params.iter().filter(holds).copied()).collect::<Vec<_>>().join(" "),
            holds: Vec::new(),
            shown: shown.map(|(key, params)| words.text(key, params)).collect::<Vec<_>>().join(" "),
        });
    }
    Ok(rows)
}
