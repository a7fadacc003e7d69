"""A study becomes one table: resumed, refused and repaired as its folder is found."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from percuta.errors import StudyError
from percuta.facts.edition import Facts
from percuta.study.chunks import chunk_rows
from percuta.study.columns import figures_of
from percuta.study.design import Study
from percuta.study.folder import opened
from percuta.study.identity import code_sha256, identity_of
from percuta.study.reading import read_study
from percuta.study.running import Done, Workplace, here, run_study
from percuta.study.summary import summaries
from percuta.study.sweep import plans_counted
from percuta.study.work import Work, part_of, work_of
from percuta.units import is_known
from tests.studies import a_cohort, another_edition, read

EXAMPLES = sorted((Path(__file__).parents[3] / "examples" / "studies").glob("*.toml"))


class Stopped(Exception):
    """The process ended."""


def stopping_after(parts: int) -> Workplace:
    """A workplace whose process is ended after some parts."""

    def doing(work: Work, chunks: Iterable[int]) -> Iterator[Done]:
        yield from here(work, list(chunks)[:parts])
        raise Stopped

    return nullcontext(doing)


def counting(done: list[int]) -> Workplace:
    """A workplace that notes which chunks it did."""

    def doing(work: Work, chunks: Iterable[int]) -> Iterator[Done]:
        for chunk in chunks:
            done.append(chunk)
            yield chunk, part_of(work, chunk)

    return nullcontext(doing)


def backwards(work: Work, chunks: Iterable[int]) -> Iterator[Done]:
    return here(work, reversed(list(chunks)))


@pytest.fixture(name="study", params=[None, "tranexamic_acid_solution"])
def _study(request: pytest.FixtureRequest, facts: Facts) -> Study:
    followed = {} if request.param is None else {"absorption": request.param}
    return read(facts, **followed)


def test_a_row_for_every_person_under_every_plan(
    study: Study, facts: Facts, tmp_path: Path
) -> None:
    table = pq.read_table(run_study(study, facts, tmp_path / "out"))
    rows = list(zip(*(table[name].to_pylist() for name in ("person", "plan")), strict=True))
    chunks = [range(1, 11), range(11, 21), range(21, 31), range(31, 36)]
    assert rows == [(one, plan) for people in chunks for plan in (1, 2) for one in people]
    assert set(table["zone"].to_pylist()) == {"cheek_left", "forehead"}
    assert set(table["age_years"].to_pylist()) <= set(range(18, 66))


def test_the_table_carries_units_grades_and_where_it_comes_from(
    study: Study, facts: Facts, tmp_path: Path
) -> None:
    path = run_study(study, facts, tmp_path / "out")
    schema = pq.read_schema(path)
    for figure in figures_of(study):
        told = schema.field(figure.name).metadata
        assert figure.unit is not None
        assert is_known(figure.unit)
        assert told[b"unit"].decode() == figure.unit
        assert figure.name.endswith(f"_{figure.unit}")
        assert told[b"grade"] in (b"A", b"B", b"C")
    told = json.loads(schema.metadata[b"percuta"])
    assert told["facts_edition"] == facts.edition
    assert told["facts_sha256"] == facts.sha256
    assert told["study_sha256"] == study.sha256
    assert told["seed"] == 1
    assert told["asked"] == study.model_dump(mode="json")


def test_order_of_work_and_stops_change_no_byte(study: Study, facts: Facts, tmp_path: Path) -> None:
    straight = run_study(study, facts, tmp_path / "straight").read_bytes()
    turned = run_study(study, facts, tmp_path / "turned", workplace=nullcontext(backwards))
    assert turned.read_bytes() == straight
    out = tmp_path / "stopped"
    with pytest.raises(Stopped):
        run_study(study, facts, out, workplace=stopping_after(2))
    done: list[int] = []
    again = run_study(study, facts, out, workplace=counting(done))
    assert done == [2, 3]
    assert again.read_bytes() == straight
    assert sorted(path.name for path in out.iterdir()) == [
        "lock",
        "small.parquet",
        "small.parquet.sha256",
        "study.json",
    ]


@pytest.mark.parametrize("harm", ["cut", "flipped", "another's", "misnamed", "empty"])
def test_a_part_that_is_not_whole_is_done_again(
    harm: str, study: Study, facts: Facts, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with pytest.raises(Stopped):
        run_study(study, facts, out, workplace=stopping_after(3))
    part, next_one = (next(out.glob(f"parts/00000{chunk}.*")) for chunk in (1, 2))
    content = part.read_bytes()
    flipped = bytearray(content)
    flipped[len(content) // 4] ^= 0xFF
    if harm == "misnamed":
        part.unlink()
        part = part.with_name(next_one.name.replace("000002", "000001"))
    part.write_bytes(
        {
            "cut": content[: len(content) // 2],
            "flipped": bytes(flipped),
            "another's": next_one.read_bytes(),
            "misnamed": next_one.read_bytes(),
            "empty": b"",
        }[harm]
    )
    done: list[int] = []
    path = run_study(study, facts, out, workplace=counting(done))
    assert done == [1, 3]
    assert path.read_bytes() == run_study(study, facts, tmp_path / "whole").read_bytes()


def test_a_finished_study_is_not_done_again(study: Study, facts: Facts, tmp_path: Path) -> None:
    out, done, seen = tmp_path / "out", list[int](), list[tuple[int, int]]()
    run_study(study, facts, out)
    path = run_study(
        study,
        facts,
        out,
        workplace=counting(done),
        progress=lambda now, of: seen.append((now, of)),
    )
    assert (done, seen) == ([], [(4, 4)])
    told = path.with_name("small.parquet.sha256").read_text(encoding="utf-8")
    whole = path.read_bytes()
    assert told == f"{hashlib.sha256(whole).hexdigest()}  small.parquet\n"
    path.write_bytes(whole[:-9])
    assert run_study(study, facts, out).read_bytes() == whole


def test_a_folder_of_something_else_is_refused_in_words(
    study: Study, facts: Facts, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with pytest.raises(Stopped):
        run_study(study, facts, out, workplace=stopping_after(1))
    kept = sorted(out.rglob("*"))
    other = another_edition(facts, tmp_path / "shelf")
    for wanted, by, said in (
        (study.model_copy(update={"seed": 2}), facts, "holds results of seed 1, not 2"),
        (read(facts, cohort=a_cohort(people=36)), facts, "study with the digest"),
        (study, other, "facts with the digest"),
    ):
        with pytest.raises(StudyError) as caught:
            run_study(wanted, by, out)
        assert said in str(caught.value)
        assert "give another folder" in str(caught.value)
    assert sorted(out.rglob("*")) == kept
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "thesis.doc").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="holds other files; give an empty folder"):
        run_study(study, facts, strange)


def test_a_second_process_in_the_same_folder_is_refused(
    study: Study, facts: Facts, tmp_path: Path
) -> None:
    with (
        opened(tmp_path, identity_of(study, facts)),
        pytest.raises(StudyError, match="another process is writing here"),
    ):
        run_study(study, facts, tmp_path)


def test_a_worker_with_other_facts_refuses(study: Study, facts: Facts, tmp_path: Path) -> None:
    other = another_edition(facts, tmp_path / "shelf")
    work = Work(work_of(study, facts).study_json, None, identity_of(study, other))
    with pytest.raises(StudyError, match="a worker has facts with the digest"):
        part_of(work, 0)


def test_no_byte_of_a_part_turns_into_another_figure(
    study: Study, facts: Facts, tmp_path: Path
) -> None:
    with opened(tmp_path, identity_of(study, facts)) as folder:
        content = part_of(work_of(study, facts), 0)
        folder.keep(0, content)
        part = folder.parts()[0]
        for at in range(0, len(content), 37):
            flipped = bytearray(content)
            flipped[at] ^= 0x10
            part.write_bytes(bytes(flipped))
            assert folder.content(0, part) is None


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_runs(path: Path, facts: Facts, tmp_path: Path) -> None:
    study = read_study(path, facts)
    table = run_study(study, facts, tmp_path / "out")
    assert table.name == f"{path.stem}.parquet"
    assert pq.read_metadata(table).num_rows == study.cohort.people * plans_counted(study)


def test_every_figure_is_summed_up_for_every_plan(
    study: Study, facts: Facts, tmp_path: Path
) -> None:
    told = summaries(run_study(study, facts, tmp_path / "out"), study, facts)
    assert tuple(each.figure for each in told) == figures_of(study)
    rows = [row for chunk in range(4) for row in chunk_rows(study, facts, chunk)]
    for each in told:
        assert len(each.spreads) == 2
        for plan, spread in zip(each.plans, each.spreads, strict=True):
            values = sorted(
                value
                for row in rows
                if row.plan.number == plan.number
                for value in row.figures[each.figure.name]
            )
            assert spread.low <= spread.middle <= spread.high
            assert spread.middle == pytest.approx(values[17], rel=1e-6)


def test_one_line_of_code_changed_is_other_software(tmp_path: Path, facts: Facts) -> None:
    def digest(line: str, folder: str) -> str:
        package = tmp_path / folder
        package.mkdir()
        (package / "law.py").write_text(line, encoding="utf-8")
        return code_sha256(package)

    first = digest("STEP = 1\n", "first")
    assert digest("STEP = 1\n", "same") == first
    assert digest("STEP = 2\n", "other") != first
    mine = identity_of(read(facts), facts)
    (told,) = mine.differences(replace(mine, code_sha256=first))
    assert told.startswith("code with the digest")
