"""What goes in of a topical over holes, as published, against the lane of a plan: V41."""

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.absorption.curves import REFINED
from percuta.planning.absorption.topicals import Needled, Needling, predicted_lanes
from percuta.validation.asked import done, known
from percuta.validation.predicted import Predicted, banded

_SOLUTION = "tranexamic_acid_solution"
_NEEDLES = "roller_192_05"
_USUAL_SKIN = Zone.CHEEK_LEFT


def solution_over_holes(facts: Facts) -> Predicted:
    """V41 [%]: what the model behind a plan says at the last hour, under cover, with its band."""
    row = "V41"
    needled = Needled(
        zone=_USUAL_SKIN,
        depth_mm=facts.validation_inputs["set_depth", row].value,
        passes=round(done(facts, "passes", row)),
    )
    needling = Needling(device=_NEEDLES, sex=None, is_covered=True)
    solution = facts.agents[_SOLUTION]
    (lane,) = predicted_lanes(solution, [needled], needling, facts, draws=REFINED)
    middle = known(lane.gone_in.middle_pct, row)[-1]
    return banded(lane.gone_in.low_pct[-1], middle, lane.gone_in.high_pct[-1])
