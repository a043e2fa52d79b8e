"""Keys and certificates, newly generated for each run."""

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

YEAR = datetime.timedelta(days=365)


class Identity:
    """A key and a certificate in the style of IAM Identity Center: the same name for every
    application, valid for five years, and without extensions."""

    def __init__(self, age=datetime.timedelta(days=30), bits=2048):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
        name = x509.Name([
            x509.NameAttribute(NameOID.COMMON_NAME, "amazonaws.com"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "IDAS"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Amazon"),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
        ])
        start = datetime.datetime.now(datetime.timezone.utc) - age
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + 5 * YEAR)
            .sign(self.key, hashes.SHA256())
        )

    @property
    def certificate_pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def certificate_line(self):
        return "".join(self.certificate_pem.splitlines()[1:-1])

    @property
    def key_pem(self):
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    @property
    def public_pem(self):
        return self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        ).decode()
