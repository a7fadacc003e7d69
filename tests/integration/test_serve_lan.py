"""``percuta serve --lan``: tablets reach it by https, with a certificate that renews itself."""

import http.client
import re
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509

from percuta.site import certificates
from tests.half_sent import begin, is_waiting
from tests.server import Server, only_this_machine, wait_until

LAN_ADDRESS = "192.168.77.5"
PROGRAM = f"""
from functools import partial
from percuta.__main__ import main
from percuta.site import address, lan, serve
address._source_towards = lambda destination: "{LAN_ADDRESS}"
serve.keep_renewed = partial(lan.keep_renewed, every_s=0.2)
main()
"""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests speak with a server on this machine, and with nobody else."""
    monkeypatch.setattr(socket.socket, "connect", only_this_machine(socket.socket.connect))


@pytest.fixture(name="server")
def _server(tmp_path: Path) -> Iterator[Server]:
    command = (sys.executable, "-c", PROGRAM, "serve", "--lan")
    server = Server(tmp_path / "clinic", command=command)
    yield server
    if server.is_running:
        server.kill()


def trusting(server: Server) -> ssl.SSLContext:
    """A tablet that followed the five steps."""
    authority = server.folder / "authority" / "authority.crt"
    return ssl.create_default_context(cadata=authority.read_bytes())


class Answer(NamedTuple):
    status: int
    text: str
    cookie: str


def send(server: Server, method: str, body: str = "", *, headers: dict[str, str]) -> Answer:
    """The sign-in page as a trusting tablet gets it."""
    connection = http.client.HTTPSConnection(
        "127.0.0.1", server.port, timeout=30, context=trusting(server)
    )
    host = {"Host": f"{LAN_ADDRESS}:{server.port}"}
    connection.request(method, "/sign-in/", body or None, headers | host)
    answer = connection.getresponse()
    cookie = answer.getheader("Set-Cookie") or ""
    text = answer.read().decode("utf-8")
    connection.close()
    return Answer(answer.status, text, cookie)


def shown(server: Server) -> x509.Certificate:
    """The certificate that the server shows, checked for the address in the network."""
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=30) as plain,
        trusting(server).wrap_socket(plain, server_hostname=LAN_ADDRESS) as secured,
    ):
        return x509.load_der_x509_certificate(secured.getpeercert(binary_form=True) or b"")


def test_a_tablet_that_trusts_the_authority_gets_the_pages(server: Server) -> None:
    server.start()
    address = f"https://{LAN_ADDRESS}:{server.port}"
    assert f"Percuta answers at {address}\n" in server.told
    assert f"\n{address}/authority/\n" in server.told
    answer = send(server, "GET", headers={})
    assert answer.status == 200
    assert "Secure" in answer.cookie, "cookies never travel in the clear"
    told = re.search(r"SHA-256\): ([0-9A-F ]+)", server.told)
    authority = x509.load_der_x509_certificate(
        (server.folder / "authority" / "authority.crt").read_bytes()
    )
    assert told is not None
    assert told[1] == certificates.fingerprint(authority)


def test_the_code_leads_to_the_authority_without_signing_in(server: Server) -> None:
    server.start()
    connection = http.client.HTTPSConnection(
        "127.0.0.1", server.port, timeout=30, context=trusting(server)
    )
    connection.request("GET", "/authority/", headers={"Host": f"{LAN_ADDRESS}:{server.port}"})
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "application/x-x509-ca-cert"
    assert answer.read() == (server.folder / "authority" / "authority.crt").read_bytes()
    connection.close()


def test_nothing_is_answered_without_tls(server: Server) -> None:
    server.start()
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        server.ask("/sign-in/")


def test_a_certificate_that_soon_ends_is_replaced_without_a_restart(server: Server) -> None:
    server.start()
    first = shown(server)
    long_ago = datetime.now(UTC) - timedelta(days=65)
    names = (LAN_ADDRESS, "localhost", "127.0.0.1", "before.local")
    certificates.server_certificate(server.folder / "authority", names, at=long_ago)
    wait_until(lambda: shown(server).serial_number != first.serial_number)
    now = datetime.now(UTC)
    assert shown(server).not_valid_after_utc > now + timedelta(days=80)
    assert server.stop() == 0


def test_a_form_is_accepted_by_https(server: Server) -> None:
    server.start()
    page = send(server, "GET", headers={})
    token, cookie = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text), page.cookie
    assert token is not None
    form = f"csrfmiddlewaretoken={token[1]}&username=nobody&password=wrong"
    headers = {
        "Cookie": cookie,
        "Referer": f"https://{LAN_ADDRESS}:{server.port}/sign-in/",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answer = send(server, "POST", form, headers=headers)
    assert answer.status == 200
    assert "do not fit" in answer.text
    assert send(server, "POST", form, headers=headers | {"Referer": "https://a.b"}).status == 403


def test_forty_half_sent_forms_keep_no_tablet_waiting(server: Server) -> None:
    server.settings["PERCUTA_FORM_SECONDS"] = "300"
    server.start()
    ours = {"Origin": f"https://{LAN_ADDRESS}:{server.port}"}
    trust = trusting(server)
    with ExitStack() as stack:
        held = [
            stack.enter_context(begin(server, context=trust, host=LAN_ADDRESS, headers=ours))
            for _ in range(40)
        ]
        for _ in range(20):
            assert send(server, "GET", headers={}).status == 200
        assert all(map(is_waiting, held))
