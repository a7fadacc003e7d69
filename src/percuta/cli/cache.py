"""Where this user's files lie that can be made again at any time."""

import os
import sys
from pathlib import Path


def cache_folder() -> Path | None:
    """Percuta's folder among this user's caches; ``None`` where this user has no home.

    ``XDG_CACHE_HOME`` or ``~/.cache``, ``~/Library/Caches`` on a Mac, ``LOCALAPPDATA`` on Windows.
    """
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        usual = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        usual = home / "Library" / "Caches"
    else:
        usual = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return usual / "percuta" if usual.is_absolute() else None
