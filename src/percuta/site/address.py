"""Under which names and private addresses this machine can be found in its own network."""

import ipaddress
import socket
from collections.abc import Iterable

from percuta.errors import SettingsError

PRIVATE_NETWORKS = tuple(
    ipaddress.IPv4Network(network) for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
"""Addresses that no router passes on to the internet."""

LOCAL_ENDINGS = ("local", "lan", "internal", "home.arpa")
"""Endings of names that belong to nobody outside."""

_DESTINATIONS = ("198.51.100.1", "10.255.255.1", "172.31.255.1", "192.168.255.1")
"""One address out in the world, set aside for documents, and one in each private network."""


def lan_names(also: Iterable[str]) -> tuple[str, ...]:
    """Private addresses of this machine first, then its name, then what else it shall be called.

    Raises
    ------
    SettingsError
        If it has no private address, or a name is one that a private authority may not vouch for.
    """
    named = tuple(also)
    strangers = [name for name in named if not _is_local(name)]
    if strangers:
        raise SettingsError(_not_local(name) for name in strangers)
    addresses = dict.fromkeys([*own_addresses(), *filter(_is_private, named)])
    if not addresses:
        raise SettingsError([NO_ADDRESS])
    return tuple(dict.fromkeys([*addresses, *own_name(), *named]))


NO_ADDRESS = (
    "this machine has no address in a private network: connect it to the clinic's own Wi-Fi or "
    "cable, or name its address in PERCUTA_HOST_NAMES"
)


def own_addresses() -> tuple[str, ...]:
    """The private addresses that this machine would speak from. Nothing is sent."""
    found = (_source_towards(destination) for destination in _DESTINATIONS)
    return tuple(dict.fromkeys(address for address in found if _is_private(address)))


def own_name() -> tuple[str, ...]:
    """The name that tablets find without a name server, if this machine has one."""
    label = socket.gethostname().partition(".")[0].lower()
    is_sound = label.replace("-", "").isalnum() and label.isascii() and label.strip("-") == label
    return (f"{label}.local",) if is_sound and label != "localhost" else ()


def _source_towards(destination: str) -> str:
    """The address that this machine would use; naming a destination sends no packet by itself."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((destination, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _is_private(name: str) -> bool:
    address = _as_address(name)
    return address is not None and any(address in network for network in PRIVATE_NETWORKS)


def _is_local(name: str) -> bool:
    address = _as_address(name)
    if address is not None:
        return address.is_loopback or _is_private(name)
    return name == "localhost" or name.endswith(tuple(f".{ending}" for ending in LOCAL_ENDINGS))


def _as_address(name: str) -> ipaddress.IPv4Address | None:
    try:
        return ipaddress.IPv4Address(name)
    except ValueError:
        return None


def _not_local(name: str) -> str:
    endings = ", ".join(f".{ending}" for ending in LOCAL_ENDINGS)
    return (
        f"PERCUTA_HOST_NAMES: '{name}' belongs to the world outside: with --lan a name must be a "
        f"private address or end in {endings}"
    )
