"""A certificate authority for one run: made in memory, it signs for the API's host and is trusted by the child program alone."""

from __future__ import annotations

import contextlib
import re
import ssl
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----")
LIFETIME = timedelta(days=2)  # no run is longer; a certificate that leaks is worth nothing afterwards
BACKDATED = timedelta(hours=1)  # a clock of a container may be behind


class CertificateAuthority:
    """An authority whose private key exists only in this object.

    P-256 keys: 0.5 ms to make, and accepted by every client that was tried. Authority and subject key identifiers are needed by
    Python 3.13, subjectAltName by Go and Deno.
    """

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "krea-client, for one run")])
        identifier = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        self._certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - BACKDATED)
            .not_valid_after(now + LIFETIME)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(signs=True), critical=True)
            .add_extension(identifier, critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def pem(self) -> str:
        """The authority's certificate, without its key."""
        return self._certificate.public_bytes(serialization.Encoding.PEM).decode()

    def server_context(self, host: str) -> ssl.SSLContext:
        """Return a TLS context that proves to be `host`; HTTP/1.1 only, which every client falls back to."""
        certificate, key = self.leaf(host)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        # The ssl module takes a key from a file only: one that nobody else can read, for as long as it is being loaded.
        with TemporaryDirectory(prefix="krea-client-") as folder:
            file = Path(folder) / "leaf.pem"
            file.touch(0o600, exist_ok=False)
            file.write_bytes(key + certificate)
            context.load_cert_chain(file)
        return context

    def leaf(self, host: str) -> tuple[bytes, bytes]:
        """Return a certificate for a host, signed by this authority, and its key, both as PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        issuer = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        certificate = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]))
            .issuer_name(self._certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - BACKDATED)
            .not_valid_after(now + LIFETIME)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return certificate.public_bytes(serialization.Encoding.PEM), pem


def _key_usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def java_trust_store(bundle: str, password: str) -> bytes:
    """Return a PKCS12 trust store with the certificates of a PEM bundle; Java takes no PEM file.

    A certificate that cannot be read (systems trust a few with odd serial numbers) is left out.
    """
    entries: list[pkcs12.PKCS12Certificate] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        for number, pem in enumerate(_CERTIFICATE.findall(bundle)):
            with contextlib.suppress(ValueError):
                certificate = x509.load_pem_x509_certificate(pem.encode())
                entries.append(pkcs12.PKCS12Certificate(certificate, f"krea-client-{number}".encode()))
    return pkcs12.serialize_java_truststore(entries, serialization.BestAvailableEncryption(password.encode()))
