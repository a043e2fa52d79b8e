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
import urllib.error
import urllib.parse
import urllib.request

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from service_models import nonconformities, unknown_members

ACCOUNT = "123456789012"
REGION = "us-east-1"
KEY_ID, SECRET = "AKIAPRACTICE00000000", "practice-secret-access-key"
NOBODY = "0123456789-01234567-89ab-4cde-8f01-23456789abcd"


def main():
    arguments = sys.argv[1:]
    if len(arguments) not in (1, 2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    report = Report()
    if arguments[1:] == ["events"]:
        check_events(World(arguments[0], report), report)
        print(f"{report.passed} passed, {report.failed} failed")
        return 1 if report.failed else 0
    check_everything(World(arguments[0], report), report)
    if len(arguments) == 3:
        check_rate_limit(World(arguments[1], report), int(arguments[2]), report)
    report.true("answers were held against their models", report.held > 300, report.held)
    print(f"{report.passed} passed, {report.failed} failed")
    return 1 if report.failed else 0


def check_everything(world, report):
    check_caller_and_organization(world, report)
    instance = check_instances(world, report)
    applications = check_applications(world, report, instance)
    store = instance["IdentityStoreId"]
    people = check_users(world, report, store)
    groups = check_groups(world, report, store)
    check_memberships(world, report, store, people, groups)
    check_assignments(world, report, instance, applications, people, groups)
    check_deletions(world, report, store, people, groups)
    check_sign_in(world, report, store)
    check_what_is_unknown(world, report, store)
    check_no_rate_limit(world, report)


def check_caller_and_organization(world, report):
    caller = world.sts.get_caller_identity()
    report.equal("caller's account", caller["Account"], ACCOUNT)
    report.true("caller is no root user", not caller["Arn"].endswith(":root"), caller["Arn"])

    organization = world.organizations.describe_organization()["Organization"]
    report.equal("management account", organization["MasterAccountId"], ACCOUNT)
    report.equal("feature set", organization["FeatureSet"], "ALL")
    administrators = world.organizations.list_delegated_administrators(
        ServicePrincipal="sso.amazonaws.com"
    )
    report.equal("delegated administrators", administrators["DelegatedAdministrators"], [])


def check_instances(world, report):
    listed = world.sso.list_instances(RegionScope="ALL_REGIONS")["Instances"]
    report.equal("one instance", len(listed), 1)
    report.equal("the same without a scope", world.sso.list_instances()["Instances"], listed)
    instance = listed[0]
    report.equal("instance is active", instance["Status"], "ACTIVE")
    report.equal("instance is the organization's", instance["OwnerAccountId"], ACCOUNT)
    report.equal("primary Region", instance["PrimaryRegion"], REGION)
    described = world.sso.describe_instance(InstanceArn=instance["InstanceArn"])
    report.equal("described as listed", described["IdentityStoreId"], instance["IdentityStoreId"])
    report.refused(
        "another account's instance",
        "AccessDeniedException",
        lambda: world.sso.describe_instance(InstanceArn="arn:aws:sso:::instance/ssoins-" + "0" * 16),
    )
    report.refused(
        "an unknown scope",
        "ValidationException",
        lambda: world.sso.list_instances(RegionScope="EVERYWHERE"),
    )
    return instance


def check_applications(world, report, instance):
    arn = instance["InstanceArn"]
    listed = world.sso.list_applications(InstanceArn=arn)["Applications"]
    report.equal("seeded applications", len(listed), 5)
    paged = world.pages("sso", "list_applications", "Applications", InstanceArn=arn, size=2)
    report.equal("applications in pages of two", paged, listed)

    provider = "arn:aws:sso::aws:applicationProvider/custom-saml"
    saml = world.sso.list_applications(InstanceArn=arn, Filter={"ApplicationProvider": provider})
    report.equal("custom SAML applications", len(saml["Applications"]), 2)
    mine = world.sso.list_applications(InstanceArn=arn, Filter={"ApplicationAccount": ACCOUNT})
    report.equal("applications of the account", mine["Applications"], listed)
    other = world.sso.list_applications(InstanceArn=arn, Filter={"ApplicationAccount": "1" * 12})
    report.equal("applications of another account", other["Applications"], [])

    application = saml["Applications"][0]
    described = world.sso.describe_application(ApplicationArn=application["ApplicationArn"])
    described.pop("ResponseMetadata")
    report.equal("described as listed", described, application)
    report.refused(
        "an application that is not there",
        "ResourceNotFoundException",
        lambda: world.sso.describe_application(
            ApplicationArn=re.sub("apl-.*", "apl-" + "0" * 16, application["ApplicationArn"])
        ),
    )
    report.refused(
        "CreateApplication of a SAML application",
        "ValidationException",
        lambda: world.sso.create_application(
            InstanceArn=arn, ApplicationProviderArn=provider, Name="nOps"
        ),
    )
    made = world.sso.create_application(
        InstanceArn=arn,
        ApplicationProviderArn="arn:aws:sso::aws:applicationProvider/custom",
        Name="An OAuth application",
    )
    shown = world.sso.describe_application(ApplicationArn=made["ApplicationArn"])
    report.equal("CreateApplication of an OAuth application", shown["Name"], "An OAuth application")
    return saml["Applications"]


def check_users(world, report, store):
    seeded = world.pages("identity", "list_users", "Users", IdentityStoreId=store, size=5)
    report.equal("seeded people", len(seeded), 14)
    report.true("a user is disabled", any(u["UserStatus"] == "DISABLED" for u in seeded), seeded)
    report.true("a user has no email", any("Emails" not in u for u in seeded), seeded)

    made = []
    for number in range(110):
        made.append(create_user(world, store, f"person{number}@example.com"))
    everybody = world.pages("identity", "list_users", "Users", IdentityStoreId=store, size=100)
    report.equal("people after 110 more", len({u["UserId"] for u in everybody}), 124)
    first = world.identity.list_users(IdentityStoreId=store)
    report.equal("people on a page of the greatest size", len(first["Users"]), 100)

    described = world.identity.describe_user(IdentityStoreId=store, UserId=made[0]["UserId"])
    report.equal("user name", described["UserName"], "person0@example.com")
    report.equal("email", described["Emails"][0]["Value"], "person0@example.com")
    report.equal("title as given", described["Title"], "Engineer")
    report.equal("middle name as given", described["Name"]["MiddleName"], "Q")
    report.equal("new people are enabled", described["UserStatus"], "ENABLED")
    by_arn = world.identity.describe_user(IdentityStoreId=store, UserId=made[0]["UserArn"])
    report.equal("described by ARN", by_arn["UserId"], made[0]["UserId"])

    for path, value in (("userName", "PERSON0@example.com"), ("emails.value", "person0@example.com")):
        found = world.identity.get_user_id(
            IdentityStoreId=store, AlternateIdentifier=unique_attribute(path, value)
        )
        report.equal(f"GetUserId by {path}", found["UserId"], made[0]["UserId"])
    filtered = world.identity.list_users(
        IdentityStoreId=store,
        Filters=[{"AttributePath": "UserName", "AttributeValue": "person1@example.com"}],
    )
    report.equal("people by filter", [u["UserId"] for u in filtered["Users"]], [made[1]["UserId"]])

    report.refused(
        "a user name that is taken",
        "ConflictException",
        lambda: create_user(world, store, "person0@example.com", email="other@example.com"),
    )
    report.refused(
        "an email that is taken",
        "ConflictException",
        lambda: create_user(world, store, "other", email="person0@example.com"),
    )
    report.refused(
        "a reserved user name",
        "ValidationException",
        lambda: create_user(world, store, "Administrator", email="other@example.com"),
    )
    report.refused(
        "a user name of 129 characters",
        "ValidationException",
        lambda: create_user(world, store, "x" * 129, email="other@example.com"),
    )
    report.refused(
        "a user without a name",
        "ValidationException",
        lambda: world.identity.create_user(
            IdentityStoreId=store, UserName="other", DisplayName="Other"
        ),
    )
    report.refused(
        "a user that is not there",
        "ResourceNotFoundException",
        lambda: world.identity.describe_user(IdentityStoreId=store, UserId=NOBODY),
    )
    report.refused(
        "an unknown user name",
        "ResourceNotFoundException",
        lambda: world.identity.get_user_id(
            IdentityStoreId=store, AlternateIdentifier=unique_attribute("userName", "unknown")
        ),
    )
    report.refused(
        "another identity store",
        "ResourceNotFoundException",
        lambda: world.identity.list_users(IdentityStoreId="d-0000000000"),
    )
    report.refused(
        "a token of another list",
        "ValidationException",
        lambda: world.identity.list_groups(IdentityStoreId=store, NextToken=first["NextToken"]),
    )
    return made


def check_groups(world, report, store):
    seeded = world.pages("identity", "list_groups", "Groups", IdentityStoreId=store, size=1)
    report.equal("seeded groups", [g["DisplayName"] for g in seeded], ["Platform", "FinOps"])
    made = [
        world.identity.create_group(
            IdentityStoreId=store, DisplayName=f"Group {number}", Description="Made by boto3"
        )
        for number in range(3)
    ]
    described = world.identity.describe_group(IdentityStoreId=store, GroupId=made[0]["GroupId"])
    report.equal("group's description", described["Description"], "Made by boto3")
    found = world.identity.get_group_id(
        IdentityStoreId=store, AlternateIdentifier=unique_attribute("displayName", "Group 0")
    )
    report.equal("GetGroupId by displayName", found["GroupId"], made[0]["GroupId"])
    report.refused(
        "a group name that is taken",
        "ConflictException",
        lambda: world.identity.create_group(IdentityStoreId=store, DisplayName="Group 0"),
    )
    report.refused(
        "a group that is not there",
        "ResourceNotFoundException",
        lambda: world.identity.describe_group(IdentityStoreId=store, GroupId=NOBODY),
    )
    report.refused(
        "a group name that none has",
        "ResourceNotFoundException",
        lambda: world.identity.get_group_id(
            IdentityStoreId=store, AlternateIdentifier=unique_attribute("displayName", "None")
        ),
    )
    return made


def check_memberships(world, report, store, people, groups):
    group = groups[0]["GroupId"]
    made = [
        world.identity.create_group_membership(
            IdentityStoreId=store, GroupId=group, MemberId={"UserId": user["UserId"]}
        )
        for user in people
    ]
    listed = world.pages(
        "identity", "list_group_memberships", "GroupMemberships",
        IdentityStoreId=store, GroupId=group, size=50,
    )
    report.equal("members", len({m["MemberId"]["UserId"] for m in listed}), 110)
    described = world.identity.describe_group_membership(
        IdentityStoreId=store, MembershipId=made[0]["MembershipId"]
    )
    report.equal("membership's group", described["GroupId"], group)
    member = {"UserId": people[0]["UserId"]}
    found = world.identity.get_group_membership_id(
        IdentityStoreId=store, GroupId=group, MemberId=member
    )
    report.equal("GetGroupMembershipId", found["MembershipId"], made[0]["MembershipId"])
    of_member = world.identity.list_group_memberships_for_member(
        IdentityStoreId=store, MemberId=member
    )
    report.equal("groups of a member", [m["GroupId"] for m in of_member["GroupMemberships"]], [group])
    answers = world.identity.is_member_in_groups(
        IdentityStoreId=store, MemberId=member, GroupIds=[g["GroupId"] for g in groups]
    )["Results"]
    report.equal("IsMemberInGroups", [a["MembershipExists"] for a in answers], [True, False, False])

    report.refused(
        "a user who is already in the group",
        "ConflictException",
        lambda: world.identity.create_group_membership(
            IdentityStoreId=store, GroupId=group, MemberId=member
        ),
    )
    report.refused(
        "an unknown user as a member",
        "ResourceNotFoundException",
        lambda: world.identity.create_group_membership(
            IdentityStoreId=store, GroupId=group, MemberId={"UserId": NOBODY}
        ),
    )
    report.refused(
        "a membership that doesn't exist",
        "ResourceNotFoundException",
        lambda: world.identity.get_group_membership_id(
            IdentityStoreId=store, GroupId=groups[1]["GroupId"], MemberId=member
        ),
    )
    report.refused(
        "IsMemberInGroups for 101 groups",
        "ValidationException",
        lambda: world.identity.is_member_in_groups(
            IdentityStoreId=store, MemberId=member, GroupIds=[group] * 101
        ),
    )
    world.identity.delete_group_membership(
        IdentityStoreId=store, MembershipId=made[0]["MembershipId"]
    )
    report.refused(
        "a membership that was deleted",
        "ResourceNotFoundException",
        lambda: world.identity.describe_group_membership(
            IdentityStoreId=store, MembershipId=made[0]["MembershipId"]
        ),
    )


def check_assignments(world, report, instance, applications, people, groups):
    application = applications[1]["ApplicationArn"]
    report.equal(
        "no one is assigned at first",
        world.sso.list_application_assignments(ApplicationArn=application)["ApplicationAssignments"],
        [],
    )
    principals = [("GROUP", group["GroupId"]) for group in groups]
    principals += [("USER", user["UserId"]) for user in people[:4]]
    for kind, principal in principals:
        world.sso.create_application_assignment(
            ApplicationArn=application, PrincipalId=principal, PrincipalType=kind
        )
    listed = world.pages(
        "sso", "list_application_assignments", "ApplicationAssignments",
        ApplicationArn=application, size=3,
    )
    report.equal(
        "assignments", [(a["PrincipalType"], a["PrincipalId"]) for a in listed], principals
    )
    kind, principal = principals[0]
    one = {"ApplicationArn": application, "PrincipalId": principal, "PrincipalType": kind}
    described = world.sso.describe_application_assignment(**one)
    report.equal("described as listed", described["PrincipalId"], principal)
    of_principal = world.sso.list_application_assignments_for_principal(
        InstanceArn=instance["InstanceArn"],
        PrincipalId=principal,
        PrincipalType=kind,
        Filter={"ApplicationArn": application},
    )["ApplicationAssignments"]
    report.equal("assignments of a principal", [a["ApplicationArn"] for a in of_principal], [application])
    elsewhere = world.sso.list_application_assignments_for_principal(
        InstanceArn=instance["InstanceArn"],
        PrincipalId=principal,
        PrincipalType=kind,
        Filter={"ApplicationArn": applications[0]["ApplicationArn"]},
    )["ApplicationAssignments"]
    report.equal("assignments of a principal elsewhere", elsewhere, [])
    accounts = world.sso.list_account_assignments_for_principal(
        InstanceArn=instance["InstanceArn"], PrincipalId=principal, PrincipalType=kind
    )["AccountAssignments"]
    report.equal("AWS accounts of a principal", accounts, [])

    report.refused(
        "a principal that is assigned already",
        "ConflictException",
        lambda: world.sso.create_application_assignment(**one),
    )
    report.refused(
        "a principal that is not there",
        "ResourceNotFoundException",
        lambda: world.sso.create_application_assignment(**{**one, "PrincipalId": NOBODY}),
    )
    report.refused(
        "a user's id as a group's",
        "ResourceNotFoundException",
        lambda: world.sso.create_application_assignment(
            **{**one, "PrincipalId": people[5]["UserId"]}
        ),
    )
    world.sso.delete_application_assignment(**one)
    report.refused(
        "an assignment that was deleted",
        "ResourceNotFoundException",
        lambda: world.sso.describe_application_assignment(**one),
    )
    report.refused(
        "deleting it again",
        "ResourceNotFoundException",
        lambda: world.sso.delete_application_assignment(**one),
    )
    configuration = world.sso.get_application_assignment_configuration(ApplicationArn=application)
    report.equal("assignment is required", configuration["AssignmentRequired"], True)
    report.refused(
        "PutApplicationAssignmentConfiguration on a SAML application",
        "ValidationException",
        lambda: world.sso.put_application_assignment_configuration(
            ApplicationArn=application, AssignmentRequired=False
        ),
    )


def check_deletions(world, report, store, people, groups):
    user, group = people[1]["UserId"], groups[0]["GroupId"]
    world.identity.delete_user(IdentityStoreId=store, UserId=user)
    members = world.pages(
        "identity", "list_group_memberships", "GroupMemberships",
        IdentityStoreId=store, GroupId=group, size=100,
    )
    report.true(
        "a deleted user is in no group", all(m["MemberId"]["UserId"] != user for m in members), user
    )
    report.refused(
        "deleting a user again",
        "ResourceNotFoundException",
        lambda: world.identity.delete_user(IdentityStoreId=store, UserId=user),
    )
    world.identity.delete_group(IdentityStoreId=store, GroupId=group)
    report.refused(
        "a group that was deleted",
        "ResourceNotFoundException",
        lambda: world.identity.describe_group(IdentityStoreId=store, GroupId=group),
    )
    again = create_user(world, store, "person1@example.com")
    report.true("a user made again is another one", again["UserId"] != user, user)


def check_sign_in(world, report, store):
    """Signs in as a program, with a code that the user approves in the browser, and gets a role's
    keys."""
    oidc, access = world.client("sso-oidc"), world.client("sso")
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
        return browser.open(f"{world.endpoint.rstrip('/')}/at/{address.removeprefix('https://')}", data)

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


def check_events(world, report):
    """Checks that CloudTrail shows the portal and API activity of the earlier run."""
    trail = world.client("cloudtrail")
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
    store = world.sso.list_instances()["Instances"][0]["IdentityStoreId"]
    described = world.identity.describe_user(IdentityStoreId=store, UserId=user)
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


def check_what_is_unknown(world, report, store):
    status, answer = world.raw("AWSIdentityStore.MakeCoffee", b"{}")
    report.equal("an unknown operation", answer["__type"], "UnknownOperationException")
    report.equal("its status", status, 400)
    _, answer = world.raw("CoffeeService.MakeCoffee", b"{}")
    report.equal("an unknown service", answer["__type"], "UnknownOperationException")
    _, answer = world.raw("AWSIdentityStore.ListUsers", b"[1, 2")
    report.equal("a body that is no JSON", answer["__type"], "SerializationException")
    _, answer = world.raw("AWSIdentityStore.ListUsers", b"{}")
    report.equal("a required member left out", answer["__type"], "ValidationException")
    body = json.dumps({"IdentityStoreId": store}).encode()
    status, answer = world.raw("AWSIdentityStore.ListUsers", body, signed=False)
    report.equal("no signature", status, 403)
    report.refused("an unknown action of STS", "InvalidAction", lambda: world.sts.get_session_token())


def check_no_rate_limit(world, report):
    for _ in range(60):
        world.sso.list_instances()
    report.true("60 calls in a row where there is no limit", True, "")


def check_rate_limit(world, calls_per_second, report):
    store = world.sso.list_instances()["Instances"][0]["IdentityStoreId"]
    answered, refusals = 0, []
    for number in range(calls_per_second * 5):
        try:
            if number % 2:
                world.sso.list_instances()
            else:
                world.identity.list_groups(IdentityStoreId=store)
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
            world.identity.list_users(IdentityStoreId=store)
    except ClientError as error:
        code = error.response["Error"]["Code"]
    report.equal("another operation of the store has its own limit", code, None)
    for _ in range(calls_per_second * 2):
        world.sts.get_caller_identity()
    report.true("STS has no part in the limit", True, "")
    patient = World(world.endpoint, report, attempts=10)
    for _ in range(calls_per_second * 2):
        patient.sso.list_instances()
    report.true("a client that tries again gets through", True, "")


def create_user(world, store, user_name, email=None):
    return world.identity.create_user(
        IdentityStoreId=store,
        UserName=user_name,
        DisplayName="A Person",
        Name={"GivenName": "A", "FamilyName": "Person", "MiddleName": "Q"},
        Emails=[{"Value": email or user_name, "Type": "work", "Primary": True}],
        Title="Engineer",
    )


def unique_attribute(path, value):
    return {"UniqueAttribute": {"AttributePath": path, "AttributeValue": value}}


class World:
    """The clients of one practice server. Validates each response against the service's model."""

    def __init__(self, endpoint, report, attempts=1):
        self.endpoint = endpoint
        self.report = report
        self.session = boto3.Session(
            aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET, region_name=REGION
        )
        self.attempts = attempts
        self.sts = self.client("sts")
        self.organizations = self.client("organizations")
        self.sso = self.client("sso-admin")
        self.identity = self.client("identitystore")

    def client(self, service):
        retries = {"total_max_attempts": self.attempts, "mode": "standard"}
        client = self.session.client(
            service,
            endpoint_url=self.endpoint,
            config=Config(retries=retries, parameter_validation=False),
        )
        client.meta.events.register("after-call", self.hold_against_model)
        return client

    def hold_against_model(self, http_response, parsed, model, **_):
        if http_response.status_code >= 300:
            return
        self.report.held += 1
        members = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
        problems = list(nonconformities(model.output_shape, members, model.name))
        if "json" in http_response.headers["Content-Type"]:
            problems += unknown_members(model.output_shape, json.loads(http_response.content), model.name)
        for problem in problems:
            self.report.fail(f"answer of {model.name}", problem)

    def pages(self, client, operation, member, size, **parameters):
        """Returns all items of a list by fetching page after page."""
        paginator = getattr(self, client).get_paginator(operation)
        pages = list(paginator.paginate(**parameters, PaginationConfig={"PageSize": size}))
        too_long = [len(page[member]) for page in pages if len(page[member]) > size]
        if too_long:
            self.report.fail(f"{operation} in pages of {size}", f"a page of {too_long}")
        return [item for page in pages for item in page[member]]

    def raw(self, target, body, signed=True):
        """Makes a call that boto3 itself wouldn't make. Returns the response's status and JSON."""
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target}
        request = AWSRequest("POST", self.endpoint, headers=headers, data=body)
        if signed:
            SigV4Auth(Credentials(KEY_ID, SECRET), "identitystore", REGION).add_auth(request)
        plain = urllib.request.Request(self.endpoint, body, dict(request.headers.items()))
        try:
            with urllib.request.urlopen(plain, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)


class Report:
    """Prints one line per check and counts the results."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.held = 0

    def equal(self, check, actual, expected):
        self.true(check, actual == expected, f"expected {expected!r}, got {actual!r}")

    def true(self, check, holds, otherwise):
        if holds:
            self.passed += 1
            print(f"ok    {check}")
        else:
            self.fail(check, otherwise)

    def refused(self, check, code, call):
        """Checks that the call fails with the given error."""
        try:
            answer = call()
        except ClientError as error:
            self.equal(f"{check}: {code}", error.response["Error"]["Code"], code)
        else:
            self.fail(check, f"expected {code}, got {answer!r}")

    def fail(self, check, reason):
        self.failed += 1
        print(f"FAIL  {check}: {reason}")


if __name__ == "__main__":
    sys.exit(main())
