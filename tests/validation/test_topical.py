"""V41: the one direct measurement of a topical over holes, against the model behind a plan."""

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.absorption.curves import REFINED
from percuta.planning.absorption.topicals import Needled, Needling, predicted_lanes, topical_lanes
from percuta.validation.asked import known
from percuta.validation.predictions import PREDICTIONS


def test_v41_is_what_a_plan_says_of_the_solution_over_such_holes(facts: Facts) -> None:
    """By the lane of a plan, at its last hour: no other model of the same holes."""
    passes, depth_mm = (
        facts.validation_inputs[quantity, "V41"].value for quantity in ("passes", "set_depth")
    )
    zones = [Needled(Zone.CHEEK_LEFT, depth_mm, int(passes))]
    needling = Needling("roller_192_05", sex=None, is_covered=True)
    solution = "tranexamic_acid_solution"
    (lane,) = predicted_lanes(facts.agents[solution], zones, needling, facts, draws=REFINED)
    drawn, (without,) = topical_lanes([solution], zones, needling, facts, draws=REFINED)
    assert not drawn
    assert "The one measurement found" in without.why.text
    told = known(PREDICTIONS["V41"](facts), "V41")
    assert lane.gone_in.middle_pct is not None
    assert (told.low, told.middle, told.high) == (
        lane.gone_in.low_pct[-1],
        lane.gone_in.middle_pct[-1],
        lane.gone_in.high_pct[-1],
    )
    assert told.share == 0.9
