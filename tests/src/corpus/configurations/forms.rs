//! Cases about indentation, encodings, headers, values and line endings.

use super::{Case, KEYS, case};

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xff\xfe".iter().copied().chain(units).collect()
}

pub fn cases() -> Vec<Case> {
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
            "docs.aws.amazon.com/cli/latest/topic/s3-config.html",
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
        case(
            "awslabs/aws-sdk-rust#1097",
            format!("[profile Someone's MacBook Pro]\n{us}"),
            format!("[Someone's MacBook Pro]\n{KEYS}"),
            "Someone's MacBook Pro",
            "region configuration-section_name line=1",
        ),
        case(
            "aws/aws-cli#2806",
            format!("[profile Foo Bar]\noutput = json\n{us}"),
            format!("[Foo Bar]\n{KEYS}"),
            "Foo Bar",
            "region configuration-section_name line=1",
        ),
        case(
            "aws/aws-cli#8481",
            format!(
                "[profile Audit/AWSPowerUserAccess]\n{us}granted_sso_start_url      = `https://d-1234567890.awsapps.com/start`\ncredential_process = granted credential-process --profile Audit/AWSPowerUserAccess\n"
            ),
            "",
            "Audit/AWSPowerUserAccess",
            "ready",
        ),
        case(
            "aws/aws-cli#7711",
            "    [profile rowro] # invalid because of the space\n    output = json # invalid because not escaped\n    region = \"us-east-1\"\n    role_arn = \"arn:aws:iam::123456789012:role/fpc/UserRO\"\n    source_profile = \"default\"\n",
            keys.clone(),
            "rowro",
            "ready",
        ),
    ]
}
