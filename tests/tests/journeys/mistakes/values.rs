//! Mistakes in addresses, in AWS's links, and in AWS's responses.

use super::*;

pub(super) fn address_mistakes(bench: &MistakeFixture) -> Vec<MistakeRow> {
    use Field::{AwsAcsUrl, AwsAudience, SpAcsUrl, SpEntityId};
    let (acs, entity_id) = (&bench.acs, &bench.entity_id);
    let host = |host: &str| acs.replace("app.nops.io", host);
    let swapped = |a: Field, b: Field, what, code, fix| MistakeRow {
        slip: vec![InputEvent::Enter(a, entity_id.clone()), InputEvent::Enter(b, acs.clone())],
        ..pasted("2", what, a, String::new(), code, fix)
    };
    let anew = |what, side: [Field; 2], told, fix| MistakeRow {
        slip: vec![
            InputEvent::Enter(side[0], acs.replace(TENANT, SECOND_TENANT)),
            InputEvent::Enter(side[1], entity_id.replace(TENANT, SECOND_TENANT)),
        ],
        ..pasted("82", what, told, String::new(), "copy_differs", fix)
    };
    vec![
        anew(
            "SSO recreated in nOps, AWS has the old ACS",
            [SpAcsUrl, SpEntityId],
            AwsAcsUrl,
            "copy",
        ),
        anew(
            "SSO recreated in nOps, AWS has the old audience",
            [SpAcsUrl, SpEntityId],
            AwsAudience,
            "copy",
        ),
        pasted("1", "the ACS in the audience", AwsAudience, acs.clone(), "link_kind", "copy"),
        pasted("1", "the ACS as Entity ID", SpEntityId, acs.clone(), "link_kind", "use_value"),
        pasted(
            "2",
            "the Entity ID in the ACS URL",
            AwsAcsUrl,
            entity_id.clone(),
            "link_kind",
            "copy",
        ),
        pasted("2", "the Entity ID as ACS", SpAcsUrl, entity_id.clone(), "link_kind", "use_value"),
        swapped(AwsAcsUrl, AwsAudience, "both swapped in AWS", "aws_addresses_swapped", "copy"),
        swapped(SpAcsUrl, SpEntityId, "both swapped on the way", "addresses_swapped", "swap"),
        MistakeRow {
            before: vec![InputEvent::Forget(AwsAcsUrl), InputEvent::Forget(AwsAudience)],
            ..pasted(
                "3",
                "both fields hold the ACS",
                SpEntityId,
                acs.clone(),
                "link_kind",
                "use_value",
            )
        },
        pasted(
            "5",
            "two organizations",
            SpEntityId,
            entity_id.replace(TENANT, SECOND_TENANT),
            "tenants_differ",
            "again",
        ),
        pasted(
            "5",
            "an audience of another organization",
            AwsAudience,
            entity_id.replace(TENANT, SECOND_TENANT),
            "copy_differs",
            "copy",
        ),
        pasted("6", "?acs lost", SpAcsUrl, acs.replace("?acs", ""), "link_kind", "use_value"),
        pasted("6", "?acs lost in AWS", AwsAcsUrl, acs.replace("?acs", ""), "link_kind", "copy"),
        pasted("9", "http", SpAcsUrl, acs.replace("https", "http"), "link_scheme", "use_value"),
        pasted("9", "no scheme", SpAcsUrl, acs.replace("https://", ""), "link_scheme", "use_value"),
        pasted("10", "a host in capitals", SpAcsUrl, host("App.nOps.io"), "link_host", "use_value"),
        pasted("10", "a port", SpAcsUrl, host("app.nops.io:8443"), "link_host", "use_value"),
        pasted("10", "www.", SpAcsUrl, host("www.app.nops.io"), "link_host", "use_value"),
        pasted("10", "an IP address", SpAcsUrl, host("203.0.113.7"), "link_host", "use_value"),
        pasted(
            "11",
            "the help page's sample",
            SpAcsUrl,
            acs.replace(TENANT, "YYYYY"),
            "link_sample",
            "again",
        ),
        pasted(
            "11",
            "a sample in brackets",
            SpEntityId,
            entity_id.replace(TENANT, "<id>"),
            "link_sample",
            "again",
        ),
        pasted(
            "18",
            "shown cut on the page",
            SpAcsUrl,
            "https://app.nops.io/sso/v1/0b7acc21…".to_owned(),
            "link_cut",
            "again",
        ),
    ]
}

pub(super) fn link_mistakes(bench: &MistakeFixture) -> Result<Vec<MistakeRow>> {
    use Field::{IdpEntityId, NopsIssuerUrl, NopsSsoEndpoint};
    let aws = &bench.aws;
    let console = "https://us-east-1.console.aws.amazon.com/singlesignon/applications/home?region=us-east-1#/instances/0123456789abcdef/ins-fedcba9876543210";
    let inbound = "https://us-east-1.signin.aws.amazon.com/platform/saml/d-9067abcdef";
    let portal = "https://d-9067abcdef.awsapps.com/start";
    Ok(vec![
        pasted(
            "12",
            "the sign-out link as issuer",
            NopsIssuerUrl,
            aws.sign_out.clone(),
            "link_kind",
            "copy",
        ),
        pasted(
            "12",
            "the sign-out link as endpoint",
            NopsSsoEndpoint,
            aws.sign_out.clone(),
            "link_kind",
            "copy",
        ),
        pasted(
            "12",
            "the sign-out link from AWS",
            IdpEntityId,
            aws.sign_out.clone(),
            "link_kind",
            "use_value",
        ),
        pasted(
            "13",
            "the metadata link as issuer",
            NopsIssuerUrl,
            aws.metadata.clone(),
            "link_kind",
            "copy",
        ),
        pasted(
            "13",
            "the metadata link from AWS",
            IdpEntityId,
            aws.metadata.clone(),
            "link_kind",
            "use_value",
        ),
        pasted(
            "16",
            "the console's address",
            NopsIssuerUrl,
            console.to_owned(),
            "link_kind",
            "copy",
        ),
        pasted("16", "the application's ARN", NopsIssuerUrl, ARN.to_owned(), "link_kind", "copy"),
        pasted("16", "the access portal", NopsIssuerUrl, portal.to_owned(), "link_kind", "copy"),
        pasted(
            "16",
            "Identity Center's inbound address",
            NopsIssuerUrl,
            inbound.to_owned(),
            "link_kind",
            "copy",
        ),
        pasted(
            "17",
            "another endpoint than issuer",
            NopsSsoEndpoint,
            bench.links(SECOND_ARN)?.issuer,
            "copy_differs",
            "copy",
        ),
        pasted(
            "17",
            "another issuer than AWS's",
            NopsIssuerUrl,
            bench.links(SECOND_ARN)?.issuer,
            "copy_differs",
            "copy",
        ),
        pasted(
            "17",
            "a dual-stack issuer",
            NopsIssuerUrl,
            aws.issuer.replace("amazonaws.com", "api.aws"),
            "issuer_dual_stack",
            "copy",
        ),
        pasted(
            "18",
            "cut in its token",
            NopsIssuerUrl,
            aws.issuer[..aws.issuer.len() - 7].to_owned(),
            "link_cut",
            "copy",
        ),
        pasted(
            "18",
            "cut before its token",
            NopsIssuerUrl,
            aws.issuer[..70].to_owned(),
            "link_cut",
            "copy",
        ),
        pasted(
            "18",
            "pasted twice",
            NopsIssuerUrl,
            format!("{0}{0}", aws.issuer),
            "link_doubled",
            "copy",
        ),
    ])
}

pub(super) fn aws_mistakes(bench: &MistakeFixture) -> Result<Vec<MistakeRow>> {
    use Field::{
        ApplicationArn, ApplicationRegion, AwsAccountId, AwsOtherRegions, BlockedActions,
        DeniedActions, IdpEntityId, IdpLink, InstanceArn, InstanceKind,
    };
    let other_account = bench.links(OTHER_ACCOUNT_ARN)?.issuer;
    let other_application = bench.links(SECOND_ARN)?.issuer;
    let replica = PortalLinks::derive(&ARN.parse()?, &"eu-west-1".parse::<Region>()?);
    let gov = PortalLinks::derive(&ARN.parse()?, &"us-gov-west-1".parse::<Region>()?);
    Ok(vec![
        pasted(
            "21",
            "a link of another account",
            IdpLink,
            other_account,
            "link_of_other_account",
            "again",
        ),
        pasted(
            "21",
            "a link of another application",
            IdpEntityId,
            other_application,
            "link_of_other_application",
            "again",
        ),
        asked(
            "23",
            "a member account",
            vec![
                InputEvent::Asked(Field::ManagementAccountId, "210987654321"),
                InputEvent::Asked(Field::DelegatedAdministrators, ""),
            ],
            "member_account",
            AwsAccountId,
            "read",
        ),
        asked(
            "23",
            "perhaps a member account",
            vec![InputEvent::Asked(Field::ManagementAccountId, "210987654321")],
            "maybe_member_account",
            AwsAccountId,
            "read",
        ),
        asked(
            "24",
            "an account instance",
            vec![InputEvent::Asked(InstanceKind, "account")],
            "account_instance",
            InstanceKind,
            "read",
        ),
        asked(
            "25",
            "Identity Center is off",
            vec![InputEvent::Asked(InstanceArn, "")],
            "identity_center_off",
            InstanceArn,
            "open",
        ),
        MistakeRow {
            before: vec![InputEvent::Asked(AwsOtherRegions, "ap-south-1")],
            ..pasted(
                "26",
                "a link of a Region without Identity Center",
                IdpLink,
                replica.issuer,
                "link_of_other_region",
                "again",
            )
        },
        pasted(
            "26",
            "a link of another partition",
            IdpLink,
            gov.issuer,
            "other_partition",
            "again",
        ),
        asked(
            "26",
            "an application in an additional Region",
            vec![
                InputEvent::Asked(AwsOtherRegions, "eu-west-1"),
                InputEvent::Asked(ApplicationRegion, "eu-west-1"),
            ],
            "application_in_other_region",
            ApplicationRegion,
            "read",
        ),
        asked(
            "27",
            "an OAuth application",
            vec![InputEvent::Asked(Field::ApplicationKind, "oauth")],
            "application_kind",
            ApplicationArn,
            "open",
        ),
        asked(
            "27",
            "a catalog application",
            vec![InputEvent::Asked(Field::ApplicationKind, "catalog")],
            "application_kind",
            ApplicationArn,
            "open",
        ),
        asked(
            "30",
            "no right to list",
            vec![InputEvent::Asked(DeniedActions, "sso:ListApplications")],
            "actions_denied",
            DeniedActions,
            "copy",
        ),
        asked(
            "30",
            "an organization's policy denies listing",
            vec![InputEvent::Asked(
                BlockedActions,
                r#"[{"key":"aws-denied_by","params":{"kind":"service_control"}}]"#,
            )],
            "actions_blocked",
            BlockedActions,
            "read",
        ),
        asked(
            "63",
            "user names that are no addresses",
            vec![
                InputEvent::Asked(Field::UserCount, "9"),
                InputEvent::Asked(Field::UsersNamedOtherwise, "3"),
                InputEvent::Enter(Field::AttributeMappings, bench.rows(0, 1, "${user:subject}")),
            ],
            "subject_no_address",
            Field::SubjectMapping,
            "copy",
        ),
        asked(
            "70",
            "the tester is not assigned",
            vec![InputEvent::Asked(Field::TesterAssigned, "unassigned")],
            "tester_unassigned",
            Field::TesterAssigned,
            "read",
        ),
        asked(
            "73",
            "the tester has no password",
            vec![InputEvent::Asked(Field::TesterPassword, "false")],
            "tester_password",
            Field::TesterPassword,
            "open",
        ),
        asked(
            "76",
            "people come from elsewhere",
            vec![InputEvent::Asked(Field::IdentitySource, "scim")],
            "people_come_from_elsewhere",
            Field::IdentitySource,
            "read",
        ),
    ])
}
