//! AWS configurations from public bug reports, each with what the window shows for it before the
//! first call to AWS.
//!
//! `ready` means that the profile connects, `code` that it asks for an MFA code first, and `region`
//! that it asks for a Region. Any other result is a message key with its parameters.

mod forms;
mod guesses;
mod sources;

use std::{fs, io, path::Path};

const KEYS: &str = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";
const SSO: &str = "sso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = us-west-2\nsso_account_id = 123456789012\nsso_role_name = Admin\n";
const ROLE: &str = "role_arn = arn:aws:iam::123456789012:role/Admin\n";
const MFA: &str = "mfa_serial = arn:aws:iam::123456789012:mfa/ana\n";

/// A configuration and the profile that the report's author used.
pub struct Case {
    /// The public report: repository and number.
    pub source: &'static str,
    pub config: Vec<u8>,
    pub credentials: Vec<u8>,
    /// The environment variables of the report, other than the paths of the two files.
    pub variables: Vec<(&'static str, &'static str)>,
    pub profile: &'static str,
    pub shown: &'static str,
}

impl Case {
    /// Writes the two files into a folder.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("config"), &self.config)?;
        fs::write(folder.join("credentials"), &self.credentials)
    }
}

pub fn cases() -> Vec<Case> {
    [forms::cases(), sources::cases(), variables(), shared_cases(), guesses::cases()]
        .into_iter()
        .flatten()
        .collect()
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
        with(
            vec![
                ("AWS_PROFILE", "ops"),
                ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
                ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            ],
            case(
                "boto/botocore#1401",
                format!(
                    "[profile ops]\nregion = us-east-1\n{ROLE}credential_source = Environment\n"
                ),
                "",
                "ops",
                "ready environment-profile profile=ops environment-keys",
            ),
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
