"""Validates recorded calls against botocore's service models.

Usage: wire.py - < CALLS

CALLS has one recorded call per line: {"target", "input", "status", "output"}. Every request, every
successful response and every error must match the operation's model. The last line of the output is
`wire: N passed, M failed`. The exit code is 1 if anything failed.
"""

import json
import sys
from urllib.parse import parse_qs

import botocore.session

from service_models import nonconformities, unknown_members

# The service for each target prefix, which is the first half of X-Amz-Target.
SERVICES = {
    "AWSIdentityStore": "identitystore",
    "AWSOrganizationsV20161128": "organizations",
    "CloudTrail_20131101": "cloudtrail",
    "SWBExternalService": "sso-admin",
    "STS": "sts",
}
# Errors that every operation of every service may return (see Common Error Types in each API
# reference).
COMMON = {
    "AccessDeniedException",
    "ExpiredTokenException",
    "ThrottlingException",
    "ValidationException",
}


def main():
    session = botocore.session.get_session()
    models = {target: session.get_service_model(name) for target, name in SERVICES.items()}
    passed, failed, operations = 0, 0, set()
    for line in sys.stdin:
        call = json.loads(line)
        service, name = call["target"].split(".")
        operations.add(name)
        problems = list(of_call(models[service].operation_model(name), call))
        for problem in problems:
            print(f"FAIL  {problem}")
        passed, failed = passed + (not problems), failed + bool(problems)
    print(f"operations: {', '.join(sorted(operations))}")
    print(f"wire: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def of_call(operation, call):
    request = asked(operation, call["input"])
    yield from both(operation.input_shape, request, f"request {operation.name}")
    if operation.service_model.metadata["protocol"] == "query":
        return
    answer = json.loads(call["output"])
    if call["status"] < 300:
        yield from both(operation.output_shape, answer, f"answer {operation.name}")
        return
    kind = answer["__type"].split("#")[-1]
    shapes = {shape.name: shape for shape in operation.error_shapes}
    if kind in shapes:
        known = {"__type", "RequestId", "Message", "message"}
        members = {key: value for key, value in answer.items() if key not in known}
        yield from unknown_members(shapes[kind], members, f"refusal {operation.name}")
    elif kind not in COMMON:
        yield f"refusal {operation.name}: {kind} is none of {sorted(shapes)}"


def asked(operation, body):
    """Returns the members of a request. In a form, all values are strings."""
    if operation.service_model.metadata["protocol"] != "query":
        return json.loads(body or "{}")
    form = {name: values[0] for name, values in parse_qs(body).items()}
    form.pop("Action")
    version = form.pop("Version")
    if version != operation.service_model.api_version:
        raise ValueError(f"version {version}")
    return form


def both(shape, value, path):
    yield from nonconformities(shape, value, path)
    yield from unknown_members(shape, value, path)


if __name__ == "__main__":
    sys.exit(main())
