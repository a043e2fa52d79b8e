"""Checks that every profile that botocore lists and can use is one of ours.

Standard input: a JSON list of cases, each with a folder (config and credentials) and our profiles:
{"folder", "profiles": {name: {"usable", "region"}}}.
"""

import json
import os
import sys

for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

import botocore.credentials
import botocore.exceptions
import botocore.session


def method(name):
    """Returns how botocore gets the keys of a profile, or None if it can't. Makes no AWS call."""
    session = botocore.session.Session(profile=name)
    resolver = botocore.credentials.create_credential_resolver(session)
    for provider in resolver.providers:
        if provider.METHOD in ("ec2-credentials-file", "boto-config", "container-role", "iam-role"):
            continue
        try:
            found = provider.load()
        except botocore.exceptions.BotoCoreError:
            return None
        if found is not None:
            return None if is_empty(found) else provider.METHOD
    return None


def is_empty(found):
    """Returns whether botocore accepts keys without a value, with which every call fails. Only static
    keys are known without a call."""
    return type(found) is botocore.credentials.Credentials and not found.access_key


def check(case):
    folder = case["folder"]
    os.environ["AWS_CONFIG_FILE"] = os.path.join(folder, "config")
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.path.join(folder, "credentials")
    try:
        names = botocore.session.Session().available_profiles
    except botocore.exceptions.ConfigParseError:
        # botocore rejects the whole file. Our reader may accept parts of it.
        return 0
    for name in names:
        ours = case["profiles"].get(name)
        assert ours is not None, f"{folder}: botocore lists {name!r}, we have {list(case['profiles'])}"
        how = method(name)
        if how is None:
            continue
        assert ours["usable"], f"{folder}: botocore uses {name!r} by {how}, and we don't"
        region = botocore.session.Session(profile=name).get_config_variable("region")
        if region is not None and ours["region"] is not None:
            assert ours["region"] == region, f"{folder}: {name!r}: {region}, ours: {ours['region']}"
    return len(names)


cases = json.load(sys.stdin)
seen = sum(check(case) for case in cases)
assert seen > 80, seen
print(f"{seen} profiles in {len(cases)} configurations")
