"""boto3 clients of a practice mode, and the results of the checks made with them."""

import json
import urllib.error
import urllib.request

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from service_models import nonconformities, unknown_members

REGION = "us-east-1"
KEY_ID, SECRET = "AKIAPRACTICE00000000", "practice-secret-access-key"


class PracticeClients:
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
        client.meta.events.register("after-call", self.validate_response)
        return client

    def validate_response(self, http_response, parsed, model, **_):
        if http_response.status_code >= 300:
            return
        self.report.validated += 1
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


def create_user(clients, store, user_name, email=None):
    return clients.identity.create_user(
        IdentityStoreId=store,
        UserName=user_name,
        DisplayName="A Person",
        Name={"GivenName": "A", "FamilyName": "Person", "MiddleName": "Q"},
        Emails=[{"Value": email or user_name, "Type": "work", "Primary": True}],
        Title="Engineer",
    )


def unique_attribute(path, value):
    return {"UniqueAttribute": {"AttributePath": path, "AttributeValue": value}}


class Report:
    """Prints one line per check and counts the results."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.validated = 0

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
