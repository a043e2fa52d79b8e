//! Cases without a public report: mistakes that are as likely as the reported ones.

use super::{Case, KEYS, MFA, ROLE, SSO, case, with};

pub fn cases() -> Vec<Case> {
    let us = "region = us-east-1\n";
    let keys = format!("[default]\n{KEYS}");
    let default = format!("[default]\n{us}");
    let role = |arn: &str| format!("[profile r]\nrole_arn = {arn}\nsource_profile = default\n{us}");
    let portal = |start: &str, region: &str| {
        format!(
            "[profile p]\nsso_start_url = {start}\nsso_region = {region}\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
        )
    };
    let of =
        |source, config: String, profile, shown| case(source, config, keys.clone(), profile, shown);
    let sign_in = |source, config: String, shown| case(source, config, "", "p", shown);
    vec![
        of("guess: no-break space", format!("[default]\n\u{a0}{us}"), "default", "ready"),
        of("guess: tab after profile", format!("[profile\tdefault]\n{us}"), "default", "ready"),
        of("guess: spaces in brackets", format!("[ default ]\n{us}"), "default", "ready"),
        of(
            "guess: uppercase keys",
            "[default]\nREGION = us-east-1\n".to_owned(),
            "default",
            "ready",
        ),
        of("guess: semicolon", format!("; mine\n[default] ; mine\n{us}"), "default", "ready"),
        of(
            "guess: uppercase prefix",
            format!("[Profile default]\n{us}"),
            "default",
            "region configuration-prefix_case name=default line=1",
        ),
        of(
            "guess: zone for a Region",
            "[default]\nregion = us-east-1a\n".to_owned(),
            "default",
            "region profile_hint-region_unknown region=us-east-1a",
        ),
        of(
            "guess: user for a role",
            role("arn:aws:iam::123456789012:user/ana"),
            "r",
            "profile-role_arn arn=arn:aws:iam::123456789012:user/ana",
        ),
        of("guess: name for a role", role("Admin"), "r", "profile-role_arn arn=Admin"),
        of(
            "guess: session for a role",
            role("arn:aws:sts::123456789012:assumed-role/Admin/ana"),
            "r",
            "profile-role_arn arn=arn:aws:sts::123456789012:assumed-role/Admin/ana",
        ),
        of(
            "guess: role with a path",
            role("arn:aws:iam::123456789012:role/team/Admin"),
            "r",
            "ready",
        ),
        of("guess: role in China", role("arn:aws-cn:iam::123456789012:role/Admin"), "r", "ready"),
        of(
            "guess: two sources",
            format!(
                "[profile r]\n{ROLE}source_profile = default\ncredential_source = Environment\n{us}"
            ),
            "r",
            "profile-contradiction key=source_profile",
        ),
        of(
            "guess: lowercase source",
            format!("[profile r]\n{ROLE}credential_source = environment\n{us}"),
            "r",
            "profile-credential_source source=environment",
        ),
        of(
            "guess: duration in words",
            format!(
                "[profile r]\n{ROLE}{MFA}source_profile = default\nduration_seconds = 12h\n{us}"
            ),
            "r",
            "code",
        ),
        of(
            "guess: Region without a sign",
            "[default]\nregion us-east-1\n".to_owned(),
            "default",
            "region configuration-no_equals line=2",
        ),
        sign_in(
            "guess: account with dashes",
            format!("[profile p]\n{SSO}").replace("123456789012", "1234-5678-9012"),
            "profile-account account=1234-5678-9012",
        ),
        sign_in(
            "guess: account without its first zero",
            format!("[profile p]\n{SSO}").replace("123456789012", "12345678901"),
            "profile-account account=12345678901",
        ),
        sign_in(
            "guess: portal of GovCloud",
            portal("https://start.us-gov-home.awsapps.com/directory/d-1234567890", "us-east-1"),
            "ready profile_hint-portal_region region=us-east-1",
        ),
        sign_in(
            "guess: portal of another Region in China",
            portal(
                "https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890",
                "cn-northwest-1",
            ),
            "ready profile_hint-portal_region region=cn-northwest-1",
        ),
        sign_in(
            "guess: portal of another Region",
            portal("https://ssoins-7223b02b2d5d1a3c.portal.us-west-2.app.aws", "us-east-1"),
            "ready profile_hint-portal_region region=us-east-1",
        ),
        sign_in(
            "guess: console for a portal",
            portal("https://us-east-1.console.aws.amazon.com/singlesignon/home", "us-east-1"),
            "ready profile_hint-portal_unknown",
        ),
        with(
            vec![("AWS_PROFILE", " default")],
            of(
                "guess: space before a name",
                default.clone(),
                "default",
                "ready environment-profile_quoted profiles=default",
            ),
        ),
        with(
            vec![("AWS_REGION", "us-east-1b")],
            of(
                "guess: zone in a variable",
                default.clone(),
                "default",
                "ready environment-region_unknown region=us-east-1b",
            ),
        ),
    ]
}
