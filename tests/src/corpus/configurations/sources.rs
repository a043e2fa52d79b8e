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
            "trek10inc/awsume#127",
            role("a", "gone"),
            "",
            "a",
            "profile-source_missing profile=a source=gone",
        ),
        case(
            "guess: a session that was deleted",
            format!(
                "[profile a]\n{us}sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
            ),
            "",
            "a",
            "profile-session_missing session=corp",
        ),
        case(
            "jdowning/puppet-awscli#59",
            format!("[profile a]\n{us}{ROLE}credential_source = Ec2InstanceMetadata\n"),
            "",
            "a",
            "profile-instance_metadata profile=a",
        ),
        case(
            "docs.aws.amazon.com/cli/latest/userguide/cli-configure-sign-in.html",
            format!("[profile a]\n{us}login_session = arn:aws:iam::123456789012:user/ana\n"),
            "",
            "a",
            "ready profile_hint-sign_in_ended command=aws_login_--profile_a",
        ),
        case(
            "keidarcy/e1s#371",
            format!(
                "[profile my_profile]\nsource_profile = my_profile\n{us}output = json\ncli_pager=\n"
            ),
            format!("[my_profile]\n{KEYS}"),
            "my_profile",
            "ready",
        ),
        case(
            "hashicorp/terraform-provider-aws#19897",
            format!(
                "[profile adfsdefault]\n{us}source_profile = default\nadfs_config.role_arn = arn:aws:iam::123456789012:role/ADFS-Team\nadfs_config.sspi = False\n"
            ),
            "[default]\naccess_key_id = AKIAIOSFODNN7EXAMPLE\nsecret_access_key_id = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
            "adfsdefault",
            "profile-key_missing key=role_arn",
        ),
        case(
            "aws/aws-cli#1175",
            format!("[default]\n{us}"),
            format!("[user1]\n{KEYS}[profile1-by-user1]\n{us}{ROLE}source_profile = user1\n"),
            "profile1-by-user1",
            "ready",
        ),
        case(
            "aws/aws-toolkit-jetbrains#3126",
            format!(
                "[profile idea]\nsso_start_url = https://myapps.microsoft.com/signin/766e7e73-4a56-4bfd-b5ca-ac29bf3645b6?tenantId=8cc434d7-97d0-47d3-b5c5-14fe0e33e34b\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Admin\n{us}"
            ),
            "",
            "idea",
            "ready profile_hint-portal_unknown",
        ),
        case(
            "61418/aws-sso-util#68",
            format!("[profile i]\n{us}{}", SSO.replace("/start", "/start/\\#/")),
            "",
            "i",
            signed_out,
        ),
        case(
            "hupe1980/cdk-multi-profile-plugin#25",
            format!("[profile i]\n{us}{}", SSO.replace("/start", "/start#/")),
            "",
            "i",
            signed_out,
        ),
        case(
            "Noovolari/leapp#239",
            "[profile gov]\nregion = us-gov-west-1\nsso_start_url = https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1234567890\nsso_region = us-gov-west-1\nsso_account_id = 123456789012\nsso_role_name = Admin\n",
            "",
            "gov",
            signed_out,
        ),
        case(
            "fwdcloudsec/granted#548",
            format!(
                "[sso-session sso]\nsso_start_url=https://d-1234567890.awsapps.com/start\nsso_region=us-west-2\nsso_registration_scopes=sso:account:access\n\n[default]\nsso_session=sso\n\n[profile superaccount]\nsso_session=sso\nsso_account_id=123456789012\nsso_role_name=MyRole\n{us}output=json\ncli_pager=cat\n"
            ),
            "",
            "superaccount",
            signed_out,
        ),
    ]
}
