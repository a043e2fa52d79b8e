"""Checks that every profile that botocore lists and can use is one of ours.

Standard input: a JSON list of cases, each with a folder (config and credentials) and our profiles:
{"folder", "profiles": {name: {"usable", "region"}}}.
"""

import json
import os
import re
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
        except (botocore.exceptions.BotoCoreError, OSError):
            # OSError: the program of credential_process is missing.
            return None
        if found is not None:
            is_unusable = are_unusable(found) or has_unusable_name(session.get_scoped_config())
            return None if is_unusable else provider.METHOD
    return None


def has_unusable_name(settings):
    """Returns whether AWS rejects every call because a role or an account doesn't have AWS's format."""
    role, account = settings.get("role_arn"), settings.get("sso_account_id")
    is_role = role is None or re.fullmatch(r"arn:[^:]+:iam::[0-9]{12}:role/.+", role)
    return not is_role or not (account is None or re.fullmatch(r"[0-9]{12}", account))


def are_unusable(found):
    """Returns whether botocore accepts static keys with which every call fails: keys without a value,
    and temporary keys without a session token. Other keys aren't known without a call."""
    if type(found) is not botocore.credentials.Credentials:
        return False
    return not found.access_key or (found.access_key.startswith("ASIA") and not found.token)


def failures(case):
    """Yields how our profiles differ from botocore's, and counts the profiles in `seen`."""
    global seen
    folder = case["folder"]
    os.environ["AWS_CONFIG_FILE"] = os.path.join(folder, "config")
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.path.join(folder, "credentials")
    try:
        names = botocore.session.Session().available_profiles
    except botocore.exceptions.ConfigParseError:
        # botocore rejects the whole file. Our reader may accept parts of it.
        return
    seen += len(names)
    for name in names:
        ours = case["profiles"].get(name)
        if ours is None:
            yield f"botocore lists {name!r}, we have {list(case['profiles'])}"
            continue
        how = method(name)
        if how is None:
            continue
        if not ours["usable"]:
            yield f"botocore uses {name!r} by {how}, and we don't"
        region = botocore.session.Session(profile=name).get_config_variable("region")
        # botocore keeps a comment after the value, which makes the Region unusable.
        is_region = re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]", region or "")
        if is_region and ours["region"] not in (None, region):
            yield f"{name!r}: {region}, ours: {ours['region']}"


seen = 0
cases = json.load(sys.stdin)
found = [f"{case['folder']}: {failure}" for case in cases for failure in failures(case)]
assert not found, "\n".join(found)
assert seen > 80, seen
print(f"{seen} profiles in {len(cases)} configurations")
