"""Adds 2,000 people in practice mode with our command line and with a simple boto3 script.

Usage: bench_people.py PROGRAM [PEOPLE]

PROGRAM is nops-sso-setup. At the same time, both add the same people to one group and assign the group
to one application. Each uses its own new practice mode, which allows 20 calls per second of each
operation, as AWS does. Then our program runs again with nothing left to do, and plans for 100,000 rows.
Without network delay, the script also reaches the limit of each operation. So two more comparisons
simulate a network: every call takes 50 or 150 ms longer, as from a computer near the Region or far from
it. Prints the calls, the times and their ratios. The shortest possible time is that of one call per
person at the rate limit.
"""

import asyncio
import csv
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

import boto3

LIMIT = 20
ROWS = 100_000
NEAR, FAR = 0.05, 0.15
# The maximum number of calls in a second run for up to 2,000 people. AWS lists 100 people per page.
MOST_CALLS_AGAIN = 50
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAPRACTICE00000000", "AWS_SECRET_ACCESS_KEY": "practice-secret-access-key"}
REGION = "us-east-1"
GROUP = "nOps users"


def main():
    program, people = sys.argv[1], int((sys.argv[2:] or ["2000"])[0])
    os.environ.update(KEYS, AWS_DEFAULT_REGION=REGION, AWS_CONFIG_FILE=os.devnull)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(program, Path(folder))
        bench.side_by_side(people, 0)
        bench.side_by_side(people, NEAR)
        bench.planning()
        bench.side_by_side(people // 10, FAR)


class Bench:
    def __init__(self, program, folder):
        self.program = program
        self.folder = folder

    def side_by_side(self, people, delay):
        network = f", every call {delay * 1000:.0f} ms away" if delay else ""
        print(f"\n{people:,} people, one group, one assignment, {LIMIT} calls a second each{network}")
        sheet = self.sheet(people)
        with self.practice(delay) as mine, self.practice(delay) as theirs:
            boto3_took = {}
            script = threading.Thread(target=lambda: boto3_took.update(took=add_with_boto3(theirs, sheet)))
            script.start()
            ours = self.provision(mine, sheet)
            calls = mine.calls()
            script.join()
            least = people / LIMIT
            self.row("ours", calls, ours.took, least)
            self.row("boto3", theirs.calls(), boto3_took["took"], least)
            print(f"  ours ÷ boto3{ours.took / boto3_took['took']:>31.2f} ×")
            expect(ours.result["done"] == 2 * people + 2, ours.result)
            expect(len(mine.people()) == len(theirs.people()), "both made the same people")
            if not delay:
                before = mine.calls()
                again = self.provision(mine, sheet)
                calls = mine.calls() - before
                expect(again.result["done"] == 0, again.result)
                expect(calls <= MOST_CALLS_AGAIN or people > 2_000, f"the second run took {calls} calls")
                print(f"  again, nothing to do {calls:>8,} calls {again.took:>8.1f} s, no change")

    def planning(self):
        sheet = self.sheet(ROWS)
        with self.practice(0, limited=False) as practice:
            before = practice.calls()
            planned = self.provision(practice, sheet, "--plan")
            print(f"\nPlanning {ROWS:,} rows of CSV")
            print(f"  {practice.calls() - before} calls, {planned.took:.1f} s, {planned.megabytes:.0f} MB at most")
            expect(planned.result["create_users"] == ROWS, "everybody is planned")

    def row(self, who, calls, took, least):
        print(f"  {who:<20}{calls:>9,} calls {took:>8.1f} s {took / least:>8.2f} × the least time")

    def sheet(self, people):
        path = self.folder / f"{people}-{uuid.uuid4().hex[:8]}.csv"
        with path.open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["E-mail", "Given name", "Family name"])
            for number in range(people):
                rows.writerow([f"person{number}@example.com", "Person", f"Number {number}"])
        return path

    def provision(self, practice, sheet, *more):
        values = self.folder / f"{uuid.uuid4().hex}.json"
        values.write_text(json.dumps({"aws_region": REGION, "application_arn": practice.application}))
        command = [self.program, "provision", "--values", values, "--people", sheet, "--group", GROUP, *more]
        started = time.monotonic()
        with (self.folder / "printed").open("w+") as printed:
            child = subprocess.Popen(
                command,
                stdout=printed,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "AWS_ENDPOINT_URL": practice.endpoint},
            )
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            printed.seek(0)
            lines = [json.loads(line) for line in printed]
        expect(child.returncode == 0, lines[-1:])
        return Run(time.monotonic() - started, used.ru_maxrss / 1024, summary(lines))

    @contextmanager
    def practice(self, delay, limited=True):
        command = [self.program, "practice"] + (["--rate-limit", str(LIMIT)] if limited else [])
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            endpoint = json.loads(server.stdout.readline())["aws_endpoint"].rstrip("/")
            yield PracticeMode(endpoint, delayed(endpoint, delay) if delay else endpoint)
        finally:
            server.terminate()
            server.wait()


class Run:
    def __init__(self, took, megabytes, result):
        self.took, self.megabytes, self.result = took, megabytes, result


class PracticeMode:
    """A practice server. Its request IDs are numbered, so they show how many calls it has
    received."""

    def __init__(self, near, endpoint):
        self.endpoint = endpoint
        self.near = near
        sso = boto3.client("sso-admin", endpoint_url=near)
        instance = sso.list_instances()["Instances"][0]
        self.store = instance["IdentityStoreId"]
        applications = sso.list_applications(InstanceArn=instance["InstanceArn"])["Applications"]
        saml = [one for one in applications if one["ApplicationProviderArn"].endswith("custom-saml")]
        self.application = saml[0]["ApplicationArn"]
        self.asked_before = 0
        self.asked_before = self.calls()

    def calls(self):
        answer = boto3.client("sts", endpoint_url=self.near).get_caller_identity()
        number = uuid.UUID(answer["ResponseMetadata"]["RequestId"]).int >> 64
        calls = number - self.asked_before
        self.asked_before += 1
        return calls

    def people(self):
        pages = boto3.client("identitystore", endpoint_url=self.near).get_paginator("list_users")
        return [user for page in pages.paginate(IdentityStoreId=self.store) for user in page["Users"]]


def add_with_boto3(practice, sheet):
    """Runs a simple script that makes one call after another, with boto3's own retries."""
    started = time.monotonic()
    identity = boto3.client("identitystore", endpoint_url=practice.endpoint)
    group = identity.create_group(IdentityStoreId=practice.store, DisplayName=GROUP)["GroupId"]
    with sheet.open(newline="") as file:
        for row in csv.DictReader(file):
            user = identity.create_user(
                IdentityStoreId=practice.store,
                UserName=row["E-mail"],
                DisplayName=f"{row['Given name']} {row['Family name']}",
                Name={"GivenName": row["Given name"], "FamilyName": row["Family name"]},
                Emails=[{"Value": row["E-mail"], "Type": "work", "Primary": True}],
            )
            identity.create_group_membership(
                IdentityStoreId=practice.store, GroupId=group, MemberId={"UserId": user["UserId"]}
            )
    sso = boto3.client("sso-admin", endpoint_url=practice.endpoint)
    sso.create_application_assignment(
        ApplicationArn=practice.application, PrincipalId=group, PrincipalType="GROUP"
    )
    return time.monotonic() - started


def delayed(endpoint, delay):
    """Returns the address of a proxy that delays every response by `delay` seconds."""
    host, port = endpoint.removeprefix("http://").split(":")

    async def pipe(reader, writer, wait):
        while data := await reader.read(65536):
            await asyncio.sleep(wait)
            writer.write(data)
            await writer.drain()
        writer.close()

    async def serve(reader, writer):
        behind, into = await asyncio.open_connection(host, int(port))
        await asyncio.gather(pipe(reader, into, 0), pipe(behind, writer, delay), return_exceptions=True)

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def summary(lines):
    """Returns the summary line of the changes, or of the plan if there are no changes."""
    for key in ("ended", "plan"):
        for line in reversed(lines):
            if key in line:
                return line[key]
    return lines[-1]


def expect(holds, otherwise):
    if not holds:
        sys.exit(f"FAIL  {otherwise}")


if __name__ == "__main__":
    main()
