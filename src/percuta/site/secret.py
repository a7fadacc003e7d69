"""The server's secret key, made on the first start."""

import secrets
from pathlib import Path

from percuta.errors import SettingsError
from percuta.site import private_file

_BYTES = 48
_LEAST_LENGTH = 50
"""Below this Django itself calls a key weak."""


def made_secret(path: Path) -> str:
    """The key in the file, which is made with a new key if there is none."""
    fresh = secrets.token_urlsafe(_BYTES)
    return _checked(path, private_file.keep_first(path, f"{fresh}\n".encode("ascii")))


def given_secret(path: Path) -> str:
    """The key in a file that an operator wrote.

    Raises
    ------
    SettingsError
        If there is no such file, others can read it, or it holds no strong key.
    """
    return _checked(path, private_file.read(path))


def _checked(path: Path, content: bytes) -> str:
    key = content.decode("utf-8", errors="replace").strip()
    if len(key) < _LEAST_LENGTH or len(set(key)) < 5:
        raise SettingsError(
            [f"{path}: holds no strong key: {_LEAST_LENGTH} random letters and digits or more"]
        )
    return key
