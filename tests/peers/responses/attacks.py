"""Forged responses, and documents that exploit weaknesses in parsers."""

import base64
import copy
import secrets

from lxml import etree

from case import unread, wrong
from message import ASSERTION, PROTOCOL, SIGNATURE, TESTER, USER, response
from signers import ENVELOPED, EXCLUSIVE, by_pysaml2, by_signxml, by_xmlsec, transform

EVE = "eve@example.com"
REFUSED = "dry_run_refused"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
BASE64 = "http://www.w3.org/2000/09/xmldsig#base64"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
XPATH_FILTER = "http://www.w3.org/2002/06/xmldsig-filter2"
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
HMAC = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
USUAL = transform(ENVELOPED) + transform(EXCLUSIVE)


def cases(world):
    yield from wrappings(world.aws)
    yield from identifiers(world.aws)
    yield from splits(world.aws)
    yield from alterations(world.aws)
    yield from keys(world)
    yield from signatures(world.aws)
    yield from weak(world.aws)
    yield from documents(world.aws)
    yield from sizes(world.aws)


# Signature wrapping (Somorovsky et al., "On Breaking SAML", 2012). Each attack names a different
# user.

def wrappings(aws):
    def response_signed():
        return etree.fromstring(by_signxml(response(), "Response", aws))

    def assertion_signed():
        root = etree.fromstring(by_signxml(response(), "Assertion", aws))
        return root, root.find(f"{{{ASSERTION}}}Assertion")

    root = response_signed()
    evil, signature = forged(root), signature_of(root)
    root.remove(signature)
    signature.append(root)
    evil.insert(1, signature)
    yield wrapped("XSW1: the signed response inside its signature", evil)

    root = response_signed()
    evil, signature = forged(root), signature_of(root)
    root.remove(signature)
    evil.insert(1, root)
    evil.insert(2, signature)
    yield wrapped("XSW2: the signed response before its signature", evil)

    root, signed = assertion_signed()
    signed.addprevious(forged(signed))
    yield wrapped("XSW3: another assertion before the signed one", root, "several_assertions")

    root, signed = assertion_signed()
    signed.addnext(forged(signed))
    yield wrapped("another assertion after the signed one", root, "several_assertions")

    root, signed = assertion_signed()
    evil = forged(signed)
    root.replace(signed, evil)
    evil.append(signed)
    yield wrapped("XSW4: the signed assertion inside the other", root)

    root, signed = assertion_signed()
    evil, signature = forged(signed), signature_of(signed)
    signed.remove(signature)
    root.replace(signed, evil)
    evil.insert(1, signature)
    root.append(signed)
    yield wrapped("XSW5: the signature in the other assertion", root, "several_assertions")

    root, signed = assertion_signed()
    evil, signature = forged(signed), signature_of(signed)
    signed.remove(signature)
    root.replace(signed, evil)
    evil.insert(1, signature)
    signature.append(signed)
    yield wrapped("XSW6: the signed assertion in the other's signature", root)

    for name, keep_id in [("XSW7: the other assertion in extensions", False), ("XSW7 with the same id", True)]:
        root, signed = assertion_signed()
        evil = forged(signed)
        if keep_id:
            evil.set("ID", signed.get("ID"))
        extensions = etree.Element(f"{{{PROTOCOL}}}Extensions")
        extensions.append(evil)
        signed.addprevious(extensions)
        yield wrapped(name, root)

    root, signed = assertion_signed()
    evil, signature = forged(signed), signature_of(signed)
    signed.remove(signature)
    root.replace(signed, evil)
    evil.insert(1, signature)
    etree.SubElement(signature, f"{{{SIGNATURE}}}Object").append(signed)
    yield wrapped("XSW8: the signed assertion in an object", root)

    for place, tag in [
        ("advice", f"{{{ASSERTION}}}Advice"),
        ("an attribute's value", f"{{{ASSERTION}}}AttributeValue"),
        ("the confirmation's data", f"{{{ASSERTION}}}SubjectConfirmationData"),
    ]:
        root, signed = assertion_signed()
        evil = forged(signed)
        root.replace(signed, evil)
        home = evil.find(f".//{tag}")
        if home is None:
            home = etree.SubElement(evil, tag)
        home.append(signed)
        yield wrapped(f"the signed assertion in {place} of the other", root)

    root, signed = assertion_signed()
    evil, signature = forged(signed), signature_of(signed)
    signed.remove(signature)
    root.replace(signed, evil)
    root.append(signature)
    etree.SubElement(root, f"{{{PROTOCOL}}}Extensions").append(signed)
    yield wrapped("the signature beside both assertions", root)

    root = response_signed()
    evil = forged(root)
    etree.SubElement(evil, f"{{{PROTOCOL}}}Extensions").append(root)
    yield wrapped("the signed response in the extensions of another", evil)

    root, signed = assertion_signed()
    evil = etree.fromstring(etree.tostring(forged(signed)).decode().replace(ASSERTION, "urn:example:assertion"))
    signed.addprevious(evil)
    yield wrapped("another assertion of another namespace", root)

    root, signed = assertion_signed()
    outer = etree.Element(f"{{{PROTOCOL}}}Response", root.attrib, nsmap=root.nsmap)
    outer.append(root)
    yield wrong("a response in a response", etree.tostring(outer, encoding="unicode"), "dry_run_no_assertion")


# Identifiers

def identifiers(aws):
    signed = by_signxml(response(), "Assertion", aws)
    name = etree.fromstring(signed).find(f"{{{ASSERTION}}}Assertion").get("ID")
    evil = etree.tostring(forged(etree.fromstring(signed).find(f"{{{ASSERTION}}}Assertion")), encoding="unicode")
    evil_name = etree.fromstring(evil).get("ID")
    for shown, attribute in [
        ("an id twice", f'ID="{name}"'),
        ("Id beside ID", f'ID="{evil_name}" Id="{name}"'),
        ("xml:id beside ID", f'ID="{evil_name}" xml:id="{name}"'),
        ("an id of a namespace", f'xmlns:x="urn:x" x:ID="{evil_name}" ID="{name}"'),
        ("AssertionID beside ID", f'ID="{evil_name}" AssertionID="{name}"'),
    ]:
        other = evil.replace(f'ID="{evil_name}"', attribute, 1)
        yield wrong(f"{shown}, on another assertion", signed.replace("<saml2:Assertion ", other + "<saml2:Assertion ", 1), REFUSED)
        status = f"<saml2p:StatusDetail><s:detail xmlns:s=\"urn:s\" {attribute.replace(evil_name, '_' + secrets.token_hex(8))}/></saml2p:StatusDetail></saml2p:Status>"
        yield wrong(f"{shown}, in the status", signed.replace("</saml2p:Status>", status, 1), REFUSED)


# Text that is split by comments

def splits(aws):
    cut = f"{TESTER}<!---->.attacker.example"
    signed = by_xmlsec(response(name_id=cut), "Response", aws)
    yield wrong("a signed comment in the name", signed, REFUSED, problem="comment")
    plain = by_signxml(response(name_id=TESTER + ".attacker.example"), "Response", aws)
    for where, old, new in [
        ("the name", TESTER + ".attacker", TESTER + "<!-- -->.attacker"),
        ("the audience", "/metadata</saml2:Aud", "<!-- -->/metadata</saml2:Aud"),
        ("the digest", "<ds:DigestValue>", "<ds:DigestValue><!-- -->"),
        ("the signature", "<ds:SignatureValue>", "<ds:SignatureValue><!-- -->"),
        ("an attribute's value", ">Ana<", ">A<!-- -->na<"),
    ]:
        assert old in plain, old
        yield wrong(f"a comment in {where}", plain.replace(old, new, 1), REFUSED, problem="comment")
    instruction = plain.replace(TESTER + ".attacker", TESTER + "<?x y?>.attacker", 1)
    yield wrong("a processing instruction in the name", instruction, REFUSED, problem="processing_instruction")
    yield wrong("a comment before everything", "<!-- -->" + plain, REFUSED, problem="comment")


# Changes after signing

def alterations(aws):
    whole = by_signxml(response(), "Response", aws)
    both = by_signxml(response(), "Both", aws)
    part = by_signxml(response(), "Assertion", aws)
    for name, xml in [("Response", whole), ("Assertion", part), ("Both", both)]:
        yield wrong(f"{name}: another person", xml.replace(TESTER, EVE), "dry_run_altered")
        yield wrong(f"{name}: the signature is another's", another_signature(xml, by_signxml(response(), name, aws)), None)
        yield wrong(f"{name}: one attribute more", xml.replace("</saml2:AttributeStatement>", '<saml2:Attribute Name="Role"><saml2:AttributeValue>admin</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement>'), "dry_run_altered")
    yield wrong("unsigned status, altered to failure", part.replace("status:Success", "status:Responder"), "dry_run_status")
    yield wrong("unsigned destination, altered", part.replace('Destination="https://app', 'Destination="https://evil'), "dry_run_destination")
    yield wrong("unsigned", response(), "dry_run_unsigned")
    yield wrong("the signature was cut out", without(whole, "Signature"), "dry_run_unsigned")
    yield wrong("the signature's value was cut out", without(whole, "SignatureValue"), REFUSED, problem="shape")
    yield wrong("the digest is empty", emptied(whole, "DigestValue"), REFUSED, problem="shape")
    yield wrong("the signature's value is empty", emptied(whole, "SignatureValue"), REFUSED, problem="shape")
    yield wrong("one of two signatures altered", altered_value(both), None)


# Keys in the document

def keys(world):
    eve = world.attacker
    named_aws = f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{world.aws.certificate_line}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    named_eve = named_aws.replace(world.aws.certificate_line, eve.certificate_line)
    numbers = eve.key.public_key().public_numbers()
    number = lambda n: base64.b64encode(n.to_bytes((n.bit_length() + 7) // 8, "big")).decode()
    value = f"<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>{number(numbers.n)}</ds:Modulus><ds:Exponent>{number(numbers.e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo>"
    forged_text = response(name_id=EVE, attributes={**USER, "User.Email": EVE})
    for name, key_info in [("its certificate", named_eve), ("AWS's certificate", named_aws), ("its key", value), ("nothing", "")]:
        for part in ("Response", "Assertion"):
            yield wrong(f"{part} signed by an attacker, who names {name}", by_xmlsec(forged_text, part, eve, key_info=key_info), None)
    for name, secret in [
        ("AWS's certificate", world.aws.certificate_pem.encode()),
        ("AWS's certificate in one line", world.aws.certificate_line.encode()),
        ("AWS's public key", world.aws.public_pem.encode()),
        ("one zero", b"\0"),
    ]:
        yield wrong(f"HMAC with {name}", by_xmlsec(forged_text, "Response", secret, method=HMAC, key_info=named_aws), REFUSED, problem="algorithm")
    length = f'<ds:HMACOutputLength xmlns:ds="{SIGNATURE}">0</ds:HMACOutputLength>'
    hmac = by_xmlsec(forged_text, "Response", b"x", method=HMAC, key_info=named_aws)
    yield wrong("HMAC cut to nothing", hmac.replace(f'Algorithm="{HMAC}"/>', f'Algorithm="{HMAC}">{length}</ds:SignatureMethod>', 1), REFUSED)
    foreign = by_xmlsec(by_signxml(response(), "Assertion", world.aws), "Response", eve)
    yield wrong("a good signature and a foreign one around it", foreign, None)
    inside = by_signxml(by_xmlsec(response(), "Assertion", eve), "Response", world.aws)
    yield wrong("a good signature around a foreign one", inside, None)


# Other kinds of signatures, made with AWS's own key

def signatures(aws):
    def signed(**more):
        return by_xmlsec(response(), "Response", aws, **more)

    yield wrong("signed twice", by_xmlsec(signed(), "Response", aws), None)
    yield wrong("XPath that signs nothing", signed(transforms=transform(XPATH, f'<ds:XPath xmlns:ds="{SIGNATURE}">0</ds:XPath>') + USUAL), REFUSED)
    not_here = f'<ds:XPath xmlns:ds="{SIGNATURE}">not(ancestor-or-self::ds:Signature)</ds:XPath>'
    yield wrong("XPath in place of enveloped", signed(transforms=transform(XPATH, not_here) + transform(EXCLUSIVE)), REFUSED)
    filtered = f'<f:XPath xmlns:f="{XPATH_FILTER}" Filter="intersect">/nothing</f:XPath>'
    yield wrong("XPath filter that signs nothing", signed(transforms=transform(XPATH_FILTER, filtered) + transform(EXCLUSIVE)), REFUSED)
    yield wrong("inclusive canonicalization", signed(transforms=transform(ENVELOPED) + transform(INCLUSIVE)), REFUSED)
    yield wrong("canonicalization with comments", signed(transforms=transform(ENVELOPED) + transform(EXCLUSIVE + "WithComments")), REFUSED)
    yield wrong("inclusive canonicalization of the signature", signed(canonical=INCLUSIVE), REFUSED, problem="algorithm")
    yield wrong("enveloped alone", signed(transforms=transform(ENVELOPED)), REFUSED, problem="shape")
    yield wrong("two hundred transforms", signed(transforms=transform(ENVELOPED) + transform(EXCLUSIVE) * 199), REFUSED, problem="shape")
    yield wrong("the whole document by an empty reference", signed(uri=""), REFUSED, problem="reference")
    yield wrong("the whole document by XPointer", signed(uri="#xpointer(/)"), REFUSED, problem="reference")
    root = etree.fromstring(response())
    pointer = f"#xpointer(id('{root.get('ID')}'))"
    yield wrong("the response by XPointer", by_xmlsec(etree.tostring(root, encoding="unicode"), "Response", aws, uri=pointer), REFUSED, problem="reference")
    whole = signed()
    reference = f'URI="#{etree.fromstring(whole).get("ID")}"'
    for outside in ("file:///etc/hostname", "http://127.0.0.1:9/", "other.xml", "../other.xml", "cid:part", "ldap://127.0.0.1/"):
        yield wrong(f"a reference to {outside}", whole.replace(reference, f'URI="{outside}"', 1), REFUSED, problem="reference")
    yield wrong("no reference", whole.replace(" " + reference, "", 1), REFUSED, problem="reference")
    xslt = transform(XSLT, '<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="1.0"><x:template match="/"><a/></x:template></x:stylesheet>')
    for name, extra in [("XSLT", xslt), ("base64", transform(BASE64))]:
        end = "</ds:Transforms>"
        yield wrong(f"{name} among the transforms", whole.replace(end, extra + end, 1), REFUSED, problem="shape")
    yield wrong("an object in the signature", after_value(whole, "<ds:Object>x</ds:Object>"), REFUSED, problem="misplaced")
    manifest = '<ds:Object><ds:Manifest><ds:Reference URI="http://127.0.0.1:9/"><ds:DigestMethod Algorithm="x"/><ds:DigestValue>eA==</ds:DigestValue></ds:Reference></ds:Manifest></ds:Object>'
    yield wrong("a manifest in the signature", after_value(whole, manifest), REFUSED, problem="misplaced")
    yield wrong("a key to be fetched", after_value(whole, '<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1:9/"/></ds:KeyInfo>'), REFUSED, problem="misplaced")
    for name in ("SignedInfo", "SignatureValue"):
        yield wrong(f"{name} twice", doubled(whole, name), REFUSED, problem="shape")
    deep = "(" * 8000 + "1" + ")" * 8000
    yield wrong("XPath that is nested deeply", whole.replace("<ds:Transforms>", "<ds:Transforms>" + transform(XPATH, f'<ds:XPath xmlns:ds="{SIGNATURE}">{deep}</ds:XPath>'), 1), REFUSED)


def weak(aws):
    for method, digest in [("RSA_SHA1", "SHA256"), ("RSA_SHA256", "SHA1"), ("RSA_SHA1", "SHA1")]:
        xml = by_signxml(response(), "Response", aws, method, digest)
        yield wrong(f"signature {method}, digest {digest}", xml, REFUSED, problem="weak_algorithm")
    yield wrong("pysaml2 as it is, with SHA-1", by_pysaml2(aws, response=True), REFUSED, problem="weak_algorithm")


# Other documents

def documents(aws):
    xml = by_signxml(response(), "Response", aws)
    for name, dtd in [
        ("a document type", "<!DOCTYPE saml2p:Response>"),
        ("an entity", '<!DOCTYPE r [<!ENTITY e "x">]>'),
        ("an entity of a file", '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
        ("an entity of the network", '<!DOCTYPE r [<!ENTITY % e SYSTEM "http://127.0.0.1:9/">%e;]>'),
        ("an attribute's default", '<!DOCTYPE r [<!ATTLIST saml2:Assertion ID ID #IMPLIED>]>'),
        ("entities that multiply", '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)) + "]>"),
    ]:
        yield unread(f"{name} before the response", dtd + xml, "dtd")
    used = '<!DOCTYPE r [<!ENTITY e "eve@example.com">]>' + xml.replace(TESTER, "&e;")
    yield unread("an entity in the name", used, "dtd")
    yield unread("written in UTF-16", xml, "encoding", pasted='<?xml version="1.0" encoding="UTF-16"?>' + xml)
    yield unread("declared as Latin-1", '<?xml version="1.0" encoding="ISO-8859-1"?>' + xml.replace("ễ", "e"), "encoding")
    assertion = etree.fromstring(by_signxml(response(), "Assertion", aws)).find(f"{{{ASSERTION}}}Assertion")
    yield unread("the assertion alone", etree.tostring(assertion, encoding="unicode"), "bare_assertion")
    yield unread("a request", f'<samlp:AuthnRequest xmlns:samlp="{PROTOCOL}" ID="_1" Version="2.0"/>', "request")
    yield unread("metadata", '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>', "metadata")
    yield unread("a web page", "<!DOCTYPE html><html><body>Sign in</body></html>", "web_page")
    yield unread("cut in the middle", xml[: len(xml) // 2], "cut")
    yield unread("base64 cut in the middle", xml[: len(xml) // 2], "cut", pasted=base64.b64encode(xml[: len(xml) // 2].encode()).decode())
    yield unread("SAML 1.1", xml.replace(PROTOCOL, "urn:oasis:names:tc:SAML:1.0:protocol"), "unknown")
    yield unread("another namespace", xml.replace(PROTOCOL, "urn:example:protocol"), "unknown")
    yield unread("nothing", "", "empty")
    yield wrong("two assertions, all signed", by_signxml(response(assertions=2), "Response", aws), REFUSED, problem="several_assertions")
    encrypted = by_pysaml2(aws, response=True, encrypt_assertion=True, encrypt_cert_assertion=aws.certificate_line, sign_alg="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", digest_alg="http://www.w3.org/2001/04/xmlenc#sha256")
    yield wrong("an encrypted assertion", encrypted, "dry_run_encrypted")
    yield wrong("a signed and an encrypted assertion", xml.replace("</saml2p:Response>", f'<saml2:EncryptedAssertion xmlns:saml2="{ASSERTION}"/></saml2p:Response>'), REFUSED, problem="several_assertions")


def sizes(aws):
    xml = by_signxml(response(), "Response", aws)
    end = "</saml2p:Status>"
    inside = lambda text: xml.replace(end, f"<saml2p:StatusDetail>{text}</saml2p:StatusDetail>{end}", 1)
    yield unread("a text of two megabytes", inside("x" * 2_000_000), "too_large")
    yield unread("twenty-one thousand elements", inside("<a/>" * 21_000), "too_large")
    yield unread("ten thousand attributes", inside("<a" + "".join(f' a{n}=""' for n in range(10_000)) + "/>"), "too_large")
    yield unread("forty namespaces", inside("<a" + "".join(f' xmlns:n{n}="urn:{n}"' for n in range(40)) + "/>"), "too_large")
    yield unread("a hundred levels", inside("<a>" * 100 + "</a>" * 100), "too_large")
    yield unread("five thousand levels", inside("<a>" * 5000 + "</a>" * 5000), "too_large")
    signature = xml[xml.index("<ds:Signature "):xml.index("</ds:Signature>") + len("</ds:Signature>")]
    yield wrong("forty signatures", xml.replace(signature, signature * 40, 1), REFUSED, problem="several_signatures")


# Helpers

def wrapped(name, root, problem=None):
    return wrong(name, etree.tostring(root, encoding="unicode"), REFUSED, problem=problem)


def forged(element):
    """Returns a copy with a different ID and a different user, and without its own signature."""
    evil = copy.deepcopy(element)
    signature = signature_of(evil)
    if signature is not None:
        evil.remove(signature)
    for part in evil.iter():
        if part.get("ID"):
            part.set("ID", "_" + secrets.token_hex(16))
        if part.text == TESTER:
            part.text = EVE
    return evil


def signature_of(element):
    return element.find(f"{{{SIGNATURE}}}Signature")


def without(xml, name):
    root = etree.fromstring(xml)
    for element in root.findall(f".//{{{SIGNATURE}}}{name}"):
        element.getparent().remove(element)
    return etree.tostring(root, encoding="unicode")


def emptied(xml, name):
    root = etree.fromstring(xml)
    for element in root.findall(f".//{{{SIGNATURE}}}{name}"):
        element.text = None
    return etree.tostring(root, encoding="unicode")


def doubled(xml, name):
    root = etree.fromstring(xml)
    element = root.find(f".//{{{SIGNATURE}}}{name}")
    element.addnext(copy.deepcopy(element))
    return etree.tostring(root, encoding="unicode")


def after_value(xml, more):
    """Adds elements to the signature. A signature doesn't cover itself."""
    return xml.replace("</ds:SignatureValue>", "</ds:SignatureValue>" + more, 1)


def another_signature(xml, other):
    """Replaces the signature value with the value from another response."""
    value = lambda text: etree.fromstring(text).find(f".//{{{SIGNATURE}}}SignatureValue").text
    return xml.replace(value(xml), value(other))


def altered_value(both):
    """Changes one letter in the assertion's own signature, which the outer signature covers."""
    root = etree.fromstring(both)
    inner = root.find(f"{{{ASSERTION}}}Assertion/{{{SIGNATURE}}}Signature/{{{SIGNATURE}}}SignatureValue")
    inner.text = ("A" if inner.text[0] != "A" else "B") + inner.text[1:]
    return etree.tostring(root, encoding="unicode")
