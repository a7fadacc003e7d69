"""From one press or one form on the plan page to the wishes that it asks for."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.plans.physician import is_physician
from percuta.clinic.plans.wishes import Wishes, read_wishes
from percuta.errors import CaseError, Faults
from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import NUMBING_NONE, Level, Operator, Zone
from percuta.planning.case.case import ChosenDepth
from percuta.planning.case.case_file import DOSES
from percuta.planning.depth.ceilings import is_setting
from percuta.planning.plan.choices_above import REFUSED_CHOICES
from percuta.planning.plan.plan import Plan
from percuta.planning.session.awaited import asks_physician
from percuta.report import wording
from percuta.report.typesetting import typeset, zone_name
from percuta.web.forms import Form
from percuta.web.other_drugs import DRUG_ROWS

Value = TypeVar("Value", int, float, ChosenDepth)

_TIMES = ("seconds_per_cm2", "minutes")


def asked(fields: Mapping[str, str], known: Wishes, facts: Facts, *, by: User) -> Wishes:
    """The wishes that a submission asks for, everything else as it was.

    ``by`` submits it: where no depth or amount was published, profession and name are kept.

    Raises
    ------
    Faults
        Naming every field that cannot be read.
    """
    form = Form(fields)
    what = form.text("what")
    if what == "depth":
        wishes = _with_depth(form, known, facts, by=by)
    elif what == "passes":
        wishes = _with_passes(form, known)
    elif what == "density":
        wishes = _with_dose(form, known, "strikes_per_cm2")
    elif what in _TIMES:
        wishes = _with_dose(form, known, what)
    elif what == "prescription":
        wishes = _with_prescription(form, known, by=by)
    elif what == "setting":
        wishes = _with_setting(form, known, facts)
    else:
        raise Faults([f"what: '{what[:40]}' is nothing that this page can change"])
    form.check()
    return wishes


def refused(wishes: Wishes, known: Wishes, answer: Plan | CaseError) -> tuple[str, ...]:
    """Why what was newly chosen for a zone cannot stand, naming the limit; empty if it can."""
    newly = _changed_zones(wishes, known)
    if not newly:
        return ()
    if isinstance(answer, CaseError):
        return answer.faults
    unplanned = sorted(newly - set(answer.case.requested_zones))
    if unplanned:
        return tuple(f"{zone_name(Zone(z)).capitalize()}: no concern names it" for z in unplanned)
    return tuple(
        f"{zone_name(zone).capitalize()}: {typeset(finding.reason)}"
        for finding in answer.findings
        if finding.rule in REFUSED_CHOICES and finding.level is Level.STOP
        for zone in finding.zones
        if zone in newly
    )


def _changed_zones(wishes: Wishes, known: Wishes) -> set[str]:
    """Zones for which a press asks for something new; a change of setting is none."""
    if wishes.setting != known.setting:
        return set()
    pairs: tuple[tuple[Mapping[str, object], Mapping[str, object]], ...] = (
        (wishes.depth_mm, known.depth_mm),
        (wishes.passes, known.passes),
        (wishes.strikes_per_cm2, known.strikes_per_cm2),
        (wishes.seconds_per_cm2, known.seconds_per_cm2),
        (wishes.minutes, known.minutes),
    )
    return {zone for new, old in pairs for zone in new if old.get(zone) != new[zone]}


def dropped(known: Wishes, wishes: Wishes, facts: Facts) -> tuple[str, ...]:
    """Depths that went because another device cannot be set to them, in the order of work."""
    if known.setting.device == wishes.setting.device:
        return ()
    gone = [Zone(zone) for zone in known.depth_mm if zone not in wishes.depth_mm]
    gone.sort(key=lambda zone: facts.zones[zone].order_n)
    return tuple(f"{zone_name(zone)} {wording.depth(known.depth_mm[zone].mm)} mm" for zone in gone)


def _with_depth(form: Form, known: Wishes, facts: Facts, *, by: User) -> Wishes:
    zone, depth = form.require("zone", form.word("zone", Zone)), form.number("depth_mm")
    others = form.words("others", Zone)
    form.check()
    depths = known.depth_mm
    for each in (zone, *others):
        depths = _put(depths, each, _set_depth(each, depth, facts, by=by))
    return known.model_copy(update={"depth_mm": depths})


def _set_depth(zone: Zone, depth_mm: float | None, facts: Facts, *, by: User) -> ChosenDepth | None:
    # why: who chose matters where no depth was published, and the account tells it, not the form
    is_asked = asks_physician(zone, facts)
    if is_asked and depth_mm is not None and not is_physician(by):
        raise Faults([f"{zone_name(zone)}: no depth is published here; ask a physician"])
    who = Operator(by.operator) if is_asked else None
    return None if depth_mm is None else _chosen(depth_mm, who)


def _chosen(depth_mm: float, who: Operator | None) -> ChosenDepth:
    """A depth that somebody typed.

    Raises
    ------
    Faults
        If nobody may type it.
    """
    try:
        return ChosenDepth(mm=depth_mm, chosen_by=who)
    except ValidationError as error:
        raise Faults(f"depth_mm: {fault['msg']}" for fault in error.errors()) from error


def _with_passes(form: Form, known: Wishes) -> Wishes:
    zone, number = form.require("zone", form.word("zone", Zone)), form.whole("passes")
    form.check()
    return _without_dose(known, zone, passes=_put(known.passes, zone, number))


def _with_dose(form: Form, known: Wishes, name: str) -> Wishes:
    zone, dose = form.require("zone", form.word("zone", Zone)), form.number(name)
    form.check()
    return _without_dose(known, zone, **{name: _put(getattr(known, name), zone, dose)})


def _without_dose(known: Wishes, zone: Zone, **last: object) -> Wishes:
    """What was set last takes the place of every other dose of a zone: those follow from it."""
    taken = {name: _put(getattr(known, name), zone, None) for name in DOSES}
    return known.model_copy(update={**taken, **last})


def _with_prescription(form: Form, known: Wishes, *, by: User) -> Wishes:
    """Grams on an area for minutes, for the numbing that is chosen; nothing typed takes it back."""
    told = {name: form.number(name) for name in ("grams", "area_cm2", "minutes")}
    written = None
    if any(value is not None for value in told.values()):
        for name, value in told.items():
            form.require(name, value)
        form.check()
        written = {"by": by.name, "product": known.setting.numbing, **told}
    setting = {**known.setting.model_dump(), "numbing_prescription": written}
    return known.model_copy(update={"setting": read_wishes({"setting": setting}).setting})


def _put(wished: Mapping[str, Value], zone: Zone, value: Value | None) -> dict[str, Value]:
    """The same wishes with one zone's set, or taken back."""
    kept = {key: known for key, known in wished.items() if key != zone}
    return kept if value is None else {**kept, zone.value: value}


def _with_setting(form: Form, known: Wishes, facts: Facts) -> Wishes:
    device = form.require("device", form.key("device", facts.devices))
    numbing = form.require(
        "numbing", form.key("numbing", [NUMBING_NONE, *_of_role("numbing", facts)])
    )
    operator = form.require("operator", form.word("operator", Operator))
    day = form.require("date", form.day("date"))
    told = {
        "licence": form.key("licence", facts.licences),
        "glide": form.key("glide", _of_role("glide", facts)),
        "soothing": form.key("soothing", _of_role("soothing", facts)),
        "topicals": tuple(key for key in _of_role("topical", facts) if form.text(f"topical_{key}")),
        "interval_weeks": form.number("interval_weeks"),
        "calm_by": form.day("calm_by"),
        "strikes_per_cm2": form.number("strikes_per_cm2"),
        "other_local_anaesthetic_mg": form.number("other_local_anaesthetic_mg"),
        "other_local_anaesthetics": tuple(
            {"drug": drug, "amount_mg": amount}
            for drug, amount in form.doses("other_drug", "other_mg", rows=DRUG_ROWS)
        ),
    }
    form.check()
    chosen = {"device": device, "numbing": numbing, "operator": operator, "date": day, **told}
    setting = read_wishes({"setting": {**known.setting.model_dump(), **chosen}}).setting
    kept = _settable(known.depth_mm, facts.devices[setting.device])
    return known.model_copy(update={"setting": setting, "depth_mm": kept})


def _of_role(role: str, facts: Facts) -> list[str]:
    return [key for key, agent in facts.agents.items() if role in agent.role]


def _settable(depths: Mapping[str, ChosenDepth], device: Device) -> dict[str, ChosenDepth]:
    """Chosen depths that a device can be set to; the others have no meaning on its dial."""
    return {zone: depth for zone, depth in depths.items() if is_setting(depth.mm, device)}
