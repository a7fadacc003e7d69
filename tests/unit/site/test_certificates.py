"""The clinic's authority vouches for its own network only; certificates are renewed in time."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from percuta.errors import SettingsError
from percuta.site import private_file
from percuta.site.certificates import (
    AUTHORITY_LIFE,
    RENEWED_BEFORE,
    SERVER_LIFE,
    Signer,
    _alternative_names,
    _new_server,
    authority,
    fingerprint,
    public_half,
    server_certificate,
)

NOW = datetime.now(UTC).replace(microsecond=0)
NAMES = ("192.168.1.5", "desk.local", "localhost", "127.0.0.1")


def served(folder: Path, names: tuple[str, ...] = NAMES, at: datetime = NOW) -> x509.Certificate:
    path = server_certificate(folder, names, at=at)
    return Signer.read(path, path.read_bytes()).certificate


def shake_hands(folder: Path, path: Path, name: str) -> None:
    """A browser that trusts the authority meets a server that shows what lies in ``path``."""
    trusting = ssl.create_default_context(cadata=public_half(authority(folder, at=NOW)))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(path)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(to_client, to_server, server_hostname=name)
    server = serving.wrap_bio(to_server, to_client, server_side=True)
    for side in (client, server, client, server):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    assert client.version() == "TLSv1.3"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return tmp_path / "authority"


def test_a_browser_that_trusts_the_authority_trusts_the_server(folder: Path) -> None:
    path = server_certificate(folder, NAMES, at=NOW)
    for name in NAMES:
        shake_hands(folder, path, name)
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        shake_hands(folder, path, "192.168.1.6")


@pytest.mark.parametrize("name", ["bank.example", "local.example", "203.0.113.9"])
def test_the_authority_s_key_opens_nothing_in_the_world_outside(folder: Path, name: str) -> None:
    signer = authority(folder, at=NOW)
    path = folder / "forged.pem"
    private_file.replace(path, _new_server(signer, _alternative_names((name,)), NOW).as_bytes())
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(folder, path, name)


def test_the_server_s_certificate_is_as_tablets_ask(folder: Path) -> None:
    certificate = served(folder)
    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert life <= timedelta(days=825)
    assert isinstance(certificate.signature_hash_algorithm, hashes.SHA256)
    use = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(use) == [ExtendedKeyUsageOID.SERVER_AUTH]
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(address) for address in named.get_values_for_type(x509.IPAddress)] == [
        "192.168.1.5",
        "127.0.0.1",
    ]
    assert named.get_values_for_type(x509.DNSName) == ["desk.local", "localhost"]
    basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert not basic.ca


def test_the_authority_is_made_once_and_its_key_is_nobody_else_s(folder: Path) -> None:
    first, second = (authority(folder, at=NOW) for _ in range(2))
    assert first.certificate == second.certificate
    assert len(fingerprint(first.certificate).split()) == 32
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "authority.pem").stat().st_mode & 0o777 == 0o600
    assert b"PRIVATE" not in public_half(first)
    (folder / "authority.pem").chmod(0o640)
    with pytest.raises(SettingsError, match=r"others .* can open it"):
        authority(folder, at=NOW)


def test_a_certificate_is_kept_until_it_soon_ends(folder: Path) -> None:
    first = served(folder)
    just_before = NOW + SERVER_LIFE - RENEWED_BEFORE - timedelta(seconds=1)
    assert served(folder, at=just_before) == first
    later = served(folder, at=just_before + timedelta(seconds=1))
    assert later.serial_number != first.serial_number
    assert later.not_valid_after_utc > first.not_valid_after_utc


def test_another_address_or_another_authority_makes_another_certificate(folder: Path) -> None:
    first = served(folder)
    moved = served(folder, ("192.168.1.9", *NAMES[1:]))
    assert moved.serial_number != first.serial_number
    (folder / "authority.pem").unlink()
    assert served(folder, ("192.168.1.9", *NAMES[1:])).serial_number != moved.serial_number
    shake_hands(folder, folder / "server.pem", "192.168.1.9")


def test_no_certificate_outlives_its_authority(folder: Path) -> None:
    authority(folder, at=NOW)
    near_the_end = NOW + AUTHORITY_LIFE - timedelta(days=5)
    assert served(folder, at=near_the_end).not_valid_after_utc == NOW + AUTHORITY_LIFE
    with pytest.raises(SettingsError, match="this authority ended on .*: move it away"):
        authority(folder, at=NOW + AUTHORITY_LIFE)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nAA\n"])
def test_a_broken_file_is_told(folder: Path, content: bytes) -> None:
    private_file.replace(private_file.open_folder(folder) / "authority.pem", content)
    with pytest.raises(SettingsError, match="holds no certificate with its key"):
        authority(folder, at=NOW)
