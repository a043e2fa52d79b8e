"""A response in IAM Identity Center's format, with the changes that a case needs."""

import base64
import datetime
import secrets
from xml.sax.saxutils import escape, quoteattr

PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
EMAIL_ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"

TENANT = "7acc2b1e-5a34-4d1e-9a55-1f6f0b7c2d10"
OTHER_TENANT = "7a8d91c0-5a34-4d1e-9a55-1f6f0b7c2d10"
ACS = f"https://app.nops.io/sso/v1/{TENANT}/?acs"
ENTITY_ID = f"https://app.nops.io/sso/v1/{TENANT}/metadata"
PORTAL = "https://portal.sso.us-east-1.amazonaws.com/saml"
TESTER = "ana@example.com"


def token(instance):
    return base64.b64encode(f"123456789012_ins-{instance}".encode()).decode()


TOKEN = token("fedcba9876543210")
ISSUER = f"{PORTAL}/assertion/{TOKEN}"

USER = {"User.Email": TESTER, "User.FirstName": "Ana", "User.LastName": "Nguyễn"}


def at(minutes=0):
    """Formats the time that is this many minutes from now for SAML."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def response(
    acs=ACS,
    recipient=None,
    audiences=((ENTITY_ID,),),
    issuer=ISSUER,
    name_id=TESTER,
    name_id_format=EMAIL_ADDRESS,
    attributes=USER,
    issued=0,
    lasts=60,
    status=SUCCESS,
    assertions=1,
    in_response_to=None,
    before_subject="",
    around=("", ""),
    confirmations=None,
):
    """Returns an unsigned response as text. `attributes` is a mapping or a list of pairs. `issued`
    and `lasts` are in minutes. `around` is the text added before and after the assertions."""
    pairs = attributes.items() if isinstance(attributes, dict) else attributes
    answers = f" InResponseTo={quoteattr(in_response_to)}" if in_response_to else ""
    recipient = acs if recipient is None else recipient
    if confirmations is None:
        confirmations = (
            f'<saml2:SubjectConfirmation Method="{BEARER}"><saml2:SubjectConfirmationData{answers} '
            f'NotOnOrAfter="{at(issued + lasts)}" Recipient={quoteattr(recipient)}/></saml2:SubjectConfirmation>'
        )
    statement = "".join(
        f'<saml2:Attribute Name={quoteattr(name)} NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">'
        + "".join(
            '<saml2:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            'xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string">'
            f"{escape(value)}</saml2:AttributeValue>"
            for value in ([values] if isinstance(values, str) else values)
        )
        + "</saml2:Attribute>"
        for name, values in pairs
    )
    subject = "" if name_id is None else f'<saml2:NameID Format="{name_id_format}">{name_id}</saml2:NameID>'
    restrictions = "".join(
        "<saml2:AudienceRestriction>"
        + "".join(f"<saml2:Audience>{escape(audience)}</saml2:Audience>" for audience in restriction)
        + "</saml2:AudienceRestriction>"
        for restriction in audiences
    )
    assertion = "".join(
        f'<saml2:Assertion xmlns:saml2="{ASSERTION}" ID="_{secrets.token_hex(16)}" '
        f'IssueInstant="{at(issued)}" Version="2.0"><saml2:Issuer>{escape(issuer)}</saml2:Issuer>{before_subject}'
        f"<saml2:Subject>{subject}{confirmations}</saml2:Subject>"
        f'<saml2:Conditions NotBefore="{at(issued - 5)}" NotOnOrAfter="{at(issued + lasts)}">{restrictions}'
        "</saml2:Conditions>"
        f'<saml2:AuthnStatement AuthnInstant="{at(issued)}" SessionIndex="_{secrets.token_hex(16)}" '
        f'SessionNotOnOrAfter="{at(issued + lasts)}"><saml2:AuthnContext><saml2:AuthnContextClassRef>'
        "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml2:AuthnContextClassRef></saml2:AuthnContext>"
        "</saml2:AuthnStatement>"
        + (f"<saml2:AttributeStatement>{statement}</saml2:AttributeStatement>" if statement else "")
        + "</saml2:Assertion>"
        for _ in range(assertions)
    )
    return (
        f'<saml2p:Response xmlns:saml2p="{PROTOCOL}" Destination={quoteattr(acs)} ID="_{secrets.token_hex(16)}"'
        f'{answers} IssueInstant="{at(issued)}" Version="2.0">'
        f'<saml2:Issuer xmlns:saml2="{ASSERTION}" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">'
        f"{escape(issuer)}</saml2:Issuer>"
        f'<saml2p:Status><saml2p:StatusCode Value="{status}"/></saml2p:Status>'
        f"{around[0]}{assertion}{around[1]}</saml2p:Response>"
    )
