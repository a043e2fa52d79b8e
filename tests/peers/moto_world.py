"""Runs moto, an independent AWS implementation, to check our requests and changes.

Usage: moto_world.py -

Prints one line of JSON when ready: {"endpoint", "store", "users": [{"name", "key", "secret"}…]}. Creates
one IAM user for each line of standard input up to an empty line. Each line is the user's policy. From then
on, moto checks every signature and every permission. Responds to each further line with the content of the
identity store as boto3 reads it: {"users", "groups"}. Exits when standard input closes.
"""

import json
import logging
import os
import sys

import boto3
import requests
from botocore.config import Config

STORE = "d-1234567890"
REGION = "us-east-1"
NOBODY = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "example"}


def main():
    os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "1000000"
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    try:
        serve(endpoint)
    finally:
        server.stop()


def serve(endpoint):
    client(endpoint, "organizations", NOBODY).create_organization(FeatureSet="ALL")
    users = []
    for line in iter(sys.stdin.readline, "\n"):
        users.append(make_user(endpoint, f"user{len(users)}", line))
    # boto3 reads the results with this administrator's keys.
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    judge = make_user(endpoint, "judge", json.dumps({"Version": "2012-10-17", "Statement": everything}))
    requests.post(f"{endpoint}/moto-api/reset-auth", data="0", timeout=10).raise_for_status()
    print(json.dumps({"endpoint": endpoint, "store": STORE, "users": users}), flush=True)
    keys = {"aws_access_key_id": judge["key"], "aws_secret_access_key": judge["secret"]}
    identity = client(endpoint, "identitystore", keys)
    for _ in sys.stdin:
        print(json.dumps(directory(identity)), flush=True)


def make_user(endpoint, name, policy):
    iam = client(endpoint, "iam", NOBODY)
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="policy", PolicyDocument=policy)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {"name": name, "key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}


def directory(identity):
    """Returns everything in the identity store as boto3 reads it."""
    users = pages(identity, "list_users", "Users")
    names = {user["UserId"]: user["UserName"] for user in users}
    groups = {}
    for group in pages(identity, "list_groups", "Groups"):
        members = pages(identity, "list_group_memberships", "GroupMemberships", GroupId=group["GroupId"])
        groups[group["DisplayName"]] = sorted(names[m["MemberId"]["UserId"]] for m in members)
    described = [
        [
            user["UserName"],
            user["DisplayName"],
            user["Name"]["GivenName"],
            user["Name"]["FamilyName"],
            [email["Value"] for email in user["Emails"] if email["Primary"]],
        ]
        for user in users
    ]
    return {"users": sorted(described), "groups": groups}


def pages(identity, operation, member, **parameters):
    paginator = identity.get_paginator(operation)
    return [item for page in paginator.paginate(IdentityStoreId=STORE, **parameters) for item in page[member]]


def client(endpoint, service, keys):
    config = Config(retries={"total_max_attempts": 1})
    return boto3.client(service, endpoint_url=endpoint, region_name=REGION, config=config, **keys)


if __name__ == "__main__":
    main()
