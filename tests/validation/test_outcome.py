"""Published outcomes of groups against the outcome model: V31, V32 and V34, misses and all.

None of the three is a test on data never seen: V31 calibrates, V32 and V34 were spent when the
form of the model was chosen.
"""

import math

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.facts.outcome import OutcomeCheck
from percuta.facts.vocabulary import Concern
from percuta.science.outcome.posterior import posterior_of
from percuta.science.outcome.prediction import GroupOutcome, group_outcome
from percuta.science.outcome.response import matured_share
from percuta.units import convert, to_si

GRADES = (3.29, 2.23, 1.93, 1.77)  # Goodman-Baron: before, and 0, 1, 2 months after (S62)


def check_of(arm: str, facts: Facts) -> OutcomeCheck:
    return next(row for row in facts.outcome_checks if row.key == f"check.{arm}")


@pytest.mark.parametrize(
    ("arm", "after"), [("grade_end", 1), ("grade_1_month", 2), ("grade_2_months", 3)]
)
def test_v31_the_weekly_course_is_met_within_a_fifth_of_a_grade(
    arm: str, after: int, facts: Facts
) -> None:
    """Role C, calibrated: the three times are among the rows that are fitted."""
    row = check_of(f"minh2019_{arm}", facts)
    assert row.published == pytest.approx(GRADES[0] - GRADES[after])
    assert row.fitted == pytest.approx(row.published, abs=0.2)


def test_v31_the_pace_read_off_the_last_steps_gives_the_first_within_a_fifth() -> None:
    """Role S, spent: the first gain enters the ratio; 0.93 against 1.06 is a miss of 12 %."""
    first, second = GRADES[1] - GRADES[2], GRADES[2] - GRADES[3]
    rate = -math.log(second / first)
    assert rate == pytest.approx(0.63, abs=0.005)
    final = (GRADES[0] - GRADES[3]) + second * (second / first) / (1 - second / first)
    assert final == pytest.approx(1.70, abs=0.01)
    since_last, maturation, sessions, weekly = map(np.asarray, (0.0, 1 / rate, 12.0, 3 / 12))
    matured = matured_share(since_last, maturation, sessions=sessions, interval=weekly)
    at_the_end = final * float(matured)
    assert at_the_end == pytest.approx(GRADES[0] - GRADES[1], abs=0.2)


def test_v31_the_fitted_pace_holds_the_published_one(facts: Facts) -> None:
    """Role C: 0.63 a month, a time constant of 1.59 months."""
    months = convert(1.0, source="s", target="months") * posterior_of(facts).maturation
    low, high = np.quantile(months, (0.1, 0.9))
    assert low < 1 / 0.63 < high


def test_v32_four_sessions_of_a_pen_are_a_miss(facts: Facts) -> None:
    """Role M, spent, and missed: 0.91 lies below the four-in-five band of a new study.

    Even though the study is among those fitted. Predicted by the others alone it lies below the
    band for 19 in 20: the bands between studies are too narrow. The miss stays.
    """
    four_in_five, nineteen_in_twenty = (
        getattr(acne_grades(facts).mean, name) for name in ("four_in_five", "nineteen_in_twenty")
    )
    assert not four_in_five[0] <= 0.91 <= four_in_five[1]
    assert nineteen_in_twenty[0] <= 0.91 <= nineteen_in_twenty[1]
    left_out = check_of("dalwig2020", facts)
    assert left_out.published == pytest.approx(0.91)
    assert left_out.published < left_out.low_95


def acne_grades(facts: Facts) -> GroupOutcome:
    """Four monthly sessions, three months later."""
    return next(
        outcome
        for outcome in group_outcome(
            Concern.ACNE_SCARS,
            facts,
            sessions=4,
            interval=to_si(1, "months"),
            since_last=to_si(3, "months"),
        )
        if outcome.axis == "grades"
    )


def test_v34_what_is_left_over_a_comparator_holds_the_pooled_difference(facts: Facts) -> None:
    """Role M, spent: the part without control comes from it. One trial found nothing."""
    grades = acne_grades(facts)
    assert grades.over_control is not None
    low, high = grades.over_control.nineteen_in_twenty
    assert low <= 0.42 <= high
    assert low < 0.3


def test_studies_left_out_are_predicted_about_as_often_as_the_bands_say(facts: Facts) -> None:
    """Looked at, not calibrated: 22 arms of 17 studies tell a gross error and no more.

    Three lie outside the band for 19 in 20, where one is due: the bands are somewhat narrow.
    """
    rows = facts.outcome_checks
    inside = {
        50: sum(row.low_50 <= row.published <= row.high_50 for row in rows),
        80: sum(row.low_80 <= row.published <= row.high_80 for row in rows),
        95: sum(row.low_95 <= row.published <= row.high_95 for row in rows),
    }
    assert inside[95] >= 0.8 * len(rows), inside
    assert 0.2 * len(rows) <= inside[50] <= 0.8 * len(rows), inside
