"""Which addresses a clinic may use: its own network's, never the world's."""

import socket
import subprocess
import sys

import pytest

from percuta.errors import SettingsError
from percuta.site import address
from percuta.site.address import lan_names, own_addresses, own_name


@pytest.fixture(name="routes")
def _routes(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """From where this machine would speak to each destination; nowhere if not named."""
    routes: dict[str, str] = {}
    monkeypatch.setattr(address, "_source_towards", lambda towards: routes.get(towards, ""))
    monkeypatch.setattr(socket, "gethostname", lambda: "Desk-2.example.org")
    return routes


def test_a_machine_on_wi_fi_is_found_by_its_address_and_its_name(routes: dict[str, str]) -> None:
    routes["198.51.100.1"] = "192.168.1.5"
    assert lan_names(("localhost", "127.0.0.1")) == (
        "192.168.1.5",
        "desk-2.local",
        "localhost",
        "127.0.0.1",
    )


def test_each_network_is_told_once_and_public_addresses_never(routes: dict[str, str]) -> None:
    routes |= {
        "198.51.100.1": "203.0.113.9",
        "10.255.255.1": "10.1.2.3",
        "172.31.255.1": "172.20.0.4",
        "192.168.255.1": "10.1.2.3",
    }
    assert own_addresses() == ("10.1.2.3", "172.20.0.4")


@pytest.mark.parametrize("found", ["", "203.0.113.9", "127.0.0.1", "100.64.0.1", "172.32.0.1"])
def test_without_a_private_address_there_is_a_clear_error(
    routes: dict[str, str], found: str
) -> None:
    routes["198.51.100.1"] = found
    with pytest.raises(SettingsError, match="no address in a private network: connect it to"):
        lan_names(("localhost",))


def test_a_network_without_a_way_out_can_be_named(routes: dict[str, str]) -> None:
    assert lan_names(("localhost", "192.168.7.1"))[0] == "192.168.7.1"


@pytest.mark.parametrize("name", ["clinic.example", "203.0.113.9", "8.8.8.8", "notlocal", "lan"])
def test_a_name_of_the_world_outside_is_refused(routes: dict[str, str], name: str) -> None:
    routes["198.51.100.1"] = "192.168.1.5"
    with pytest.raises(SettingsError, match=f"PERCUTA_HOST_NAMES: '{name}' belongs to the world"):
        lan_names(("localhost", name))


@pytest.mark.parametrize("name", ["localhost", "", "-desk", "my_desk", "büro"])
def test_a_machine_without_a_sound_name_has_none(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: name)
    assert own_name() == ()


def test_the_machine_itself_is_asked() -> None:
    program = (
        "from percuta.site.address import _source_towards as towards; "
        "print(towards('127.0.0.9'), towards('256.0.0.1') or 'none')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["127.0.0.1", "none"]
