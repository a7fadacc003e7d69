"""Opening a clinic with its first administrator, whose password stands in no argument."""

import os
import sys
from getpass import getpass
from pathlib import Path

from django.utils import timezone

from percuta.errors import SettingsError
from percuta.site import private_file
from percuta.site.configuration import configuration
from percuta.site.database import open_record


def new_clinic(*, name: str, login: str, person: str, password_file: Path | None) -> int:
    """Open a clinic in the data folder.

    Raises
    ------
    Faults
        If the folder holds the demo clinic, the sign-in name is taken, or the password is weak.
    SettingsError
        If there is no password to be had, or the folder cannot be used.
    """
    os.umask(0o077)
    settings = configuration()
    open_record(settings.database_path)
    # The record's own code can be imported only once the record is open.
    from percuta.clinic.accounts.actions import open_clinic

    open_clinic(
        name=name,
        administrator=person,
        login=login,
        password=_asked() if password_file is None else _read(password_file),
        at=timezone.now(),
    )
    sys.stdout.write(
        f"{name} is open. Start percuta serve, sign in as {login}, and add the others.\n"
    )
    return 0


def _asked() -> str:
    """The password, typed twice where nobody sees it."""
    if not sys.stdin.isatty():
        raise SettingsError(["no terminal to ask for a password: give --password-file"])
    password = getpass("Password for the administrator, at least 12 letters: ")
    if getpass("The same again: ") != password:
        raise SettingsError(["the two passwords are not the same: nothing was opened"])
    return password


def _read(path: Path) -> str:
    """The first line of a file that nobody else can read."""
    lines = private_file.read(path).decode("utf-8", errors="replace").splitlines()
    if not lines:
        raise SettingsError([f"{path}: holds no password: write it into the first line"])
    return lines[0]
