"""``percuta serve``: it answers, it survives, it ends in peace; what hinders it is one sentence."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.server import Server, free_port, is_taken, only_this_machine, wait_until

ROOT = Path(__file__).parents[2]
SLOW = """
from percuta.__main__ import main
from percuta.site import serve
serve._APPLICATION = "tests.slow_page:application"
main()
"""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests speak with a server on this machine, and with nobody else."""
    monkeypatch.setattr(socket.socket, "connect", only_this_machine(socket.socket.connect))


@pytest.fixture(name="server")
def _server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "clinic")
    yield server
    if server.is_running:
        server.kill()


def refused(folder: Path, *arguments: str, **settings: str) -> str:
    """What is said when it cannot start."""
    done = subprocess.run(
        [sys.executable, "-m", "percuta", "serve", *arguments],
        env={**os.environ, "PERCUTA_DATA_FOLDER": str(folder), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def test_it_serves_survives_a_dead_worker_and_ends_in_peace(server: Server) -> None:
    server.start()
    assert server.told.startswith(f"Percuta answers at {server.address}\n")
    assert server.ask("/sign-in/") == 200
    assert server.ask("/sign-in/", Host="elsewhere.example") == 400
    first = server.workers()
    assert len(first) == 2
    os.kill(min(first), signal.SIGKILL)
    wait_until(lambda: len(server.workers() - first) == 1 and len(server.workers()) == 2)
    assert server.ask("/sign-in/") == 200
    assert server.stop() == 0
    assert not server.workers()


def test_a_page_that_is_being_made_is_finished_when_it_is_told_to_end(tmp_path: Path) -> None:
    folder, here = tmp_path / "clinic", {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    server = Server(folder, here, command=(sys.executable, "-c", SLOW, "serve"))
    server.start()
    with ThreadPoolExecutor(1) as browser:
        status = browser.submit(server.ask, "/slow/")
        wait_until((folder / "begun").exists)
        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not is_taken(server.port))
        (folder / "go").touch()
        assert status.result(timeout=60) == 200
    assert server.process.wait(60) == 0


def test_what_lies_in_the_data_folder_is_nobody_else_s(server: Server) -> None:
    server.start()
    server.ask("/sign-in/")
    found = {path.name: path.stat().st_mode & 0o777 for path in server.folder.iterdir()}
    assert {"percuta.sqlite3", "secret_key"} <= found.keys()
    assert set(found.values()) == {0o600}


def test_killed_in_mid_flight_it_starts_again_on_the_same_record(server: Server) -> None:
    server.start()
    key = (server.folder / "secret_key").read_bytes()
    server.kill()
    server.start()
    assert server.ask("/sign-in/") == 200
    assert (server.folder / "secret_key").read_bytes() == key


def test_workers_end_with_a_server_that_is_killed_alone(server: Server) -> None:
    server.start()
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(10)
    wait_until(lambda: not is_taken(server.port))
    server.start()
    assert server.ask("/sign-in/") == 200


def test_two_that_start_together_share_one_new_record(tmp_path: Path) -> None:
    servers = [Server(tmp_path / "clinic") for _ in range(2)]
    try:
        for server in servers:
            server.launch()
        for server in servers:
            assert server.wait_until_it_answers().ask("/sign-in/") == 200
    finally:
        for server in servers:
            server.kill()
    with sqlite3.connect(tmp_path / "clinic" / "percuta.sqlite3") as record:
        rows = record.execute("SELECT app, name, COUNT(*) FROM django_migrations GROUP BY 1, 2")
        assert {count for _, _, count in rows} == {1}


def test_a_taken_port_is_refused(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        told = refused(tmp_path, "--port", port)
    assert told == f"port {port}: Address already in use: choose another with --port\n"


def test_wrong_settings_are_named_together(tmp_path: Path) -> None:
    told = refused(tmp_path, "--port", "99999", PERCUTA_WORKERS="0")
    assert [line.split(":")[0] for line in told.splitlines()] == [
        "PERCUTA_PORT",
        "PERCUTA_WORKERS",
    ]


def test_a_record_of_a_newer_version_is_left_alone(server: Server) -> None:
    server.start()
    server.stop()
    path = server.folder / "percuta.sqlite3"
    with sqlite3.connect(path) as record:
        record.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('patients', '9999_later', '2031-01-01')"
        )
    told = refused(server.folder, "--port", str(free_port()))
    assert told == f"{path}: a newer Percuta wrote this record: start that one\n"


def test_a_file_that_is_no_record_is_told(tmp_path: Path) -> None:
    (tmp_path / "percuta.sqlite3").write_text("no record" * 99, encoding="utf-8")
    told = refused(tmp_path, "--port", str(free_port()))
    assert told == f"{tmp_path / 'percuta.sqlite3'}: cannot be opened: file is not a database\n"


def test_without_the_clinic_s_libraries_it_says_what_to_install(tmp_path: Path) -> None:
    told = refused(tmp_path, PYTHONPATH=f"{_without('granian', tmp_path)}:{ROOT / 'src'}")
    assert told == ("percuta serve needs granian: install it with pip install 'percuta[clinic]'\n")


def _without(library: str, folder: Path) -> Path:
    """A folder that, put first, hides a library as if it were not installed."""
    fake = folder / "hidden"
    fake.mkdir()
    (fake / f"{library}.py").write_text(
        f"raise ModuleNotFoundError('none', name={library!r})\n", encoding="utf-8"
    )
    return fake


def test_other_commands_open_no_library_of_the_server(tmp_path: Path) -> None:
    program = (
        "import sys; from percuta.__main__ import MORE; from percuta.cli.main import run; "
        "code = run(['facts', 'check'], more=MORE); "
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'django', 'granian', 'cryptography', 'segno', 'ssl'})); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
