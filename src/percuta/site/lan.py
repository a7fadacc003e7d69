"""Open the server to the clinic's own network, with names and a certificate that tablets trust."""

import os
import signal
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from percuta.errors import SettingsError
from percuta.site import certificates, private_file
from percuta.site.address import lan_names
from percuta.site.configuration import Configuration, configuration, variable

_LOOKED_AT_EVERY_S = 12 * 3600


@dataclass(frozen=True)
class Lan:
    """How the server shows itself in the network.

    Parameters
    ----------
    certificate : Path
        The file of its certificate with its key.
    authority : bytes
        The certificate that tablets trust.
    fingerprint : str
        What a person compares before they trust.
    """

    certificate: Path
    authority: bytes
    fingerprint: str


def lan_settings() -> Configuration:
    """The settings of the environment, with this machine's names added and TLS on.

    They are written back into the environment, where the worker processes read them.
    """
    names = lan_names(configuration().host_names)
    os.environ[variable("host_names")] = ",".join(names)
    os.environ[variable("is_tls")] = "yes"
    return configuration()


def open_lan(settings: Configuration) -> Lan:
    """Make or renew what tablets need, and lay out the authority for them to load."""
    now, folder = datetime.now(UTC), settings.authority_folder
    signer = certificates.authority(folder, at=now)
    public = certificates.public_half(signer)
    private_file.replace(settings.authority_certificate, public)
    certificate = certificates.server_certificate(folder, settings.host_names, at=now)
    return Lan(certificate, public, certificates.fingerprint(signer.certificate))


def keep_renewed(settings: Configuration, *, every_s: float = _LOOKED_AT_EVERY_S) -> None:
    """Look at the certificate now and then; after a renewal let fresh workers take over."""

    def look() -> None:
        while True:
            time.sleep(every_s)
            if renewed(settings):
                os.kill(os.getpid(), signal.SIGHUP)

    if hasattr(signal, "SIGHUP"):
        threading.Thread(target=look, daemon=True).start()


def renewed(settings: Configuration) -> bool:
    """Renew the certificate if it is time; whether it was."""
    folder = settings.authority_folder
    before = (folder / "server.pem").read_bytes()
    try:
        path = certificates.server_certificate(folder, settings.host_names, at=datetime.now(UTC))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return False
    return path.read_bytes() != before
