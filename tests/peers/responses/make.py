"""Makes correct and incorrect responses, without our code, for three implementations to check.

Usage: make.py FOLDER

Writes FOLDER/cases.json: the time, the values on both consoles, and for each case what the user pastes,
what the other implementations get, whether the response is correct, and the finding that the wizard must
report. Keys are generated for each run.
"""

import json
import sys
from pathlib import Path

import attacks
import good
import mistakes
from keys import YEAR, Identity
from message import ACS, ENTITY_ID, ISSUER, TESTER, at


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    world = World()
    cases = [*good.cases(world), *mistakes.cases(world), *attacks.cases(world)]
    names = [case["name"] for case in cases]
    if len(set(names)) != len(names):
        raise SystemExit("two cases have the same name")
    folder = Path(sys.argv[1])
    (folder / "cases.json").write_text(json.dumps({"now": at(), "values": world.values(), "cases": cases}))
    return 0


class World:
    """The signing identities, and the values that both consoles have."""

    def __init__(self):
        self.aws = Identity()
        self.old = Identity(age=YEAR * 4)
        self.other = Identity()
        self.attacker = Identity()

    def values(self):
        return {
            "idp_entity_id": ISSUER,
            "idp_sso_url": ISSUER,
            "idp_x509_pem": self.aws.certificate_pem,
            "sp_acs_url": ACS,
            "sp_entity_id": ENTITY_ID,
            "nops_issuer_url": ISSUER,
            "nops_sso_endpoint": ISSUER,
            "nops_x509": self.aws.certificate_pem,
            "tester": TESTER,
        }


if __name__ == "__main__":
    sys.exit(main())
