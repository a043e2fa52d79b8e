"""Correct responses in the formats that signers produce and that users paste."""

import base64
import urllib.parse

from lxml import etree

from case import doubtful, right, unchecked
from message import ACS, BEARER, ENTITY_ID, TESTER, USER, at, response
from signers import EXCLUSIVE, ENVELOPED, RSA_SHA256, SHA256, by_pysaml2, by_signxml, by_xmlsec, transform

SHA512_RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512"
ONLY = "dry_run_assertion_only"


def cases(world):
    yield from shapes(world.aws)
    yield from contents(world.aws)
    yield from copies(world.aws)


def shapes(aws):
    for part, finding in [("Response", None), ("Assertion", ONLY), ("Both", None)]:
        yield right(f"signxml signs {part}", by_signxml(response(), part, aws), finding)
    yield right("signxml, SHA-384", by_signxml(response(), "Response", aws, "RSA_SHA384", "SHA384"))
    yield right("signxml, SHA-512", by_signxml(response(), "Both", aws, "RSA_SHA512", "SHA512"))
    yield right("signxml, no KeyInfo", by_signxml(response(), "Response", aws, key_info=False))
    yield right("xmlsec signs Response", by_xmlsec(response(), "Response", aws))
    yield right("xmlsec signs Assertion", by_xmlsec(response(), "Assertion", aws), ONLY)
    listed = f'<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="xs xsi"/>'
    yield right(
        "prefix list of OpenSAML",
        by_xmlsec(response(), "Response", aws, transforms=transform(ENVELOPED) + transform(EXCLUSIVE, listed)),
    )
    modern = {"sign_alg": RSA_SHA256, "digest_alg": SHA256}
    yield right("pysaml2 signs Response", by_pysaml2(aws, response=True, **modern))
    yield right("pysaml2 signs Assertion", by_pysaml2(aws, assertion=True, **modern), ONLY)
    yield right("pysaml2 signs Both", by_pysaml2(aws, response=True, assertion=True, **modern))
    yield right("pysaml2, SHA-512", by_pysaml2(aws, response=True, sign_alg=SHA512_RSA, digest_alg=SHA512))
    tree = etree.fromstring(response(), etree.XMLParser(remove_blank_text=True))
    etree.indent(tree)
    yield right("laid out before it was signed", by_signxml(etree.tostring(tree, encoding="unicode"), "Response", aws))


def contents(aws):
    def signed(**changes):
        return by_signxml(response(**changes), "Response", aws)

    yield right("letters of many alphabets", signed(attributes={**USER, "User.FirstName": "Søren 文 Ω", "User.LastName": "O’Neill-Łukasz"}))
    yield right("ampersand and quotes in a name", signed(attributes={**USER, "User.LastName": 'Ng & "Sons" <Ltd>'}))
    yield right("email address with a plus", signed(name_id="ana+aws@example.com", attributes={**USER, "User.Email": "ana+aws@example.com"}), values={"tester": "ana+aws@example.com"})
    yield right("email address in capitals", signed(name_id="Ana@Example.com", attributes={**USER, "User.Email": "Ana@Example.com"}))
    yield right("CDATA in the name", by_signxml(response(name_id=f"<![CDATA[{TESTER}]]>"), "Response", aws))
    yield right("two audiences, one of them nOps", signed(audiences=[["https://example.com/other", ENTITY_ID]]))
    yield right("two restrictions with nOps in both", signed(audiences=[[ENTITY_ID], [ENTITY_ID, "https://example.com/other"]]))
    yield right("clock four minutes slow", signed(issued=4 + 5))
    yield right("holds a quarter of an hour more", signed(issued=-45))
    yield right("holds for a quarter of an hour", signed(lasts=15))
    data = f'NotOnOrAfter="{at(60)}" Recipient="{ACS}"'
    yield right("a second confirmation, for holders of a key", signed(confirmations=(
        '<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:holder-of-key">'
        f"<saml2:SubjectConfirmationData {data}/></saml2:SubjectConfirmation>"
        f'<saml2:SubjectConfirmation Method="{BEARER}"><saml2:SubjectConfirmationData {data}/></saml2:SubjectConfirmation>'
    )))
    yield doubtful("an unused attribute", signed(attributes={**USER, "User.Phone": "1"}), "dry_run_attributes", problem="extra")
    yield doubtful("first and last name exchanged", signed(
        name_id="ana.nguyen@example.com",
        attributes={"User.Email": "ana.nguyen@example.com", "User.FirstName": "Nguyen", "User.LastName": "Ana"},
    ), "dry_run_user_first_name", problem="exchanged", values={"tester": "ana.nguyen@example.com"})


def copies(aws):
    xml = by_signxml(response(), "Response", aws)
    encoded = base64.b64encode(xml.encode()).decode()
    pretty = pretty_printed(xml)
    yield right("pasted as base64", xml, pasted=encoded)
    yield right("pasted as base64 in lines", xml, pasted="\r\n".join(encoded[i:i + 76] for i in range(0, len(encoded), 76)))
    yield right("pasted as base64 of a URL", xml, pasted=base64.urlsafe_b64encode(xml.encode()).decode().rstrip("="))
    yield right("pasted as a form body", xml, pasted=urllib.parse.urlencode({"SAMLResponse": encoded, "RelayState": ""}))
    yield right("pasted as a form body, state first", xml, pasted=urllib.parse.urlencode({"RelayState": "a b", "SAMLResponse": encoded}))
    yield right("pasted as the value of a form", xml, pasted=urllib.parse.quote(encoded, safe=""))
    yield right("pasted as the form's HTML", xml, pasted=(
        f'<!DOCTYPE html><html><body><form method="post" action="{ACS}">'
        f'<input type="hidden" name="SAMLResponse" value="{encoded.replace("+", "&#x2b;").replace("=", "&#x3d;")}"/>'
        "<input type='hidden' name='RelayState' value=''></form></body></html>"
    ))
    yield right("pasted as the form's HTML, value first", xml, pasted=f"<form><input value='{encoded}' type=hidden name=SAMLResponse></form>")
    yield right("pasted with its declaration", '<?xml version="1.0" encoding="UTF-8"?>\n' + xml)
    yield right("pasted with a byte order mark", xml, pasted="\ufeff" + xml)
    yield right("pasted with blanks around", xml, pasted=f"\n\n   {xml}\n\n")
    yield right("pasted in quotes", xml, pasted=f'"{xml}"')
    yield right("pasted in a JSON text", xml, pasted='{"SAMLResponse":"' + encoded + '"}')
    yield right("pasted from the network tab", xml, pasted=f"SAMLResponse: {encoded}\nRelayState: ")
    yield right("pasted after a browser's remark", xml, pasted="This XML file does not appear to have any style information associated with it. The document tree is shown below.\n" + xml)
    yield right("attributes on lines of their own", xml, pasted=attributes_on_lines(xml))
    yield unchecked("laid out by an editor", xml, pretty, "dry_run_reformatted")
    yield unchecked("laid out by an editor, base64", xml, base64.b64encode(pretty.encode()).decode(), "dry_run_reformatted")
    yield unchecked("laid out with tabs and CRLF", xml, pretty.replace("  ", "\t").replace("\n", "\r\n"), "dry_run_reformatted")
    yield unchecked("laid out, attributes too", xml, attributes_on_lines(pretty), "dry_run_reformatted")
    once = xml.replace("</saml2p:Status>", "</saml2p:Status>\n", 1)
    yield unchecked("one stray line break", xml, once, "dry_run_reformatted")
    for part in ("Assertion", "Both"):
        signed = by_signxml(response(), part, aws)
        yield unchecked(f"{part}, laid out by an editor", signed, pretty_printed(signed), "dry_run_reformatted")
        stray = signed.replace("<saml2:Subject>", "\n<saml2:Subject>", 1)
        yield unchecked(f"{part}, one stray line break", signed, stray, "dry_run_reformatted")
        folded = signed.replace("<saml2:AttributeStatement>", " <saml2:AttributeStatement>", 1)
        yield unchecked(f"{part}, a value broken by a mail program", signed, signed.replace(">Ana<", ">A\nna<", 1), "dry_run_reformatted")
        yield unchecked(f"{part}, one stray blank", signed, folded, "dry_run_reformatted")
    wrapped = xml.replace(" <saml2:NameID", "<saml2:NameID").replace(">" + TESTER + "<", ">\n  " + TESTER + "\n<", 1)
    yield unchecked("a value on a line of its own", xml, wrapped, "dry_run_reformatted")


def pretty_printed(xml):
    tree = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    etree.indent(tree)
    return etree.tostring(tree, encoding="unicode")


def attributes_on_lines(xml):
    """Puts each attribute on a separate line, like xmllint --pretty 2 and some editors."""
    return xml.replace('" ', '"\n      ')
