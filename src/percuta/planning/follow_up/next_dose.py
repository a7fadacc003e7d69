"""How deep and how often at most next time: what was borne under the plan, or a step less."""

from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.planning.case.case import Frozen
from percuta.planning.follow_up.delivered import ZoneDelivered
from percuta.planning.plan.zone_plan import ZonePlan, set_depth


class NextDose(Frozen):
    """The most that may be set; ``limit_mm`` is the ceiling, which nothing here ever exceeds."""

    depth_mm_at_most: float
    passes_at_most: int
    limit_mm: float


def as_planned(plan: ZonePlan, limit_mm: float, device: Device) -> NextDose:
    """What the plan says, under the lower of its ceiling and today's."""
    depth = plan.depth_mm
    limit = min(limit_mm, depth.limit)
    wanted = set_depth(depth, device)
    return NextDose(
        depth_mm_at_most=limit if wanted is None else min(wanted, limit),
        passes_at_most=plan.passes,
        limit_mm=limit,
    )


def no_more_than_borne(planned: NextDose, done: ZoneDelivered, device: Device) -> NextDose:
    """What was borne, where that was less than planned: a step up is the professional's decision.

    A needle of fixed length has no dial that could keep it.
    """
    depth, passes = planned.depth_mm_at_most, planned.passes_at_most
    if not device.has_fixed_length:
        depth = min(depth, done.depth_mm or depth)
    change = {"depth_mm_at_most": depth, "passes_at_most": min(passes, done.passes or passes)}
    return planned.model_copy(update=change)


def lighter(
    planned: NextDose, done: ZoneDelivered, device: Device, facts: Facts
) -> NextDose | None:
    """Steps less than was borne, in depth where the dial has steps, else in passes.

    ``None`` where nothing less can be set.
    """
    steps = int(facts.policy["lighter_steps", "any"].value)
    borne_mm = min(planned.depth_mm_at_most, done.depth_mm or planned.depth_mm_at_most)
    borne_passes = min(planned.passes_at_most, done.passes or planned.passes_at_most)
    less_mm = round(borne_mm - steps * (device.depth_step_mm or 0.0), 4)
    if not device.has_fixed_length and less_mm >= device.depth_min_mm:
        depth, passes = less_mm, borne_passes
    else:
        depth, passes = borne_mm, borne_passes - steps
    if passes < 1:
        return None
    return planned.model_copy(update={"depth_mm_at_most": depth, "passes_at_most": passes})
