"""Start the clinic's server and stay until it is told to stop."""

import os
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer

from percuta.errors import SettingsError
from percuta.site import announcement
from percuta.site.answering import Door, answers_in_time
from percuta.site.configuration import Configuration, configuration, variable
from percuta.site.database import open_record
from percuta.site.demo import DEMO_FOLDER, open_demo, way_in
from percuta.site.lan import Lan, keep_renewed, lan_settings, open_lan

_APPLICATION = "percuta.site.asgi:application"
_THIS_MACHINE = "127.0.0.1"
_EVERY_NETWORK = "0.0.0.0"  # noqa: S104 - asked for by --lan, and never without TLS
AUTHORITY_PATH = "authority/"
"""Where tablets load the authority that they have to trust first."""

_SECONDS_TO_FINISH = 10
"""How long a page that is being made may take once the server is told to stop."""


def serve(*, port: str | None = None, is_lan: bool = False, is_demo: bool = False) -> int:
    """Serve under the settings of the environment.

    Parameters
    ----------
    port : str or None
        Takes the place of the one that the environment sets.
    is_lan : bool
        Whether tablets in the clinic's own network may reach it.
    is_demo : bool
        Serve the demo clinic, which is invented on the first start.

    Raises
    ------
    SettingsError
        If a setting, a file, the record, the network or the port does not let it start.
    """
    os.umask(0o077)
    if port is not None:
        os.environ[variable("port")] = port
    if is_demo:
        os.environ.setdefault(variable("data_folder"), DEMO_FOLDER)
    settings = lan_settings() if is_lan else configuration()
    address = _EVERY_NETWORK if is_lan else _THIS_MACHINE
    _refuse_taken_port(address, settings.port)
    lan = open_lan(settings) if is_lan else None
    # The key and the tables, before several processes ask for them.
    open_record(settings.database_path)
    if is_demo:
        open_demo(settings.database_path)
    server = _server(settings, address, lan)
    server.on_startup(_told_later(settings, lan, way_in() if is_demo else ""))
    if lan is not None:
        server.on_startup(lambda: keep_renewed(settings))
    server.serve()
    return 0


def _refuse_taken_port(address: str, port: int) -> None:
    """The server itself would share a port in silence."""
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            taken = f"port {port}: {error.strerror}: choose another with --port"
            raise SettingsError([taken]) from error


def _server(settings: Configuration, address: str, lan: Lan | None) -> AbstractServer[Any]:
    certificate = None if lan is None else lan.certificate
    return Granian(
        _APPLICATION,
        address=address,
        port=settings.port,
        # Without a lifespan: there is nothing to begin or to end around the requests.
        interface=Interfaces.ASGINL,
        workers=settings.workers,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_FINISH,
        websockets=False,
        log_level=LogLevels.error,
        ssl_cert=certificate,
        ssl_key=certificate,
    )


def _told_later(settings: Configuration, lan: Lan | None, more: str) -> Callable[[], None]:
    """A hook that prints the address and ``more`` once somebody who opens it gets a page."""
    name, port = settings.host_names[0], settings.port
    door = Door(port, name, b"" if lan is None else lan.authority)
    address = f"http{'s' if lan else ''}://{name}:{port}"

    def tell() -> None:
        if not answers_in_time(door):
            sys.stderr.write(f"{address} does not answer: the lines above say why.\n")
            return
        sys.stdout.write(_told(address, lan) + more)
        sys.stdout.flush()

    return lambda: threading.Thread(target=tell, daemon=True).start()


def _told(address: str, lan: Lan | None) -> str:
    if lan is None:
        return announcement.for_this_machine(address)
    return announcement.for_tablets(
        address,
        f"{address}/{AUTHORITY_PATH}",
        lan.fingerprint,
        is_coloured=sys.stdout.isatty(),
    )
