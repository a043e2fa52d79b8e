"""Compares practice mode's signatures and checks with python3-saml in strict mode.

Usage: python3_saml_practice.py ADDRESSES [ADDRESSES_ASSERTION_ONLY]

ADDRESSES is the line of JSON that a newly started practice mode prints. ADDRESSES_ASSERTION_ONLY is the
same line from a practice mode whose portal signs only the assertion.

Acts as a person over HTTP: turns on SSO in nOps, adds the application in the console, maps its
attributes, assigns a tester, signs in at the access portal and copies the XML. Then checks each response
twice: with python3-saml, using the settings that a service provider like nOps would have, and with
practice mode's nOps. Both must give the same result with the same text. If they don't, EXCEPTIONS must
contain the case and the reason. Prints a table, then `N passed, M failed`. The exit code is 1 if
anything failed.
"""

import base64
import http.cookiejar
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import zlib
from html.parser import HTMLParser

from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

ACCEPTED = "accepted"
EMAIL_ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
MAPPINGS = [
    ("Subject", "${user:subject}", "emailAddress"),
    ("User.Email", "${user:email}", "basic"),
    ("User.FirstName", "${user:givenName}", "basic"),
    ("User.LastName", "${user:familyName}", "basic"),
]
# Responses that nOps rejects although python3-saml accepts them, because nOps requires more than
# SAML does.
EXCEPTIONS = {
    "an attribute is missing": "nOps's help says that sign-in fails without its three attributes",
    "an attribute is misspelt": "the same: attribute names are compared with their case",
    "NameID is no email address": "nOps knows people by their email address",
}


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    table = Table()
    first, *others = sys.argv[1:]
    check_world(Person(json.loads(first)), table)
    for other in others:
        check_assertion_only(Person(json.loads(other)), table)
    print(f"{table.passed} passed, {table.failed} failed")
    return 1 if table.failed else 0


def check_world(person, table):
    person.set_everything_up()
    check_metadata(person, table)
    check_right(person, table)
    check_console_mistakes(person, table)
    check_nops_mistakes(person, table)
    check_forgeries(person, table)
    check_leniencies(person, table)
    check_test_from_nops(person, table)
    check_peer_as_service_provider(person, table)
    check_rotation(person, table)


def check_assertion_only(person, table):
    person.set_everything_up()
    response = person.copy_xml()
    table.true("only the assertion is signed", signed_elements(response) == ["Assertion"], signed_elements(response))
    compare(person, table, "right, signed in the assertion", response, ACCEPTED)
    tampered = response.replace(">Dana<", ">Eve<")
    compare(person, table, "tampered, signed in the assertion", tampered, "Signature validation failed. SAML Response rejected")


def check_metadata(person, table):
    read = OneLogin_Saml2_IdPMetadataParser.parse(person.metadata)["idp"]
    table.equal("metadata: entity id is the issuer", read["entityId"], person.links["issuer-url"])
    table.equal("metadata: sign-in link", read["singleSignOnService"]["url"], person.links["sign-in-url"])
    table.equal("metadata: sign-out link", read["singleLogoutService"]["url"], person.links["sign-out-url"])
    downloaded = "".join(person.certificate.splitlines()[1:-1])
    table.equal("metadata: certificate is the downloaded one", read["x509cert"], downloaded)


def check_right(person, table):
    response = person.copy_xml()
    table.equal("the response is signed as a whole", signed_elements(response), ["Response"])
    compare(person, table, "right", response, ACCEPTED)
    peer = person.peer(response)
    table.true("right: python3-saml reads it", peer.is_valid(person.request()), peer.get_error())
    table.equal("right: NameID", peer.get_nameid(), "dana.whitfield@example.com")
    table.equal("right: NameID format", peer.get_nameid_format(), EMAIL_ADDRESS)
    expected = {"User.Email": ["dana.whitfield@example.com"], "User.FirstName": ["Dana"], "User.LastName": ["Whitfield"]}
    table.equal("right: attributes", peer.get_attributes(), expected)
    table.equal("the tile's form goes to nOps", person.tile_action(), person.local(person.acs_url))
    table.equal("the tile signs in", person.open_tile(), ACCEPTED)


def check_console_mistakes(person, table):
    acs, entity_id = person.acs_url, person.entity_id
    other_host = acs.replace("app.nops.io", "app.example.com")
    current = acs.split("?")[0]
    wrong_audience = f"{entity_id} is not a valid audience for this Response"
    typed = [
        ("wrong audience", acs, entity_id + "/", wrong_audience),
        ("wrong ACS host", other_host, entity_id, f"The response was received at {current} instead of {other_host}"),
        ("swapped", entity_id, acs, wrong_audience),
        ("ACS in both", acs, acs, wrong_audience),
        ("Entity ID in both", entity_id, entity_id, ACCEPTED),
        ("ACS by http", acs.replace("https", "http"), entity_id, f"The response was received at {current} instead of {acs.replace('https', 'http')}"),
    ]
    for case, typed_acs, typed_audience, expected in typed:
        person.edit_application(acs_url=typed_acs, audience=typed_audience)
        compare(person, table, case, person.copy_xml(), expected)
    person.edit_application(acs_url=acs, audience=entity_id)

    rows = {row[0]: row for row in MAPPINGS}
    duplicated = "Found an Attribute element with duplicated Name"
    mapped = [
        ("Subject is empty", MAPPINGS[1:], "NameID not found in the assertion of the Response"),
        ("no attribute rows", MAPPINGS[:1], "There is no AttributeStatement on the Response"),
        ("a row twice", MAPPINGS + [rows["User.Email"]], duplicated),
        ("an attribute is missing", MAPPINGS[:3], ACCEPTED),
        ("an attribute is misspelt", MAPPINGS[:2] + [("User.Firstname", "${user:givenName}", "basic"), MAPPINGS[3]], ACCEPTED),
        ("NameID is no email address", [("Subject", "Dana", "emailAddress")] + MAPPINGS[1:], ACCEPTED),
        ("an attribute more", MAPPINGS + [("Quotes", "\"<&>' é", "basic")], ACCEPTED),
    ]
    for case, mappings, expected in mapped:
        person.map_attributes(mappings)
        compare(person, table, case, person.copy_xml(), expected)
    person.map_attributes(MAPPINGS + [("Bad", "${user:mail}", "basic")])
    table.true("an unknown user attribute is bad input", "Bad input" in person.tile_refusal(400), "no such refusal")
    person.map_attributes(MAPPINGS)


def check_nops_mistakes(person, table):
    failed = "Signature validation failed. SAML Response rejected"
    one_line = "".join(person.certificate.splitlines()[1:-1])
    issuer = person.links["issuer-url"]
    metadata_link = person.links["metadata-url"]
    typed = [
        ("certificate on one line", {"x509_certificate": one_line}, ACCEPTED),
        ("certificate with CRLF", {"x509_certificate": person.certificate.replace("\n", "\r\n")}, ACCEPTED),
        ("another application's certificate", {"x509_certificate": person.other_certificate()}, failed),
        ("cut certificate", {"x509_certificate": person.certificate[:400]}, failed),
        ("a web page as certificate", {"x509_certificate": "<html><title>Sign in</title></html>"}, failed),
        ("metadata link as issuer", {"issuer_url": metadata_link}, f"Invalid issuer in the Assertion/Response (expected {metadata_link}, got {issuer})"),
    ]
    for case, mistake, expected in typed:
        person.save_nops(**mistake)
        compare(person, table, case, person.copy_xml(), expected)
    person.save_nops()


def check_forgeries(person, table):
    response = person.copy_xml()
    failed = "Signature validation failed. SAML Response rejected"
    signature = re.search(r"<ds:Signature .*?</ds:Signature>", response).group(0)
    assertion = re.search(r"<saml2:Assertion .*</saml2:Assertion>", response).group(0)
    forged = [
        ("unsigned", response.replace(signature, ""), "No Signature found. SAML Response rejected"),
        ("tampered NameID", response.replace(">dana.whitfield@example.com<", ">eve@example.com<"), failed),
        ("tampered attribute", response.replace(">Dana<", ">Eve<"), failed),
        ("tampered destination", response.replace("?acs", "?acs&amp;x"), failed),
        ("tampered signature", response.replace("<ds:SignatureValue>", "<ds:SignatureValue>AAAA"), failed),
        ("assertion twice", response.replace(assertion, assertion + assertion), "SAML Response must contain 1 assertion"),
        ("denied", response.replace("status:Success", "status:Responder"), "The status code of the Response was not Success, was Responder"),
        ("SAML 1", response.replace('Version="2.0"', 'Version="1.1"'), "Unsupported SAML version"),
        ("signature moved", response.replace(signature, "").replace("<saml2p:StatusCode", signature + "<saml2p:StatusCode"), None),
    ]
    for case, document, expected in forged:
        table.true(f"{case}: the document was changed", document != response, "it was not")
        compare(person, table, case, document, expected)


def check_leniencies(person, table):
    """python3-saml and practice mode's nOps both check the Destination and the Recipient leniently.
    A Destination without `?acs` passes this check, but practice mode then returns 404."""
    without_query = person.acs_url.split("?")[0]
    person.edit_application(acs_url=without_query)
    compare(person, table, "lost ?acs (Destination is compared as a prefix without the query)", person.copy_xml(), ACCEPTED)
    table.equal("lost ?acs: the tile misses the route", person.open_tile(), "HTTP 404")
    person.edit_application(acs_url=person.acs_url + "&more=1")
    compare(person, table, "more query (Recipient is compared by substring)", person.copy_xml(), ACCEPTED)
    person.edit_application(acs_url=person.acs_url.replace("app.nops.io", "APP.nops.io"))
    compare(person, table, "upper-case host (Destination is lowered, Recipient is not)", person.copy_xml(), "A valid SubjectConfirmation was not found on this Response")
    person.edit_application(acs_url=person.acs_url)


def check_test_from_nops(person, table):
    request, response = person.open_shareable_link()
    table.equal("Shareable Link: nOps asks for", re.search(r'NameIDPolicy Format="([^"]+)"', request).group(1), EMAIL_ADDRESS)
    asked = re.search(r' ID="([^"]+)"', request).group(1)
    peer = person.peer(response)
    table.true("Shareable Link: python3-saml accepts the answer to this request", peer.is_valid(person.request(), asked), peer.get_error())
    table.true("Shareable Link: python3-saml refuses it as the answer to another", not peer.is_valid(person.request(), "ONELOGIN_0"), "accepted")
    table.equal("Shareable Link signs in", person.post_response(response), ACCEPTED)
    person.map_attributes([("Subject", "${user:subject}", "persistent")] + MAPPINGS[1:])
    refusal = person.shareable_link_refusal(403)
    table.true("Shareable Link: another NameID format", "Request nameID format does not match our record" in refusal, refusal)
    compare(person, table, "NameID format differs, by the tile", person.copy_xml(), ACCEPTED)
    person.map_attributes(MAPPINGS)


def check_peer_as_service_provider(person, table):
    """The portal answers requests from python3-saml itself, and the console reads python3-saml's
    metadata."""
    auth = OneLogin_Saml2_Auth(person.request(), old_settings=person.peer_settings())
    link = auth.login()
    response = person.answer_of_portal(link)
    peer = person.peer(response)
    table.true("python3-saml's own request is answered", peer.is_valid(person.request(), auth.get_last_request_id()), peer.get_error())
    table.equal("the answer names the request", peer.get_in_response_to(), auth.get_last_request_id())

    written = OneLogin_Saml2_Settings(person.peer_settings(), sp_validation_only=True).get_sp_metadata()
    person.edit_application(acs_url="x", audience="x", metadata_xml=written.decode() if isinstance(written, bytes) else written)
    compare(person, table, "from python3-saml's metadata file", person.copy_xml(), ACCEPTED)
    person.edit_application(acs_url="x", audience="x", metadata_xml=person.get(person.local(person.entity_id)))
    compare(person, table, "from nOps's metadata", person.copy_xml(), ACCEPTED)


def check_rotation(person, table):
    person.post(person.console(f"applications/{person.application}/certificates"), {"do": "generate"})
    compare(person, table, "a second certificate, not yet active", person.copy_xml(), ACCEPTED)
    person.post(person.console(f"applications/{person.application}/certificates"), {"do": "activate"})
    compare(person, table, "rotated, nOps has the old one", person.copy_xml(), "Signature validation failed. SAML Response rejected")
    person.certificate = person.get(person.console(f"applications/{person.application}/certificate.pem"))
    person.save_nops()
    compare(person, table, "rotated, nOps has the new one", person.copy_xml(), ACCEPTED)


def compare(person, table, case, response, expected):
    """Compares the results of both implementations for a response. `expected` is the text that both
    must return, or None if both must reject the response with any text."""
    peer = person.peer_verdict(response)
    own = person.post_response(response)
    if case in EXCEPTIONS:
        table.verdicts(case, peer, own, peer == expected and own != ACCEPTED, f"exception: {EXCEPTIONS[case]}")
    elif expected is None:
        table.verdicts(case, peer, own, ACCEPTED not in (peer, own), "both refuse")
    else:
        table.verdicts(case, peer, own, peer == own == expected, f"expected {expected}")


class Person:
    """Uses the consoles, the portal and the mailbox of one practice server over HTTP."""

    def __init__(self, addresses):
        self.root = addresses["aws_endpoint"]
        self.addresses = addresses
        self.browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )

    # The browser

    def local(self, link):
        """Returns the local address where practice mode serves a real link."""
        return self.root + "at/" + link.split("://", 1)[1]

    def console(self, page):
        return self.addresses["console"].split("/home")[0] + "/" + page

    def portal(self, page=""):
        return self.addresses["portal"] + page

    def fetch(self, address, fields=None):
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        try:
            with self.browser.open(address, data) as answer:
                return answer.status, answer.read().decode(), answer.url
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), address

    def get(self, address):
        return self.demand(address, self.fetch(address))

    def post(self, address, fields):
        return self.demand(address, self.fetch(address, fields))

    def demand(self, address, answer):
        status, body, _ = answer
        if status != 200:
            raise SystemExit(f"{address} answered {status}: {text_of(body, 'error')}")
        return body

    # The setup

    def set_everything_up(self):
        nops = self.post(self.addresses["nops"], {"enable_sso": "on"})
        self.acs_url = text_of(nops, "acs-url")
        self.entity_id = text_of(nops, "entity-id")
        self.shareable_link = text_of(nops, "shareable-link")

        draft = self.get(self.console("applications/configure"))
        names = ("issuer-url", "sign-in-url", "sign-out-url", "metadata-url")
        self.links = {name: text_of(draft, name) for name in names}
        self.application = field_of(draft, "draft")
        before = self.get(self.local(self.links["metadata-url"]))
        self.post(self.console("applications/add"), {
            "draft": self.application,
            "display_name": "nOps",
            "description": "Cloud costs",
            "acs_url": self.acs_url,
            "audience": self.entity_id,
        })
        self.map_attributes(MAPPINGS)
        self.metadata = self.get(self.local(self.links["metadata-url"]))
        self.certificate = self.get(self.console(f"applications/{self.application}/certificate.pem"))
        if self.certificate.splitlines()[1] not in before:
            raise SystemExit("the certificate before Submit is another one than after it")
        self.save_nops()
        self.assign("dana.whitfield@example.com")
        self.sign_in("dana.whitfield@example.com")
        self.confirm()

    def map_attributes(self, rows):
        fields = []
        for attribute, value, style in rows:
            fields += [("attribute", attribute), ("value", value), ("format", style)]
        self.post(self.console(f"applications/{self.application}/mappings"), fields)

    def edit_application(self, **typed):
        self.post(self.console(f"applications/{self.application}/edit"), typed)

    def save_nops(self, **mistakes):
        self.nops = {
            "sso_type": "AWS",
            "issuer_url": self.links["issuer-url"],
            "sso_endpoint": self.links["sign-in-url"],
            "x509_certificate": self.certificate,
            "default_role": "client-member",
            **mistakes,
        }
        self.post(self.addresses["nops"], self.nops)

    def other_certificate(self):
        listed = self.get(self.console("applications"))
        name = re.search(r"/applications/([0-9a-f]{16})[^>]*>Team wiki<", listed).group(1)
        return self.get(self.console(f"applications/{name}/certificate.pem"))

    def assign(self, user_name):
        """Calls the AWS API, like the wizard."""
        application = text_of(self.get(self.console(f"applications/{self.application}")), "application-arn")
        store = text_of(self.get(self.console("settings")), "identity-store-id")
        user = self.aws("AWSIdentityStore.GetUserId", {
            "IdentityStoreId": store,
            "AlternateIdentifier": {"UniqueAttribute": {"AttributePath": "userName", "AttributeValue": user_name}},
        })
        self.aws("SWBExternalService.CreateApplicationAssignment", {
            "ApplicationArn": application,
            "PrincipalId": user["UserId"],
            "PrincipalType": "USER",
        })

    def aws(self, target, body):
        request = urllib.request.Request(self.root, json.dumps(body).encode(), {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": target,
            "Authorization": f"AWS4-HMAC-SHA256 Credential={self.addresses['access_key_id']}/20260101/us-east-1/sso/aws4_request, SignedHeaders=host, Signature=0",
        })
        with self.browser.open(request) as answer:
            return json.loads(answer.read() or b"{}")

    def sign_in(self, user_name):
        """Signs in with a one-time password from the console, then changes the password
        immediately."""
        listed = self.get(self.console("users"))
        user = re.search(r"/users/([0-9a-f-]+)\"[^>]*>" + re.escape(user_name) + "<", listed).group(1)
        page = self.post(self.console(f"users/{user}/reset-password"), {})
        self.post(self.portal("/sign-in"), {
            "user_name": user_name,
            "password": text_of(page, "one-time-password"),
            "new_password": "practice-2",
        })

    def confirm(self):
        """Confirms the user's first sign-in through the email."""
        status, page, _ = self.send(self.copy_xml())
        if status != 200 or "Confirm that SSO access is allowed" not in page:
            raise SystemExit(f"the first sign-in was not asked to confirm: {status} {text_of(page, 'error')}")
        link = re.search(r'class="mail-link" href="([^"]+)"', self.get(self.addresses["mailbox"])).group(1)
        self.get(link)

    # The sign-in tests

    def copy_xml(self):
        return text_of(self.get(self.portal(f"/tile/{self.application}?admin=1")), "saml-xml")

    def tile_refusal(self, status):
        got, page, _ = self.fetch(self.portal(f"/tile/{self.application}"))
        return text_of(page, "error") if got == status else f"HTTP {got}"

    def tile_action(self):
        return form_of(self.get(self.portal(f"/tile/{self.application}")))

    def open_tile(self):
        """Clicks a tile. Returns the result, even if the tile's form is sent to a wrong address."""
        page = self.get(self.portal(f"/tile/{self.application}"))
        fields = {name: field_of(page, name) for name in ("SAMLResponse", "RelayState")}
        return verdict_of(self.fetch(form_of(page), fields))

    def open_shareable_link(self):
        """Returns nOps's request and the portal's response to it."""
        _, page, address = self.fetch(self.local(self.shareable_link))
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
        request = zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15).decode()
        return request, base64.b64decode(field_of(page, "SAMLResponse")).decode()

    def shareable_link_refusal(self, status):
        got, page, _ = self.fetch(self.local(self.shareable_link))
        return text_of(page, "error") if got == status else f"HTTP {got}"

    def answer_of_portal(self, link):
        return base64.b64decode(field_of(self.get(self.local(link)), "SAMLResponse")).decode()

    # The two implementations

    def send(self, response):
        encoded = base64.b64encode(response.encode()).decode()
        return self.fetch(self.local(self.acs_url), {"SAMLResponse": encoded, "RelayState": ""})

    def post_response(self, response):
        return verdict_of(self.send(response))

    def peer_verdict(self, response):
        try:
            peer = self.peer(response)
            if not peer.is_valid(self.request()):
                return peer.get_error()
            peer.get_attributes()
            peer.get_nameid()
        except Exception as error:
            return str(error)
        return ACCEPTED

    def peer(self, response):
        settings = OneLogin_Saml2_Settings(self.peer_settings())
        return OneLogin_Saml2_Response(settings, base64.b64encode(response.encode()).decode())

    def peer_settings(self):
        """Returns the settings of nOps's back end: nOps's own addresses and the values that were
        entered."""
        return {
            "strict": True,
            "sp": {
                "entityId": self.entity_id,
                "assertionConsumerService": {"url": self.acs_url},
            },
            "idp": {
                "entityId": self.nops["issuer_url"],
                "singleSignOnService": {"url": self.nops["sso_endpoint"]},
                "x509cert": self.nops["x509_certificate"],
            },
        }

    def request(self):
        """Returns the HTTP request that carries the response to the ACS."""
        parts = urllib.parse.urlsplit(self.acs_url)
        return {
            "https": "on",
            "http_host": parts.netloc,
            "script_name": parts.path,
            "get_data": {"acs": ""},
            "post_data": {},
        }


class Table:
    """Prints one line per check and counts the results."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def true(self, check, holds, otherwise):
        if holds:
            self.passed += 1
            print(f"ok    {check}")
        else:
            self.failed += 1
            print(f"FAIL  {check}: {otherwise}")

    def equal(self, check, actual, expected):
        self.true(check, actual == expected, f"expected {expected!r}, got {actual!r}")

    def verdicts(self, case, peer, own, holds, remark):
        line = f"{case} | python3-saml: {peer} | practice: {own}"
        if holds and remark.startswith("exception"):
            line = f"{line} | {remark}"
        self.true(line, holds, remark)


class Elements(HTMLParser):
    """Collects the text of each element that has an ID, all hidden fields, and the form that
    contains a response."""

    def __init__(self, page):
        super().__init__()
        self.texts, self.fields, self.form = {}, {}, None
        self.open = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "input":
            self.fields.setdefault(attributes.get("name"), attributes.get("value", ""))
            return
        if tag == "form" and attributes.get("class") == "saml":
            self.form = attributes["action"]
        if "id" in attributes:
            self.open.append((tag, attributes["id"]))
            self.texts[attributes["id"]] = ""

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data):
        for _, name in self.open:
            self.texts[name] += data


def text_of(page, name):
    return Elements(page).texts.get(name, "")


def field_of(page, name):
    return Elements(page).fields[name]


def form_of(page):
    return Elements(page).form


def verdict_of(answer):
    status, page, _ = answer
    if status == 200 and text_of(page, "welcome"):
        return ACCEPTED
    return text_of(page, "error") if status == 400 else f"HTTP {status}"


def signed_elements(response):
    return re.findall(r"<saml2p?:(\w+)(?=[^>]*>\s*<saml2:Issuer[^>]*>[^<]*</saml2:Issuer><ds:Signature)", response)


if __name__ == "__main__":
    sys.exit(main())
