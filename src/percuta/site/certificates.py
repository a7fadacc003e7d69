"""The clinic's own certificate authority, and the short-lived certificate of its server.

What tablets ask of a certificate that they shall trust: names as alternative names, SHA-256, use
as a server said, 825 days at most. The authority can vouch for private addresses and local names
only, so that its key opens nothing in the world outside.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from percuta.errors import SettingsError
from percuta.site import private_file
from percuta.site.address import LOCAL_ENDINGS, PRIVATE_NETWORKS

AUTHORITY_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=90)
RENEWED_BEFORE = timedelta(days=30)
"""So long before its end a certificate is replaced."""

_CLOCK_SKEW = timedelta(days=1)
_LOOPBACK = ipaddress.IPv4Network("127.0.0.0/8")


@dataclass(frozen=True)
class Signer:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def read(cls, path: Path, content: bytes) -> Self:
        """Both from one file."""
        try:
            certificate = x509.load_pem_x509_certificate(content)
            key = serialization.load_pem_private_key(content, password=None)
        except ValueError as error:
            raise SettingsError([f"{path}: holds no certificate with its key"]) from error
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise SettingsError([f"{path}: holds no key of Percuta's"])
        return cls(certificate, key)

    def as_bytes(self) -> bytes:
        """Both in one file: they are replaced together or not at all."""
        key = self.key.private_bytes(
            Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return key + self.certificate.public_bytes(Encoding.PEM)


def authority(folder: Path, *, at: datetime) -> Signer:
    """The clinic's authority, made on first use.

    Raises
    ------
    SettingsError
        If it has come to its end, or others can read its key.
    """
    path = private_file.open_folder(folder) / "authority.pem"
    if not path.exists():
        private_file.keep_first(path, _new_authority(at).as_bytes())
    signer = Signer.read(path, private_file.read(path))
    ends = signer.certificate.not_valid_after_utc
    if at >= ends:
        raise SettingsError(
            [
                f"{path}: this authority ended on {ends.date()}: move it away, start again, and "
                "let every tablet trust the new one"
            ]
        )
    return signer


def public_half(signer: Signer) -> bytes:
    """The certificate without its key: what tablets load and trust."""
    return signer.certificate.public_bytes(Encoding.DER)


def fingerprint(certificate: x509.Certificate) -> str:
    """What a person compares before they trust."""
    return certificate.fingerprint(hashes.SHA256()).hex(" ").upper()


def server_certificate(folder: Path, names: Iterable[str], *, at: datetime) -> Path:
    """The file of the server's certificate with its key, replaced if it soon ends or fits no more.

    Parameters
    ----------
    folder : Path
        Where the authority lies.
    names : iterable of str
        Host names and addresses that it must stand for.
    at : datetime
        Now.
    """
    signer, wanted = authority(folder, at=at), _alternative_names(names)
    path = folder / "server.pem"
    if not path.exists() or not _still_serves(path, signer, wanted, at):
        private_file.replace(path, _new_server(signer, wanted, at).as_bytes())
    return path


def _still_serves(
    path: Path, signer: Signer, wanted: x509.SubjectAlternativeName, at: datetime
) -> bool:
    certificate = Signer.read(path, private_file.read(path)).certificate
    try:
        certificate.verify_directly_issued_by(signer.certificate)
    except (InvalidSignature, ValueError):
        return False
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(named) == set(wanted) and certificate.not_valid_after_utc - at > RENEWED_BEFORE


def _new_authority(at: datetime) -> Signer:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"Percuta on {socket.gethostname()[:40]}")
    builder = (
        _builder(name, name, key.public_key(), at, at + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(is_authority=True), critical=True)
        .add_extension(_only_local(), critical=True)
    )
    return Signer(builder.sign(key, hashes.SHA256()), key)


def _new_server(signer: Signer, names: x509.SubjectAlternativeName, at: datetime) -> Signer:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = signer.certificate
    end = min(at + SERVER_LIFE, issuer.not_valid_after_utc)
    vouching = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key())
    builder = (
        _builder(_named("Percuta"), issuer.subject, key.public_key(), at, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(vouching, critical=False)
        .add_extension(names, critical=False)
    )
    return Signer(builder.sign(signer.key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    start: datetime,
    end: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - _CLOCK_SKEW)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _named(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _only_local() -> x509.NameConstraints:
    networks = [x509.IPAddress(network) for network in (*PRIVATE_NETWORKS, _LOOPBACK)]
    endings = [x509.DNSName(ending) for ending in ("localhost", *LOCAL_ENDINGS)]
    return x509.NameConstraints(permitted_subtrees=[*networks, *endings], excluded_subtrees=None)


def _alternative_names(names: Iterable[str]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([_alternative_name(name) for name in names])


def _alternative_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.IPv4Address(name))
    except ValueError:
        return x509.DNSName(name)
