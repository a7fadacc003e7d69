"""``percuta study`` on a real cluster: whoever is killed meanwhile, the same bytes come out."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import tomli_w

from tests.studies import a_cohort, a_study

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60
CHUNKS = 40
PEOPLE_PER_CHUNK = 250
DEPTHS_MM = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5]
"""Enough plans that a chunk takes a while: whoever is to be killed is still at work."""


HEARS_CTRL_C = """
import signal, sys
from percuta.cli.main import run
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(run(sys.argv[1:]))
"""
"""The command in a terminal, even where tests run in the background and hear none."""


def percuta(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", HEARS_CTRL_C, *map(str, arguments)]


def study(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = percuta("study", *arguments)
    return subprocess.run(command, capture_output=True, text=True, check=False)


def wait_until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def workers_of(process: int) -> set[int]:
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=", "-o", "ppid=", "-o", "args="],  # noqa: S607 - wherever the machine keeps it
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line.split(None, 2) for line in listed.stdout.splitlines())
    return {
        int(number)
        for number, parent, command in lines
        if int(parent) == process and "spawn_main" in command
    }


def is_alive(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def parts(out: Path) -> set[Path]:
    return set(out.glob("parts/*.parquet"))


@contextmanager
def started(*arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """The command at work; nothing of it outlives the test."""
    process = subprocess.Popen(
        percuta("study", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        for number in (*workers_of(process.pid), process.pid):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture(name="file", scope="module")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("study") / "study.toml"
    asked = a_study(
        people_per_chunk=PEOPLE_PER_CHUNK,
        cohort=a_cohort(people=PEOPLE_PER_CHUNK * CHUNKS),
        plans=[{"device": "generic_pen_12", "depth_mm": DEPTHS_MM, "passes": [1, 2, 3, 4]}],
    )
    path.write_text(tomli_w.dumps(asked), encoding="utf-8")
    return path


@pytest.fixture(name="whole", scope="module")
def _whole(file: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The table that one worker makes without a stop."""
    out = tmp_path_factory.mktemp("whole") / "out"
    done = study(file, "--out", out, "--workers", "1")
    assert done.returncode == 0, done.stderr
    return (out / "small.parquet").read_bytes()


def test_two_workers_make_the_bytes_of_one(file: Path, whole: bytes, tmp_path: Path) -> None:
    done = study(file, "--out", tmp_path / "out", "--workers", "2", "--json")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "small.parquet").read_bytes() == whole
    told = json.loads(done.stdout)
    assert told["is_a_plan"] is False
    assert {figure["grade"] for figure in told["figures"]} == {"B", "C"}


def test_a_worker_that_is_killed_changes_no_byte(file: Path, whole: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with started(file, "--out", out, "--workers", "2") as process:
        wait_until(lambda: parts(out))
        victim = min(workers_of(process.pid))
        os.kill(victim, signal.SIGKILL)
        assert len(parts(out)) < CHUNKS
        told, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, told
    assert (out / "small.parquet").read_bytes() == whole


def test_killed_itself_it_leaves_no_worker_and_goes_on_to_the_same_bytes(
    file: Path, whole: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with started(file, "--out", out, "--workers", "2") as process:
        wait_until(lambda: parts(out))
        orphans = workers_of(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert 0 < len(parts(out)) < CHUNKS
        assert len(orphans) == 2
        wait_until(lambda: not any(map(is_alive, orphans)))
    assert not (out / "small.parquet").exists()
    again = study(file, "--out", out, "--workers", "1")
    assert again.returncode == 0, again.stderr
    assert (out / "small.parquet").read_bytes() == whole


def test_ctrl_c_stops_everybody_with_one_sentence(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with started(file, "--out", out, "--workers", "2") as process:
        wait_until(lambda: parts(out))
        os.killpg(process.pid, signal.SIGINT)
        told, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert told.strip() == (
        "stopped; what is finished is kept, so the same command goes on from there"
    )
    assert parts(out)


def test_a_cluster_that_is_there_makes_the_same_bytes(
    file: Path, whole: bytes, tmp_path: Path
) -> None:
    book = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    local = ("--host", "127.0.0.1", "--port", "0")
    commands = (
        [*dask, "scheduler", *local, "--dashboard-address", "127.0.0.1:0", "--scheduler-file"],
        [*dask, "worker", "--nthreads", "1", "--no-dashboard", "--scheduler-file"],
    )
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    cluster = [subprocess.Popen([*command, book], cwd=tmp_path, **quiet) for command in commands]  # type: ignore[call-overload]
    try:
        wait_until(lambda: book.exists() and book.read_text())
        address = json.loads(book.read_text())["address"]

        def is_done() -> bool:
            done = study(file, "--out", tmp_path / "out", "--scheduler", address)
            assert done.returncode == 0 or "has no worker yet" in done.stderr, done.stderr
            return done.returncode == 0

        wait_until(is_done)
    finally:
        for process in cluster:
            process.terminate()
            process.wait()
    assert (tmp_path / "out" / "small.parquet").read_bytes() == whole


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--workers", "0"), "--workers 0: at least one"),
        (("--scheduler", "nobody"), "--scheduler nobody: no scheduler answers there"),
        (("--edition", "1999-01-01"), "facts edition '1999-01-01' is not here"),
        (("--out", __file__), "cannot be written to"),
    ],
)
def test_a_wrong_wish_is_refused_in_words(
    arguments: tuple[str, ...], said: str, file: Path, tmp_path: Path
) -> None:
    out = () if "--out" in arguments else ("--out", tmp_path / "out")
    done = study(file, *out, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("lacking", ["pyarrow", "distributed"])
def test_without_its_extra_it_names_what_to_install(
    lacking: str, file: Path, tmp_path: Path
) -> None:
    code = (
        f"import sys; sys.modules[{lacking!r}] = None; from percuta.cli.main import run; "
        f"sys.exit(run(['study', {str(file)!r}, '--out', {str(tmp_path / 'out')!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        f"a study needs {lacking}, which is not installed: pip install 'percuta[study]'\n"
    )
    assert not (tmp_path / "out").exists()


def test_the_table_opens_with_any_reader_of_parquet(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    path.write_bytes(whole)
    file = pq.ParquetFile(path)
    assert file.metadata.num_rows == PEOPLE_PER_CHUNK * CHUNKS * len(DEPTHS_MM) * 4
    sizes = {file.metadata.row_group(n).num_rows for n in range(file.num_row_groups - 1)}
    assert sizes == {100_000}
