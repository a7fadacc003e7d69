"""Every planted fault has its place in the product of today, wherever a module was moved."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mutation.choice import History, history, is_planted, left_out
from tests.mutation.planting import PRODUCT, Fault, file_of, plant
from tests.mutation.test_planted_faults import PLANTED

FAULTS = [fault for fault, _ in PLANTED]
FAULT = FAULTS[0]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "_"))
def test_a_fault_has_one_place(fault: Fault) -> None:
    assert file_of(fault).is_relative_to(PRODUCT)


def test_no_two_faults_share_a_name() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize(
    ("right", "wrong", "planted"),
    [
        ("a if a < b else b", "b", "return b"),
        ("return a if a < b else b", "return a", "return a"),
        ("told.append(a)", "", "pass"),
    ],
)
def test_a_fault_is_planted_whatever_the_layout(
    right: str, wrong: str, planted: str, product: Callable[[str], Path]
) -> None:
    package = product(
        "def least(a, b, told):\n"
        "    told.append(a)  # said\n"
        "    return (\n        a\n        if a < b\n        else b\n    )\n"
    )
    plant(Fault("the larger one", "sizes.least", right, wrong), package.parent / "copy")
    assert planted in (package.parent / "copy/percuta/deep/sizes.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("right", ["a + b", "a"])
def test_what_stands_there_never_or_twice_is_refused(
    right: str, product: Callable[[str], Path]
) -> None:
    package = product("def both(a, b):\n    return a * b - a\n")
    with pytest.raises(LookupError, match="in sizes.both"):
        file_of(Fault("none", "sizes.both", right, "b"), package)


@pytest.fixture(name="product")
def _product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    def made(text: str) -> Path:
        package = tmp_path / "src" / "percuta"
        (package / "deep").mkdir(parents=True)
        (package / "deep" / "sizes.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr("tests.mutation.planting.PRODUCT", package)
        (tmp_path / "src" / "copy").mkdir()
        return package

    return made


# --- Which of them a run plants ---


def test_all_are_planted_where_nothing_was_released() -> None:
    assert left_out(FAULTS, History("c0ffee", None)) == ()


def test_those_of_changed_files_and_a_tenth_of_the_rest() -> None:
    changed = frozenset({file_of(FAULT)})
    known = [History(f"{number:040x}", changed) for number in range(20)]
    here = [fault for fault in FAULTS if file_of(fault) in changed]
    rest = [fault for fault in FAULTS if file_of(fault) not in changed]
    assert here
    assert rest
    assert all(is_planted(fault, each) for fault in here for each in known)
    share = sum(is_planted(fault, each) for fault in rest for each in known) / len(rest) / 20
    assert 0.07 < share < 0.13
    drawn = {tuple(left_out(rest, each)) for each in known}
    assert len(drawn) == len(known), "another commit draws others"
    assert left_out(rest, known[0]) == left_out(rest, known[0])


def test_the_last_release_is_a_tag_of_the_repository(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        command = ["git", *who, *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    assert history(tmp_path / "none") == History("", None)
    git("init", "-q")
    file = tmp_path / "sizes.py"
    file.write_text("one\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "One")
    assert history(tmp_path).changed is None
    git("tag", "v0.1.0")
    assert history(tmp_path).changed == frozenset()
    file.write_text("two\n", encoding="utf-8")
    assert history(tmp_path).changed == frozenset({file})
