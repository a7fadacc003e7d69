"""The same plan on another device: as many strikes in every zone, whatever passes that takes."""

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.edition import facts_in_force
from percuta.clinic.plans.models import PlanVersion
from percuta.clinic.plans.queries import planned
from percuta.errors import NotHere
from percuta.planning.depth.ceilings import is_setting
from percuta.planning.plan.plan import Plan, make_plan


def same_density_on(version: PlanVersion, device: str, *, by: User) -> Plan:
    """The plan of a version with another device, its densities kept; nothing is written.

    Depths that the other device cannot be set to are left to the rules.

    Raises
    ------
    NotHere
        If no device has this key.
    """
    authorise(by, Permission.SEE_PATIENTS, [version])
    facts = facts_in_force()
    if device not in facts.devices:
        raise NotHere("no such device")
    plan = planned(version, by=by)
    case, other = plan.case, facts.devices[device]
    depths = {zone: depth for zone, depth in case.depth_mm.items() if is_setting(depth.mm, other)}
    changes = {
        "setting": case.setting.model_copy(update={"device": device}),
        "depth_mm": depths,
        "passes": {},
        "seconds_per_cm2": {},
        "minutes": {},
        "strikes_per_cm2": {zone.zone: zone.strikes_per_cm2 for zone in plan.zones},
    }
    return make_plan(case.model_copy(update=changes), facts)
