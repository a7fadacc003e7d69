"""A real server with its worker processes, on a free port, over a data folder of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE_S = 90
_KEPT = ("PATH", "HOME", "PYTHONPATH", "LANG", "SYSTEMROOT")
_SERVE = (sys.executable, "-m", "percuta", "serve")


@dataclass
class Server:
    """``percuta serve`` as a clinic runs it; what it prints is in ``told``."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = _SERVE
    port: int = field(default_factory=lambda: free_port())

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://localhost:{self.port}"

    @property
    def told(self) -> str:
        """What it printed since it was started, errors included."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    @property
    def _log(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-{self.port}.log")

    def start(self) -> "Server":
        """Start it, and wait until it says that it answers."""
        self.launch()
        return self.wait_until_it_answers()

    def wait_until_it_answers(self) -> "Server":
        """Wait until it says so itself."""
        wait_until(lambda: "answers at" in self.told or not self.is_running)
        if not self.is_running:
            raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.told}")
        return self

    def launch(self) -> None:
        """Start it without waiting."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        own = {"PERCUTA_DATA_FOLDER": str(self.folder), **self.settings}
        with self._log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [*self.command, "--port", str(self.port)],
                env=kept | own,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def is_running(self) -> bool:
        """Whether its first process is there."""
        return self.process.poll() is None

    def workers(self) -> set[int]:
        """The processes that answer."""
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="],  # noqa: S607 - wherever the machine keeps it
            capture_output=True,
            text=True,
            check=True,
        )
        pairs = (line.split() for line in listed.stdout.splitlines())
        return {int(pid) for pid, parent in pairs if int(parent) == self.process.pid}

    def ask(self, path: str = "/", **headers: str) -> int:
        """The status that a page answers with."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}", **headers})
            return connection.getresponse().status
        finally:
            connection.close()

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)

    def kill(self) -> None:
        """End it between two instructions, its workers with it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_S)
        wait_until(lambda: not is_taken(self.port))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_taken(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for what must come true."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise AssertionError("it did not come true in time")
        time.sleep(0.05)


def only_this_machine(connect: Callable[..., Any]) -> Callable[..., Any]:
    """A ``connect`` that reaches this machine and nothing else."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError("a test tried to reach the network")
        return connect(self, address)

    return guarded
