"""A stored plan: its format first, its digest last, and every earlier format read for ever."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from percuta.errors import PlanChanged, PlanError
from percuta.facts.edition import Facts
from percuta.planning.plan.document import parse_plan, write_plan
from percuta.planning.plan.upgrades import FORMAT, UPGRADES
from tests import golden_plans
from tests.golden_plans import DOCUMENTS, digest_on_paper, golden_plan, sha256
from tests.people import a_plan


@pytest.fixture(name="document", scope="module")
def _document(facts: Facts) -> str:
    return write_plan(a_plan(facts))


def test_the_format_stands_first_and_the_digest_last(document: str) -> None:
    members = list(json.loads(document))
    assert (members[0], members[-1]) == ("format", "sha256")
    assert json.loads(document)["format"] == FORMAT


@given(where=st.integers(min_value=0), what=st.integers(min_value=1, max_value=127))
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_one_changed_character_is_refused(document: str, where: int, what: int) -> None:
    at = where % len(document)
    letter = chr(ord(document[at]) ^ what)
    with pytest.raises(PlanError):
        parse_plan(document[:at] + letter + document[at + 1 :])


def test_what_is_added_or_cut_off_is_refused(document: str) -> None:
    for changed in (document + "\n", document[:-1], " " + document, document.replace("\n", "\r\n")):
        with pytest.raises(PlanError):
            parse_plan(changed)


def test_a_digest_that_was_made_anew_does_not_pass_the_one_on_paper(document: str) -> None:
    paper = sha256(document)
    assert parse_plan(document, sha256=paper) == parse_plan(document)
    forged = write_plan(parse_plan(document).model_copy(update={"never": "Nothing."}))
    assert parse_plan(forged).never == "Nothing."
    with pytest.raises(PlanChanged, match="is not what was signed"):
        parse_plan(forged, sha256=paper)


@pytest.mark.parametrize("number", [0, -1, True, "2", None, 1.5])
def test_a_format_that_is_none_is_named(document: str, number: object) -> None:
    raw = {**json.loads(document), "format": number}
    with pytest.raises(PlanError, match=f"is no format of a plan; should be 1 to {FORMAT}"):
        parse_plan(json.dumps(raw))


def test_a_newer_format_is_named(document: str) -> None:
    raw = {**json.loads(document), "format": FORMAT + 1}
    with pytest.raises(PlanError, match=f"{FORMAT + 1} was written by a newer Percuta"):
        parse_plan(json.dumps(raw))


def test_every_earlier_format_has_its_upgrade() -> None:
    assert sorted(UPGRADES) == list(range(1, FORMAT))
    formats = {path.parent.name.partition("-")[0] for path in DOCUMENTS}
    assert formats == {str(number) for number in range(1, FORMAT + 1)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=golden_plans.name)
def test_every_golden_plan_is_read_and_stored_again_without_loss(path: Path) -> None:
    plan = golden_plan(path)
    assert parse_plan(write_plan(plan)) == plan


def test_format_1_is_not_read_for_use_without_the_digest_on_its_paper() -> None:
    path = next(path for path in DOCUMENTS if path.parent.name == "1")
    text = path.read_text(encoding="utf-8")
    with pytest.raises(PlanError, match="format 1 holds no digest"):
        parse_plan(text)
    told = parse_plan(text, is_for_use=False)
    assert told == parse_plan(text, sha256=digest_on_paper(path))


def test_a_case_that_was_changed_in_format_1_is_noticed_without_any_digest() -> None:
    path = next(path for path in DOCUMENTS if path.parent.name == "1")
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["case"]["person"]["age"] += 1
    with pytest.raises(PlanChanged, match="its case is another"):
        parse_plan(json.dumps(raw), is_for_use=False)


@pytest.mark.parametrize("text", ["", "[1]", "{}", "nul", '{"format": 2}', "1" * 5000, "[" * 5000])
def test_what_is_no_plan_is_refused_in_words(text: str) -> None:
    with pytest.raises(PlanError):
        parse_plan(text, is_for_use=False)
