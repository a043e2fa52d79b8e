"""Mistakes on the pages of AWS and nOps. The signature is valid, but an entered value is wrong."""

from case import doubtful, right, wrong
from message import ACS, ENTITY_ID, ISSUER, OTHER_TENANT, PORTAL, TENANT, TOKEN, USER, response, token
from signers import by_signxml

PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
RESPONDER = "urn:oasis:names:tc:SAML:2.0:status:Responder"
OTHER_ACS = ACS.replace(TENANT, OTHER_TENANT)
OTHER_ENTITY_ID = ENTITY_ID.replace(TENANT, OTHER_TENANT)
SAMPLE = "https://app.nops.io/sso/v1/YYYYY"


def cases(world):
    def signed(**changes):
        return by_signxml(response(**changes), "Response", world.aws)

    yield from addresses(signed)
    yield from subjects(signed)
    yield from attributes(signed)
    yield from around(signed)
    yield from certificates(world, signed)


def addresses(signed):
    """Mistakes in *Application ACS URL* and *Application SAML audience*."""
    for problem, acs in [
        ("swapped", ENTITY_ID),
        ("organization", OTHER_ACS),
        ("cut", ACS.removesuffix("?acs")),
        ("cut", ACS.removesuffix("acs")),
        ("cut", ACS.removesuffix("/?acs")),
        ("added", ACS + "=1"),
        ("blank", ACS + " "),
        ("blank", ACS + "\u200b"),
        ("scheme", ACS.replace("https", "http")),
        ("case", ACS.replace("app.nops.io", "App.nOps.io")),
        ("host", ACS.replace("app.nops.io", "app.nops.io:443")),
        ("host", ACS.replace("app.nops.io", "www.app.nops.io")),
        ("sample", SAMPLE + "/?acs"),
        ("other", "https://example.com/acs"),
    ]:
        yield wrong(f"ACS URL is {shown(acs)}", signed(acs=acs), "dry_run_destination", problem=problem)
    yield wrong("ACS URL of the confirmation alone", signed(recipient=OTHER_ACS), "dry_run_recipient", problem="organization")
    for problem, audience in [
        ("swapped", ACS),
        ("organization", OTHER_ENTITY_ID),
        ("blank", ENTITY_ID + " "),
        ("blank", f'"{ENTITY_ID}"'),
        ("blank", ENTITY_ID + "\u200b"),
        ("scheme", ENTITY_ID.replace("https", "http")),
        ("case", ENTITY_ID.replace("/sso/", "/SSO/")),
        ("slash_added", ENTITY_ID + "/"),
        ("cut", ENTITY_ID[:-8]),
        ("cut", ENTITY_ID[:60]),
        ("sample", SAMPLE + "/metadata"),
        ("none", ""),
    ]:
        yield wrong(f"audience is {shown(audience)}", signed(audiences=[[audience]]), "dry_run_audience", problem=problem)
    yield wrong("no audience at all", signed(audiences=[]), "dry_run_audience", problem="none")
    yield wrong("nOps in one of two restrictions", signed(audiences=[[ENTITY_ID], ["https://example.com/other"]]), "dry_run_audience", problem="other")
    for problem, issuer in [
        ("application", f"{PORTAL}/assertion/{token('0123456789abcdef')}"),
        ("region", ISSUER.replace("us-east-1", "eu-west-1")),
        ("none", ""),
    ]:
        yield wrong(f"issuer is {shown(issuer)}", signed(issuer=issuer), "dry_run_issuer", problem=problem)
    for held in (f"{PORTAL}/metadata/{TOKEN}", f"{PORTAL}/logout/{TOKEN}", ISSUER + "/", ISSUER.replace(".amazonaws.com", ".api.aws")):
        yield wrong(f"nOps holds the issuer {shown(held)}", signed(), "dry_run_nops_issuer", values={"nops_issuer_url": held})


def subjects(signed):
    yield wrong("row Subject is empty", signed(name_id=""), "dry_run_subject", problem="empty")
    yield wrong("no row Subject", signed(name_id=None), "dry_run_subject", problem="empty")
    for literal in ("${user.email}", "{user:email}", "$(user:email)", "user:email", "${user:mail}"):
        yield wrong(f"row Subject is sent as {literal}", signed(name_id=literal), "dry_run_subject", problem="literal")
    yield wrong("the user name is none", signed(name_id="ana"), "dry_run_subject", problem="no_address")
    for name_id_format in (PERSISTENT, UNSPECIFIED):
        name = name_id_format.rsplit(":", 1)[1]
        yield doubtful(f"row Subject has format {name}", signed(name_id_format=name_id_format), "dry_run_subject", problem="format")
    yield doubtful("another user was signed in", signed(name_id="ben@example.com", attributes={**USER, "User.Email": "ben@example.com"}), "dry_run_other_person")


def attributes(signed):
    email, first, last = "User.Email", "User.FirstName", "User.LastName"
    rows = {email: "dry_run_user_email", first: "dry_run_user_first_name", last: "dry_run_user_last_name"}
    for problem, name, slip in [
        ("name_case", first, "User.Firstname"),
        ("name_case", email, "user.email"),
        ("name_case", email, "User.EMail"),
        ("name_blank", first, "User.FirstName "),
        ("name_blank", last, "User. LastName"),
        ("name", email, "Email"),
        ("name", first, "User_FirstName"),
        ("name", last, "User.LasName"),
        ("name", first, "urn:oid:2.5.4.42/givenName"),
    ]:
        sent = [(slip if known == name else known, value) for known, value in USER.items()]
        yield wrong(f"{name} is written {slip!r}", signed(attributes=sent), rows[name], problem=problem)
    for name in USER:
        rest = [pair for pair in USER.items() if pair[0] != name]
        yield wrong(f"no row {name}", signed(attributes=rest), rows[name], problem="missing")
        yield wrong(f"{name} twice", signed(attributes=[*USER.items(), (name, USER[name])]), rows[name], problem="twice")
        yield wrong(f"{name} is empty", signed(attributes={**USER, name: ""}), rows[name], problem="empty")
        yield wrong(f"{name} is sent as written", signed(attributes={**USER, name: "${user.name}"}), rows[name], problem="literal")
    yield wrong("no attributes", signed(attributes=[]), "dry_run_user_email", problem="missing")
    yield wrong("User.Email is the user name", signed(attributes={**USER, email: "ana"}), rows[email], problem="no_address")
    yield doubtful("groups are sent", signed(attributes={**USER, "groups": "7c1f9a52-90d1-70f3-1c2a-0d6b2f6f4a11"}), "dry_run_attributes", problem="groups")
    yield wrong("another attribute twice", signed(attributes=[*USER.items(), ("Team", "a"), ("Team", "b")]), "dry_run_attributes", problem="twice")


def around(signed):
    yield wrong("ended an hour ago", signed(issued=-120), "dry_run_too_late")
    yield wrong("ended six minutes ago", signed(issued=-66), "dry_run_too_late")
    yield wrong("the session ended a minute ago", signed(issued=-61), "dry_run_too_late")
    yield wrong("begins in an hour", signed(issued=65), "dry_run_too_early")
    yield wrong("AWS reports a failure", signed(status=RESPONDER), "dry_run_status")
    yield wrong("a failure without an assertion", signed(status=RESPONDER, assertions=0), "dry_run_status")
    yield wrong("success without an assertion", signed(assertions=0), "dry_run_no_assertion")
    yield doubtful("the answer to a request", signed(in_response_to="ONELOGIN_1"), "dry_run_in_response_to")


def certificates(world, signed):
    """Mismatches between three certificates: the certificate that AWS signs with, the certificate
    that the wizard knows, and the certificate in nOps."""
    here, held = "dry_run_certificate", "dry_run_nops_certificate"
    by_other = by_signxml(response(), "Response", world.other)
    both_other = {"nops_x509": world.other.certificate_pem}
    yield wrong("signed by another application", by_other, here, problem="other")
    yield wrong("signed by another application, no KeyInfo", by_signxml(response(), "Response", world.other, key_info=False), here, problem="other")
    yield wrong("the certificate here is another, nOps's is right", by_other, here, problem="nops_is_right", values=both_other)
    cut = world.aws.certificate_pem[:700]
    for problem, name, text in [
        ("older", "an older certificate", world.old.certificate_pem),
        ("other", "another certificate", world.other.certificate_pem),
        ("unreadable", "a cut certificate", cut),
        ("unreadable", "a certificate cut to whole lines", "\n".join(world.aws.certificate_pem.splitlines()[:9])),
        ("unreadable", "a web page for a certificate", "<!DOCTYPE html><html><title>Sign in</title></html>"),
    ]:
        yield wrong(f"nOps holds {name}", signed(), held, problem=problem, values={"nops_x509": text})
    yield right("nOps holds the certificate in one line", signed(), values={"nops_x509": world.aws.certificate_line})
    yield right("nOps holds the certificate with CRLF", signed(), values={"nops_x509": world.aws.certificate_pem.replace("\n", "\r\n")})


def shown(text):
    return repr(text.replace("https://app.nops.io/sso/v1", "…").replace("\u200b", "<zero width>").replace(PORTAL, "…"))
