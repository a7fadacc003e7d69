"""Differences of two plans in words: each with its label, then and now."""

from percuta.facts.edition import Facts
from percuta.report.differences import DifferenceRow, differences
from tests.people import a_plan


def test_the_same_plan_twice_does_not_differ(facts: Facts) -> None:
    found = differences(a_plan(facts), a_plan(facts))
    assert (found.rows, found.others) == ((), 0)


def test_a_chosen_depth_is_one_row_and_its_consequences_are_counted(facts: Facts) -> None:
    found = differences(a_plan(facts), a_plan(facts, depth_mm={"cheek_left": 1.0}))
    assert DifferenceRow("Cheek, left: chosen, mm", "–", "1.00") in found.rows
    assert found.others > 0


def test_numbing_that_came_is_told_by_its_name(facts: Facts) -> None:
    found = differences(a_plan(facts), a_plan(facts, numbing="lidocaine_prilocaine_cream"))
    name = facts.agents["lidocaine_prilocaine_cream"].name
    assert DifferenceRow("Numbing", "–", name) in found.rows


def test_a_verdict_and_a_finding_are_told_as_the_professional_reads_them(facts: Facts) -> None:
    found = differences(a_plan(facts), a_plan(facts, pregnancy="yes"))
    assert DifferenceRow("Answer", "Suitable", "Not now: defer") in found.rows
    assert any(row.what == "Finding" and row.after.startswith("Defer: ") for row in found.rows)
    assert DifferenceRow("Cheek, left: in the plan", "planned", "–") in found.rows


def test_a_topical_that_came_is_told_by_its_name(facts: Facts) -> None:
    acid = "tranexamic_acid_solution"
    found = differences(a_plan(facts), a_plan(facts, topicals=[acid]))
    assert DifferenceRow("On open holes", "–", facts.agents[acid].name) in found.rows
