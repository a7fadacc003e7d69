"""The clinic's configuration."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Configuration:
    """What one server needs to know."""

    data_folder: Path
    secret_key: str
    host_names: tuple[str, ...]
    is_tls: bool
    session_hours: float

    @property
    def database_path(self) -> Path:
        """Where the record lies."""
        return self.data_folder / "percuta.sqlite3"


def configuration() -> Configuration:
    """Read the environment."""
    folder = Path(os.environ.get("PERCUTA_DATA_FOLDER", "~/.percuta")).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    return Configuration(folder, "x" * 50, ("localhost", "127.0.0.1", "testserver"), False, 8)
