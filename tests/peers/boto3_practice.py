"""Checks practice mode's AWS API with boto3.

Usage: boto3_practice.py ENDPOINT [LIMITED_ENDPOINT CALLS_PER_SECOND]
       boto3_practice.py ENDPOINT events

ENDPOINT is a newly started practice mode without a rate limit. LIMITED_ENDPOINT is a practice mode that
allows CALLS_PER_SECOND. With `events`, ENDPOINT is a practice mode that has run long enough to show what
it logged during an earlier run of this script. Calls every operation of practice mode and validates
every response against botocore's service model: required members, unknown members, enumerations, lengths
and patterns. Prints one line per check, then `N passed, M failed`. The exit code is 1 if anything
failed.
"""

import json
import re
import sys
import urllib.parse
import urllib.request

from botocore.exceptions import ClientError

from practice_client import REGION, PracticeClients, Report, create_user, unique_attribute

ACCOUNT = "123456789012"
NOBODY = "0123456789-01234567-89ab-4cde-8f01-23456789abcd"


def main():
    arguments = sys.argv[1:]
    if len(arguments) not in (1, 2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    report = Report()
    if arguments[1:] == ["events"]:
        check_events(PracticeClients(arguments[0], report), report)
        print(f"{report.passed} passed, {report.failed} failed")
        return 1 if report.failed else 0
    check_everything(PracticeClients(arguments[0], report), report)
    if len(arguments) == 3:
        check_rate_limit(PracticeClients(arguments[1], report), int(arguments[2]), report)
    report.true("responses were validated against their models", report.validated > 300, report.validated)
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


def check_everything(clients, report):
    check_caller_and_organization(clients, report)
    instance = check_instances(clients, report)
    applications = check_applications(clients, report, instance)
    store = instance["IdentityStoreId"]
    people = check_users(clients, report, store)
    groups = check_groups(clients, report, store)
    check_memberships(clients, report, store, people, groups)
    check_assignments(clients, report, instance, applications, people, groups)
    check_deletions(clients, report, store, people, groups)
    check_sign_in(clients, report, store)
    check_what_is_unknown(clients, report, store)
    check_no_rate_limit(clients, report)


def check_caller_and_organization(clients, report):
    caller = clients.sts.get_caller_identity()
    report.equal("caller's account", caller["Account"], ACCOUNT)
    report.true("caller is no root user", not caller["Arn"].endswith(":root"), caller["Arn"])

    organization = clients.organizations.describe_organization()["Organization"]
    report.equal("management account", organization["MasterAccountId"], ACCOUNT)
    report.equal("feature set", organization["FeatureSet"], "ALL")
    administrators = clients.organizations.list_delegated_administrators(
        ServicePrincipal="sso.amazonaws.com"
    )
    report.equal("delegated administrators", administrators["DelegatedAdministrators"], [])


def check_instances(clients, report):
    listed = clients.sso.list_instances(RegionScope="ALL_REGIONS")["Instances"]
    report.equal("one instance", len(listed), 1)
    report.equal("the same without a scope", clients.sso.list_instances()["Instances"], listed)
    instance = listed[0]
    report.equal("instance is active", instance["Status"], "ACTIVE")
    report.equal("instance is the organization's", instance["OwnerAccountId"], ACCOUNT)
    report.equal("primary Region", instance["PrimaryRegion"], REGION)
    described = clients.sso.describe_instance(InstanceArn=instance["InstanceArn"])
    report.equal("described as listed", described["IdentityStoreId"], instance["IdentityStoreId"])
    report.refused(
        "another account's instance",
        "AccessDeniedException",
        lambda: clients.sso.describe_instance(InstanceArn="arn:aws:sso:::instance/ssoins-" + "0" * 16),
    )
    report.refused(
        "an unknown scope",
        "ValidationException",
        lambda: clients.sso.list_instances(RegionScope="EVERYWHERE"),
    )
    return instance


def check_applications(clients, report, instance):
    arn = instance["InstanceArn"]
    listed = clients.sso.list_applications(InstanceArn=arn)["Applications"]
    report.equal("seeded applications", len(listed), 5)
    paged = clients.pages("sso", "list_applications", "Applications", InstanceArn=arn, size=2)
    report.equal("applications in pages of two", paged, listed)

    provider = "arn:aws:sso::aws:applicationProvider/custom-saml"
    saml = clients.sso.list_applications(InstanceArn=arn, Filter={"ApplicationProvider": provider})
    report.equal("custom SAML applications", len(saml["Applications"]), 2)
    mine = clients.sso.list_applications(InstanceArn=arn, Filter={"ApplicationAccount": ACCOUNT})
    report.equal("applications of the account", mine["Applications"], listed)
    other = clients.sso.list_applications(InstanceArn=arn, Filter={"ApplicationAccount": "1" * 12})
    report.equal("applications of another account", other["Applications"], [])

    application = saml["Applications"][0]
    described = clients.sso.describe_application(ApplicationArn=application["ApplicationArn"])
    described.pop("ResponseMetadata")
    report.equal("described as listed", described, application)
    report.refused(
        "an application that is not there",
        "ResourceNotFoundException",
        lambda: clients.sso.describe_application(
            ApplicationArn=re.sub("apl-.*", "apl-" + "0" * 16, application["ApplicationArn"])
        ),
    )
    report.refused(
        "CreateApplication of a SAML application",
        "ValidationException",
        lambda: clients.sso.create_application(
            InstanceArn=arn, ApplicationProviderArn=provider, Name="nOps"
        ),
    )
    made = clients.sso.create_application(
        InstanceArn=arn,
        ApplicationProviderArn="arn:aws:sso::aws:applicationProvider/custom",
        Name="An OAuth application",
    )
    shown = clients.sso.describe_application(ApplicationArn=made["ApplicationArn"])
    report.equal("CreateApplication of an OAuth application", shown["Name"], "An OAuth application")
    return saml["Applications"]


def check_users(clients, report, store):
    seeded = clients.pages("identity", "list_users", "Users", IdentityStoreId=store, size=5)
    report.equal("seeded people", len(seeded), 14)
    report.true("a user is disabled", any(u["UserStatus"] == "DISABLED" for u in seeded), seeded)
    report.true("a user has no email", any("Emails" not in u for u in seeded), seeded)

    made = []
    for number in range(110):
        made.append(create_user(clients, store, f"person{number}@example.com"))
    everybody = clients.pages("identity", "list_users", "Users", IdentityStoreId=store, size=100)
    report.equal("people after 110 more", len({u["UserId"] for u in everybody}), 124)
    first = clients.identity.list_users(IdentityStoreId=store)
    report.equal("people on a page of the greatest size", len(first["Users"]), 100)

    described = clients.identity.describe_user(IdentityStoreId=store, UserId=made[0]["UserId"])
    report.equal("user name", described["UserName"], "person0@example.com")
    report.equal("email", described["Emails"][0]["Value"], "person0@example.com")
    report.equal("title as given", described["Title"], "Engineer")
    report.equal("middle name as given", described["Name"]["MiddleName"], "Q")
    report.equal("new people are enabled", described["UserStatus"], "ENABLED")
    by_arn = clients.identity.describe_user(IdentityStoreId=store, UserId=made[0]["UserArn"])
    report.equal("described by ARN", by_arn["UserId"], made[0]["UserId"])

    for path, value in (("userName", "PERSON0@example.com"), ("emails.value", "person0@example.com")):
        found = clients.identity.get_user_id(
            IdentityStoreId=store, AlternateIdentifier=unique_attribute(path, value)
        )
        report.equal(f"GetUserId by {path}", found["UserId"], made[0]["UserId"])
    filtered = clients.identity.list_users(
        IdentityStoreId=store,
        Filters=[{"AttributePath": "UserName", "AttributeValue": "person1@example.com"}],
    )
    report.equal("people by filter", [u["UserId"] for u in filtered["Users"]], [made[1]["UserId"]])

    report.refused(
        "a user name that is taken",
        "ConflictException",
        lambda: create_user(clients, store, "person0@example.com", email="other@example.com"),
    )
    report.refused(
        "an email that is taken",
        "ConflictException",
        lambda: create_user(clients, store, "other", email="person0@example.com"),
    )
    report.refused(
        "a reserved user name",
        "ValidationException",
        lambda: create_user(clients, store, "Administrator", email="other@example.com"),
    )
    report.refused(
        "a user name of 129 characters",
        "ValidationException",
        lambda: create_user(clients, store, "x" * 129, email="other@example.com"),
    )
    report.refused(
        "a user without a name",
        "ValidationException",
        lambda: clients.identity.create_user(
            IdentityStoreId=store, UserName="other", DisplayName="Other"
        ),
    )
    report.refused(
        "a user that is not there",
        "ResourceNotFoundException",
        lambda: clients.identity.describe_user(IdentityStoreId=store, UserId=NOBODY),
    )
    report.refused(
        "an unknown user name",
        "ResourceNotFoundException",
        lambda: clients.identity.get_user_id(
            IdentityStoreId=store, AlternateIdentifier=unique_attribute("userName", "unknown")
        ),
    )
    report.refused(
        "another identity store",
        "ResourceNotFoundException",
        lambda: clients.identity.list_users(IdentityStoreId="d-0000000000"),
    )
    report.refused(
        "a token of another list",
        "ValidationException",
        lambda: clients.identity.list_groups(IdentityStoreId=store, NextToken=first["NextToken"]),
    )
    return made


def check_groups(clients, report, store):
    seeded = clients.pages("identity", "list_groups", "Groups", IdentityStoreId=store, size=1)
    report.equal("seeded groups", [g["DisplayName"] for g in seeded], ["Platform", "FinOps"])
    made = [
        clients.identity.create_group(
            IdentityStoreId=store, DisplayName=f"Group {number}", Description="Made by boto3"
        )
        for number in range(3)
    ]
    described = clients.identity.describe_group(IdentityStoreId=store, GroupId=made[0]["GroupId"])
    report.equal("group's description", described["Description"], "Made by boto3")
    found = clients.identity.get_group_id(
        IdentityStoreId=store, AlternateIdentifier=unique_attribute("displayName", "Group 0")
    )
    report.equal("GetGroupId by displayName", found["GroupId"], made[0]["GroupId"])
    report.refused(
        "a group name that is taken",
        "ConflictException",
        lambda: clients.identity.create_group(IdentityStoreId=store, DisplayName="Group 0"),
    )
    report.refused(
        "a group that is not there",
        "ResourceNotFoundException",
        lambda: clients.identity.describe_group(IdentityStoreId=store, GroupId=NOBODY),
    )
    report.refused(
        "a group name that none has",
        "ResourceNotFoundException",
        lambda: clients.identity.get_group_id(
            IdentityStoreId=store, AlternateIdentifier=unique_attribute("displayName", "None")
        ),
    )
    return made


def check_memberships(clients, report, store, people, groups):
    group = groups[0]["GroupId"]
    made = [
        clients.identity.create_group_membership(
            IdentityStoreId=store, GroupId=group, MemberId={"UserId": user["UserId"]}
        )
        for user in people
    ]
    listed = clients.pages(
        "identity", "list_group_memberships", "GroupMemberships",
        IdentityStoreId=store, GroupId=group, size=50,
    )
    report.equal("members", len({m["MemberId"]["UserId"] for m in listed}), 110)
    described = clients.identity.describe_group_membership(
        IdentityStoreId=store, MembershipId=made[0]["MembershipId"]
    )
    report.equal("membership's group", described["GroupId"], group)
    member = {"UserId": people[0]["UserId"]}
    found = clients.identity.get_group_membership_id(
        IdentityStoreId=store, GroupId=group, MemberId=member
    )
    report.equal("GetGroupMembershipId", found["MembershipId"], made[0]["MembershipId"])
    of_member = clients.identity.list_group_memberships_for_member(
        IdentityStoreId=store, MemberId=member
    )
    report.equal("groups of a member", [m["GroupId"] for m in of_member["GroupMemberships"]], [group])
    answers = clients.identity.is_member_in_groups(
        IdentityStoreId=store, MemberId=member, GroupIds=[g["GroupId"] for g in groups]
    )["Results"]
    report.equal("IsMemberInGroups", [a["MembershipExists"] for a in answers], [True, False, False])

    report.refused(
        "a user who is already in the group",
        "ConflictException",
        lambda: clients.identity.create_group_membership(
            IdentityStoreId=store, GroupId=group, MemberId=member
        ),
    )
    report.refused(
        "an unknown user as a member",
        "ResourceNotFoundException",
        lambda: clients.identity.create_group_membership(
            IdentityStoreId=store, GroupId=group, MemberId={"UserId": NOBODY}
        ),
    )
    report.refused(
        "a membership that doesn't exist",
        "ResourceNotFoundException",
        lambda: clients.identity.get_group_membership_id(
            IdentityStoreId=store, GroupId=groups[1]["GroupId"], MemberId=member
        ),
    )
    report.refused(
        "IsMemberInGroups for 101 groups",
        "ValidationException",
        lambda: clients.identity.is_member_in_groups(
            IdentityStoreId=store, MemberId=member, GroupIds=[group] * 101
        ),
    )
    clients.identity.delete_group_membership(
        IdentityStoreId=store, MembershipId=made[0]["MembershipId"]
    )
    report.refused(
        "a membership that was deleted",
        "ResourceNotFoundException",
        lambda: clients.identity.describe_group_membership(
            IdentityStoreId=store, MembershipId=made[0]["MembershipId"]
        ),
    )


def check_assignments(clients, report, instance, applications, people, groups):
    application = applications[1]["ApplicationArn"]
    report.equal(
        "no one is assigned at first",
        clients.sso.list_application_assignments(ApplicationArn=application)["ApplicationAssignments"],
        [],
    )
    principals = [("GROUP", group["GroupId"]) for group in groups]
    principals += [("USER", user["UserId"]) for user in people[:4]]
    for kind, principal in principals:
        clients.sso.create_application_assignment(
            ApplicationArn=application, PrincipalId=principal, PrincipalType=kind
        )
    listed = clients.pages(
        "sso", "list_application_assignments", "ApplicationAssignments",
        ApplicationArn=application, size=3,
    )
    report.equal(
        "assignments", [(a["PrincipalType"], a["PrincipalId"]) for a in listed], principals
    )
    kind, principal = principals[0]
    one = {"ApplicationArn": application, "PrincipalId": principal, "PrincipalType": kind}
    described = clients.sso.describe_application_assignment(**one)
    report.equal("described as listed", described["PrincipalId"], principal)
    of_principal = clients.sso.list_application_assignments_for_principal(
        InstanceArn=instance["InstanceArn"],
        PrincipalId=principal,
        PrincipalType=kind,
        Filter={"ApplicationArn": application},
    )["ApplicationAssignments"]
    report.equal("assignments of a principal", [a["ApplicationArn"] for a in of_principal], [application])
    elsewhere = clients.sso.list_application_assignments_for_principal(
        InstanceArn=instance["InstanceArn"],
        PrincipalId=principal,
        PrincipalType=kind,
        Filter={"ApplicationArn": applications[0]["ApplicationArn"]},
    )["ApplicationAssignments"]
    report.equal("assignments of a principal elsewhere", elsewhere, [])
    accounts = clients.sso.list_account_assignments_for_principal(
        InstanceArn=instance["InstanceArn"], PrincipalId=principal, PrincipalType=kind
    )["AccountAssignments"]
    report.equal("AWS accounts of a principal", accounts, [])

    report.refused(
        "a principal that is assigned already",
        "ConflictException",
        lambda: clients.sso.create_application_assignment(**one),
    )
    report.refused(
        "a principal that is not there",
        "ResourceNotFoundException",
        lambda: clients.sso.create_application_assignment(**{**one, "PrincipalId": NOBODY}),
    )
    report.refused(
        "a user's id as a group's",
        "ResourceNotFoundException",
        lambda: clients.sso.create_application_assignment(
            **{**one, "PrincipalId": people[5]["UserId"]}
        ),
    )
    clients.sso.delete_application_assignment(**one)
    report.refused(
        "an assignment that was deleted",
        "ResourceNotFoundException",
        lambda: clients.sso.describe_application_assignment(**one),
    )
    report.refused(
        "deleting it again",
        "ResourceNotFoundException",
        lambda: clients.sso.delete_application_assignment(**one),
    )
    configuration = clients.sso.get_application_assignment_configuration(ApplicationArn=application)
    report.equal("assignment is required", configuration["AssignmentRequired"], True)
    report.refused(
        "PutApplicationAssignmentConfiguration on a SAML application",
        "ValidationException",
        lambda: clients.sso.put_application_assignment_configuration(
            ApplicationArn=application, AssignmentRequired=False
        ),
    )


def check_deletions(clients, report, store, people, groups):
    user, group = people[1]["UserId"], groups[0]["GroupId"]
    clients.identity.delete_user(IdentityStoreId=store, UserId=user)
    members = clients.pages(
        "identity", "list_group_memberships", "GroupMemberships",
        IdentityStoreId=store, GroupId=group, size=100,
    )
    report.true(
        "a deleted user is in no group", all(m["MemberId"]["UserId"] != user for m in members), user
    )
    report.refused(
        "deleting a user again",
        "ResourceNotFoundException",
        lambda: clients.identity.delete_user(IdentityStoreId=store, UserId=user),
    )
    clients.identity.delete_group(IdentityStoreId=store, GroupId=group)
    report.refused(
        "a group that was deleted",
        "ResourceNotFoundException",
        lambda: clients.identity.describe_group(IdentityStoreId=store, GroupId=group),
    )
    again = create_user(clients, store, "person1@example.com")
    report.true("a user made again is another one", again["UserId"] != user, user)


def check_sign_in(clients, report, store):
    """Signs in as a program, with a code that the user approves in the browser, and gets a role's
    keys."""
    oidc, access = clients.client("sso-oidc"), clients.client("sso")
    start = f"https://{store}.awsapps.com/start"
    program = oidc.register_client(
        clientName="A program", clientType="public", scopes=["sso:account:access"]
    )
    program = {key: program[key] for key in ("clientId", "clientSecret")}
    report.refused(
        "an access portal that is not there",
        "InvalidRequestException",
        lambda: oidc.start_device_authorization(**program, startUrl="https://d-0000000000.awsapps.com/start"),
    )
    grant = "urn:ietf:params:oauth:grant-type:device_code"

    def began():
        return oidc.start_device_authorization(**program, startUrl=start)

    def fetch(asked):
        return oidc.create_token(**program, grantType=grant, deviceCode=asked["deviceCode"])

    asked, denied = began(), began()
    report.refused("no answer yet", "AuthorizationPendingException", lambda: fetch(asked))
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def post(address, **fields):
        data = urllib.parse.urlencode(fields).encode()
        return browser.open(f"{clients.endpoint.rstrip('/')}/at/{address.removeprefix('https://')}", data)

    post(f"{start}/sign-in", user_name="dana.whitfield@example.com", password="practice-1")
    post(asked["verificationUri"], user_code=asked["userCode"], answer="allow")
    post(denied["verificationUri"], user_code=denied["userCode"], answer="deny")
    report.refused("a person said no", "AccessDeniedException", lambda: fetch(denied))
    token = fetch(asked)
    report.refused("a code is good once", "InvalidGrantException", lambda: fetch(asked))
    renewed = oidc.create_token(**program, grantType="refresh_token", refreshToken=token["refreshToken"])
    report.refused(
        "a token that was renewed",
        "UnauthorizedException",
        lambda: access.list_accounts(accessToken=token["accessToken"]),
    )
    token = renewed["accessToken"]
    accounts = access.list_accounts(accessToken=token)["accountList"]
    report.equal("accounts", [account["accountId"] for account in accounts], [ACCOUNT])
    roles = access.list_account_roles(accessToken=token, accountId=ACCOUNT)["roleList"]
    role = {"accountId": ACCOUNT, "roleName": roles[0]["roleName"]}
    keys = access.get_role_credentials(accessToken=token, **role)["roleCredentials"]
    report.true("keys are temporary", keys["accessKeyId"].startswith("ASIA"), keys["accessKeyId"])
    report.refused(
        "a role that the person has not",
        "ForbiddenException",
        lambda: access.get_role_credentials(accessToken=token, accountId=ACCOUNT, roleName="Other"),
    )
    access.logout(accessToken=token)
    report.refused(
        "after signing out", "UnauthorizedException", lambda: access.list_accounts(accessToken=token)
    )


def check_events(clients, report):
    """Checks that CloudTrail shows the portal and API activity of the earlier run."""
    trail = clients.client("cloudtrail")
    paginator = trail.get_paginator("lookup_events")
    everything = [e for page in paginator.paginate() for e in page["Events"]]
    times = [event["EventTime"] for event in everything]
    report.true("many events, the newest first", len(times) > 20 and times == sorted(times, reverse=True), len(times))
    report.equal("ids are unique", len({event["EventId"] for event in everything}), len(times))

    def named(name):
        attributes = [{"AttributeKey": "EventName", "AttributeValue": name}]
        events = trail.lookup_events(LookupAttributes=attributes)["Events"]
        return [json.loads(event["CloudTrailEvent"]) for event in events]

    signed_in = named("UserAuthentication")[0]
    report.equal("a sign-in", signed_in["serviceEventDetails"], {"UserAuthentication": "Success"})
    report.equal("its credential", signed_in["additionalEventData"]["CredentialType"], "PASSWORD")
    user = signed_in["userIdentity"]["onBehalfOf"]["userId"]
    store = clients.sso.list_instances()["Instances"][0]["IdentityStoreId"]
    described = clients.identity.describe_user(IdentityStoreId=store, UserId=user)
    report.equal("who signed in", described["UserName"], "dana.whitfield@example.com")
    assigned = named("CreateApplicationAssignment")[0]["requestParameters"]
    report.true("a change through the API", assigned["principalType"] in ("USER", "GROUP"), assigned)
    report.refused(
        "two attributes",
        "InvalidLookupAttributesException",
        lambda: trail.lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "x"}] * 2
        ),
    )
    report.refused(
        "too many results",
        "InvalidMaxResultsException",
        lambda: trail.lookup_events(MaxResults=51),
    )


def check_what_is_unknown(clients, report, store):
    status, answer = clients.raw("AWSIdentityStore.MakeCoffee", b"{}")
    report.equal("an unknown operation", answer["__type"], "UnknownOperationException")
    report.equal("its status", status, 400)
    _, answer = clients.raw("CoffeeService.MakeCoffee", b"{}")
    report.equal("an unknown service", answer["__type"], "UnknownOperationException")
    _, answer = clients.raw("AWSIdentityStore.ListUsers", b"[1, 2")
    report.equal("a body that is no JSON", answer["__type"], "SerializationException")
    _, answer = clients.raw("AWSIdentityStore.ListUsers", b"{}")
    report.equal("a required member left out", answer["__type"], "ValidationException")
    body = json.dumps({"IdentityStoreId": store}).encode()
    status, answer = clients.raw("AWSIdentityStore.ListUsers", body, signed=False)
    report.equal("no signature", status, 403)
    report.refused("an unknown action of STS", "InvalidAction", lambda: clients.sts.get_session_token())


def check_no_rate_limit(clients, report):
    for _ in range(60):
        clients.sso.list_instances()
    report.true("60 calls in a row where there is no limit", True, "")


def check_rate_limit(clients, calls_per_second, report):
    store = clients.sso.list_instances()["Instances"][0]["IdentityStoreId"]
    answered, refusals = 0, []
    for number in range(calls_per_second * 5):
        try:
            if number % 2:
                clients.sso.list_instances()
            else:
                clients.identity.list_groups(IdentityStoreId=store)
            answered += 1
        except ClientError as error:
            refusals.append(error)
    codes = {error.response["Error"]["Code"] for error in refusals}
    report.equal("calls over the limit are throttled", codes, {"ThrottlingException"})
    report.true("calls within the limit are answered", answered >= calls_per_second - 1, answered)
    identity = [e for e in refusals if e.operation_name == "ListGroups"]
    report.true(
        "the identity store says when to try again",
        identity and all(e.response["RetryAfterSeconds"] == 1 for e in identity),
        identity[:1],
    )
    code = None
    try:
        for _ in range(calls_per_second - 1):
            clients.identity.list_users(IdentityStoreId=store)
    except ClientError as error:
        code = error.response["Error"]["Code"]
    report.equal("another operation of the store has its own limit", code, None)
    for _ in range(calls_per_second * 2):
        clients.sts.get_caller_identity()
    report.true("STS has no part in the limit", True, "")
    retrying = PracticeClients(clients.endpoint, report, attempts=10)
    for _ in range(calls_per_second * 2):
        retrying.sso.list_instances()
    report.true("a client that tries again gets through", True, "")


if __name__ == "__main__":
    sys.exit(main())
