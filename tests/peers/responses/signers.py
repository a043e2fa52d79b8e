"""The signers: signxml, the xmlsec library, and pysaml2 with the xmlsec1 program."""

import shutil
import tempfile
from pathlib import Path

import xmlsec
from lxml import etree
from saml2 import BINDING_HTTP_POST
from saml2.config import IdPConfig
from saml2.saml import NAME_FORMAT_BASIC, NameID
from saml2.server import Server
from signxml import CanonicalizationMethod, DigestAlgorithm, SignatureMethod, XMLSigner
from signxml.algorithms import SignatureConstructionMethod

from message import ACS, ASSERTION, EMAIL_ADDRESS, ENTITY_ID, ISSUER, SIGNATURE, TESTER, USER

EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"

SP_METADATA = (
    f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY_ID}">'
    '<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
    f'<md:AssertionConsumerService Binding="{BINDING_HTTP_POST}" Location="{ACS}" index="0"/>'
    "</md:SPSSODescriptor></md:EntityDescriptor>"
)


class AnySigner(XMLSigner):
    """Signs even with algorithms that the library warns against, because the cases need weak
    signatures."""

    def check_deprecated_methods(self):
        pass


def by_signxml(text, part, identity, method="RSA_SHA256", digest="SHA256", key_info=True):
    """Signs the Response, the Assertion, or Both. With Both, signs the assertion before the
    response."""
    for name in ("Assertion", "Response") if part == "Both" else (part,):
        root = etree.fromstring(text)
        target = part_of(root, name)
        after_issuer(target, etree.Element(f"{{{SIGNATURE}}}Signature", Id="placeholder", nsmap={"ds": SIGNATURE}))
        signer = AnySigner(
            method=SignatureConstructionMethod.enveloped,
            signature_algorithm=SignatureMethod[method],
            digest_algorithm=DigestAlgorithm[digest],
            c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        )
        signed = signer.sign(
            target,
            key=identity.key,
            cert=identity.certificate_pem,
            reference_uri=target.get("ID"),
            id_attribute="ID",
        )
        if target is root:
            root = signed
        else:
            target.getparent().replace(target, signed)
        text = etree.tostring(root, encoding="unicode")
    return text if key_info else without_key_info(text)


def by_xmlsec(
    text,
    part,
    key,
    method=RSA_SHA256,
    method_inside="",
    uri=None,
    transforms=None,
    digest=SHA256,
    canonical=EXCLUSIVE,
    key_info="",
):
    """Signs with any kind of template. `key` is an Identity, or bytes for HMAC. `uri` is the URI of
    the reference, if it differs from the ID of the part."""
    root = etree.fromstring(text)
    target = part_of(root, part)
    uri = "#" + target.get("ID") if uri is None else uri
    if transforms is None:
        transforms = transform(ENVELOPED) + transform(EXCLUSIVE)
    template = etree.fromstring(
        f'<ds:Signature xmlns:ds="{SIGNATURE}"><ds:SignedInfo>'
        f'<ds:CanonicalizationMethod Algorithm="{canonical}"/>'
        f'<ds:SignatureMethod Algorithm="{method}">{method_inside}</ds:SignatureMethod>'
        f'<ds:Reference URI="{uri}"><ds:Transforms>{transforms}</ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue/></ds:Reference>'
        f"</ds:SignedInfo><ds:SignatureValue/>{key_info}</ds:Signature>"
    )
    after_issuer(target, template)
    xmlsec.tree.add_ids(root, ["ID"])
    context = xmlsec.SignatureContext()
    if isinstance(key, bytes):
        context.key = xmlsec.Key.from_binary_data(xmlsec.KeyData.HMAC, key)
    else:
        context.key = xmlsec.Key.from_memory(key.key_pem, xmlsec.KeyFormat.PEM)
    context.sign(template)
    return etree.tostring(root, encoding="unicode")


def transform(algorithm, inside=""):
    return f'<ds:Transform xmlns:ds="{SIGNATURE}" Algorithm="{algorithm}">{inside}</ds:Transform>'


def by_pysaml2(identity, response=False, assertion=False, attributes=None, user=TESTER, **more):
    """Builds a response with pysaml2 and signs the response with the xmlsec1 program."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "key.pem").write_text(identity.key_pem)
        (folder / "certificate.pem").write_text(identity.certificate_pem)
        (folder / "maps").mkdir()
        names = {name: name for name in ("User.Email", "User.FirstName", "User.LastName")}
        (folder / "maps" / "basic.py").write_text(
            f"MAP = {{'identifier': {NAME_FORMAT_BASIC!r}, 'fro': {names!r}, 'to': {names!r}}}\n"
        )
        config = IdPConfig().load({
            "entityid": ISSUER,
            "xmlsec_binary": shutil.which("xmlsec1"),
            "key_file": str(folder / "key.pem"),
            "cert_file": str(folder / "certificate.pem"),
            "attribute_map_dir": str(folder / "maps"),
            "metadata": {"inline": [SP_METADATA]},
            "service": {"idp": {
                "endpoints": {"single_sign_on_service": [(ISSUER, BINDING_HTTP_POST)]},
                "policy": {"default": {"lifetime": {"minutes": 60}, "name_form": NAME_FORMAT_BASIC}},
            }},
        })
        made = Server(config=config).create_authn_response(
            identity=dict(USER if attributes is None else attributes),
            in_response_to=None,
            destination=ACS,
            sp_entity_id=ENTITY_ID,
            name_id=NameID(format=EMAIL_ADDRESS, text=user),
            authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"},
            sign_response=response,
            sign_assertion=assertion,
            **more,
        )
        return str(made)


def part_of(root, name):
    return root if name == "Response" else root.find(f".//{{{ASSERTION}}}Assertion")


def after_issuer(target, signature):
    issuer = target.find(f"{{{ASSERTION}}}Issuer")
    target.insert(0 if issuer is None else list(target).index(issuer) + 1, signature)


def without_key_info(text):
    root = etree.fromstring(text)
    for key_info in root.iter(f"{{{SIGNATURE}}}KeyInfo"):
        key_info.getparent().remove(key_info)
    return etree.tostring(root, encoding="unicode")
