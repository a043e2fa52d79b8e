//! Cases about sources of keys: sign-ins, roles, commands and MFA.

use super::{Case, KEYS, MFA, ROLE, SSO, case};

pub fn cases() -> Vec<Case> {
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
