"""``percuta serve --demo`` and ``percuta clinic new``: a clinic to look at, and one of our own."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server, only_this_machine

DEMO = (sys.executable, "-m", "percuta", "serve", "--demo")
PASSWORD = "nobody guesses this 9"  # noqa: S105 - of nobody


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests speak with a server on this machine, and with nobody else."""
    monkeypatch.setattr(socket.socket, "connect", only_this_machine(socket.socket.connect))


@pytest.fixture(name="server")
def _server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "clinic", command=DEMO)
    yield server
    if server.is_running:
        server.kill()


def counted(folder: Path, table: str) -> int:
    """How many rows a table of the record has."""
    with sqlite3.connect(folder / "percuta.sqlite3") as record:
        return int(record.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608


def new_clinic(folder: Path, password: str = PASSWORD, login: str = "ada") -> tuple[int, str]:
    """Exit status and everything said of ``percuta clinic new``."""
    file = folder.with_name("password")
    file.write_text(f"{password}\n", encoding="utf-8")
    file.chmod(0o600)
    command = ["clinic", "new", "Ours", "--administrator", login, "--password-file", str(file)]
    return percuta(folder, *command)


def percuta(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and everything said of a command."""
    done = subprocess.run(
        [sys.executable, "-m", "percuta", *arguments],
        env={**os.environ, "PERCUTA_DATA_FOLDER": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_the_demo_is_invented_once_and_says_how_to_get_in(server: Server) -> None:
    server.start()
    assert "Inventing the demo clinic (once)" in server.told
    assert re.search(r"password \S{12,}", server.told)
    for login in ("nadia", "amara", "priya"):
        assert login in server.told
    assert server.ask("/sign-in/") == 200
    server.stop()
    patients = counted(server.folder, "patients_patient")
    server.start()
    assert "Inventing" not in server.told
    assert "nadia" in server.told
    server.stop()
    assert counted(server.folder, "patients_patient") == patients == 50


def test_the_demo_never_goes_beside_real_people(server: Server) -> None:
    assert new_clinic(server.folder)[0] == 0
    server.launch()
    assert server.process.wait(90) == 2
    assert "real clinic" in server.told
    assert counted(server.folder, "patients_patient") == 0


def test_a_clinic_is_opened_with_its_administrator(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    code, told = new_clinic(folder)
    assert code == 0
    assert told == "Ours is open. Start percuta serve, sign in as ada, and add the others.\n"
    assert counted(folder, "accounts_clinic") == 1
    assert counted(folder, "audit_event") == 1


@pytest.mark.parametrize(
    ("password", "why"), [("short", "too short"), ("password1234", "too common"), ("", "too short")]
)
def test_a_weak_password_opens_nothing(tmp_path: Path, password: str, why: str) -> None:
    code, told = new_clinic(tmp_path / "clinic", password)
    assert code == 2
    assert why in told
    assert counted(tmp_path / "clinic", "accounts_clinic") == 0


def test_a_sign_in_name_is_taken_once(tmp_path: Path) -> None:
    assert new_clinic(tmp_path / "clinic")[0] == 0
    code, told = new_clinic(tmp_path / "clinic", login="ADA")
    assert (code, told) == (2, "sign-in name 'ADA' is taken: choose another\n")
    assert counted(tmp_path / "clinic", "accounts_clinic") == 1


def test_a_password_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD, encoding="utf-8")
    file.chmod(0o644)
    command = ("clinic", "new", "Ours", "--administrator", "ada", "--password-file", str(file))
    code, told = percuta(tmp_path / "clinic", *command)
    assert code == 2
    assert f"chmod 600 {file}" in told


def test_without_a_terminal_it_says_how_to_give_the_password(tmp_path: Path) -> None:
    code, told = percuta(tmp_path / "clinic", "clinic", "new", "Ours", "--administrator", "ada")
    assert (code, told) == (2, "no terminal to ask for a password: give --password-file\n")
