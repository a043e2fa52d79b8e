"""Checks the cases with python3-saml in strict mode, with the settings of a service provider like
nOps.

Usage: judge_python3_saml.py FOLDER

Reads FOLDER/cases.json and writes FOLDER/python3-saml.json. For each case, the file says whether the
response was accepted and for which user, or contains the error. Each case runs in its own process,
because some cases try to crash or hang the parser.
"""

import base64
import json
import multiprocessing
import sys
import urllib.parse
from pathlib import Path

from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

LIMIT = 30


def main():
    folder = Path(sys.argv[1])
    document = json.loads((folder / "cases.json").read_text())
    verdicts = {
        case["name"]: apart(case["xml"], {**document["values"], **case["values"]}) for case in document["cases"]
    }
    (folder / "python3-saml.json").write_text(json.dumps(verdicts))


def apart(xml, values):
    processes = multiprocessing.get_context("fork")
    ours, theirs = processes.Pipe()
    judging = processes.Process(target=lambda: theirs.send(verdict(xml, values)))
    judging.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(LIMIT) else refused("it took too long")
    except EOFError:
        return refused("it crashed")
    finally:
        judging.kill()
        judging.join()


def verdict(xml, values):
    try:
        settings = OneLogin_Saml2_Settings(settings_of(values))
        response = OneLogin_Saml2_Response(settings, base64.b64encode(xml.encode()).decode())
        if not response.is_valid(request_of(values["sp_acs_url"])):
            return refused(response.get_error())
        response.get_attributes()
        return {"accepted": True, "who": response.get_nameid(), "said": ""}
    except Exception as error:
        return refused(str(error) or type(error).__name__)


def refused(said):
    return {"accepted": False, "who": "", "said": said}


def settings_of(values):
    return {
        "strict": True,
        "sp": {
            "entityId": values["sp_entity_id"],
            "assertionConsumerService": {"url": values["sp_acs_url"]},
        },
        "idp": {
            "entityId": values["nops_issuer_url"],
            "singleSignOnService": {"url": values["nops_sso_endpoint"]},
            "x509cert": values["nops_x509"],
        },
    }


def request_of(acs_url):
    """Returns the HTTP request that would carry the response to the ACS."""
    parts = urllib.parse.urlsplit(acs_url)
    return {
        "https": "on",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {"acs": ""},
        "post_data": {},
    }


if __name__ == "__main__":
    main()
