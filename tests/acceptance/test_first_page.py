"""The professional's first page: what decides, on at most 40 lines of 100 letters."""

from pathlib import Path
from random import Random

import pypdfium2 as pdfium
import pytest

from percuta.facts.edition import Facts
from percuta.planning.case.case_file import parse_case, read_case
from percuta.planning.plan.plan import Plan, make_plan
from percuta.report import wording
from percuta.report.front import GRAVE
from percuta.report.marking import Marking
from percuta.report.pdf import pdf_of
from percuta.report.professional import finding_lines
from tests.random_cases import random_case

EXAMPLES = sorted(Path("examples/cases").glob("[0-9]*.toml"))
DRAFT = Marking(word="DRAFT", sentence="Draft 1, not signed. Not to be used.")


def first_page(plan: Plan, marking: Marking | None = None) -> list[str]:
    """The lines of the first page as they stand on paper."""
    document = pdfium.PdfDocument(pdf_of(plan, marking=marking))
    try:
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    # why: a hyphen that ends a line is read as one letter that joins it to the next
    lines = text.replace("\ufffe\r\n", "-\r\n").replace("\ufffe", "-\r\n").split("\r\n")
    return [line for line in lines if line.strip()]


def holds_what_decides(plan: Plan, lines: list[str]) -> None:
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    text = " ".join(" ".join(lines).split())
    assert wording.VERDICT_FOR_PROFESSIONAL[plan.verdict] in text
    grave = [told for told in finding_lines(plan.findings, plan) if told.level in GRAVE]
    verdict = wording.VERDICT_FOR_PROFESSIONAL[plan.verdict]
    starts = sum(line.split(maxsplit=1)[0] in GRAVE for line in lines if verdict not in line)
    assert starts == len(grave)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("marking", [None, DRAFT], ids=["by hand", "draft"])
def test_the_first_page_holds_what_decides(
    path: Path, marking: Marking | None, facts: Facts
) -> None:
    plan = make_plan(read_case(path, facts), facts, draws=1)
    lines = first_page(plan, marking)
    holds_what_decides(plan, lines)
    text = " ".join(" ".join(lines).split())
    for zone in plan.zones:
        assert zone.name in text
        assert wording.depth(zone.depth_mm.limit) in text
    if plan.numbing is not None:
        assert "Numbing" in text
    if plan.series is not None:
        assert all(wording.day(day) in text for day in plan.series.dates)
    for question in plan.questions[:12]:
        assert question.question[:60] in text


@pytest.mark.parametrize("seed", range(40))
def test_what_stops_refers_or_defers_is_never_left_out_of_the_first_page(
    seed: int, facts: Facts
) -> None:
    plan = make_plan(parse_case(random_case(Random(seed), facts), facts), facts, draws=1)
    holds_what_decides(plan, first_page(plan))
