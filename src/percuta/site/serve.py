"""Start the clinic's server and stay until it is told to stop."""

import os
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

import django
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer

from percuta.errors import SettingsError
from percuta.site.answering import Door, answers_in_time
from percuta.site.configuration import Configuration, configuration, variable
from percuta.site.database import bring_up_to_date

_APPLICATION = "percuta.site.wsgi:application"
_SETTINGS = "percuta.site.settings"
_THIS_MACHINE = "127.0.0.1"
_THREADS = 4
"""A worker's pages side by side; more only queue for the processor."""

_SECONDS_TO_FINISH = 10
"""How long a page that is being made may take once the server is told to stop."""


def serve(*, port: str | None = None) -> int:
    """Serve under the settings of the environment.

    Parameters
    ----------
    port : str or None
        Takes the place of the one that the environment sets.

    Raises
    ------
    SettingsError
        If a setting, a file, the record or the port does not let it start.
    """
    os.umask(0o077)
    if port is not None:
        os.environ[variable("port")] = port
    settings = configuration()
    _refuse_taken_port(_THIS_MACHINE, settings.port)
    _open_record(settings)
    server = _server(settings)
    door = Door(settings.port, settings.host_names[0])
    server.on_startup(_told_later(door, f"http://{door.name}:{door.port}"))
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


def _open_record(settings: Configuration) -> None:
    """The key and the tables, before several processes ask for them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = _SETTINGS
    django.setup()
    bring_up_to_date(settings.database_path)


def _server(settings: Configuration) -> AbstractServer[Any]:
    return Granian(
        _APPLICATION,
        address=_THIS_MACHINE,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_FINISH,
        websockets=False,
        log_level=LogLevels.error,
    )


def _told_later(door: Door, address: str) -> Callable[[], None]:
    """A hook that prints the address as soon as somebody who opens it gets a page."""

    def tell() -> None:
        if answers_in_time(door):
            sys.stdout.write(f"Percuta answers at {address}\nStop it with Ctrl+C.\n")
            sys.stdout.flush()
        else:
            sys.stderr.write(f"{address} does not answer: the lines above say why.\n")

    return lambda: threading.Thread(target=tell, daemon=True).start()
