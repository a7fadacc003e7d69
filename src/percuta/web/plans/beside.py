"""Two plans beside each other: two versions, two plans of one person, or two devices."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.edition import facts_in_force
from percuta.clinic.plans import queries
from percuta.clinic.plans.another_device import same_density_on
from percuta.clinic.plans.queries import PlanVersion
from percuta.errors import NotHere
from percuta.facts.edition import Facts
from percuta.planning.plan.comparison import doses, stricter
from percuta.planning.plan.plan import Plan
from percuta.report import plain, wording
from percuta.report.differences import Differences, differences
from percuta.report.figures.comparison import DepthAreas, comparison, depth_areas, difference
from percuta.report.figures.drawing import View, drawing, views_showing
from percuta.report.figures.of_plan import map_zones
from percuta.report.typesetting import device, typeset
from percuta.web.plans.figures import drawn_pair
from percuta.web.signed_in import actor


@dataclass(frozen=True)
class Side:
    """One of the two plans: what it is called in a head, and in a sentence."""

    plan: Plan
    name: str
    short: str


@dataclass(frozen=True)
class BothViews:
    """One view of the body in both plans."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Beside:
    """Both plans, worded and drawn; ``before`` stands left, ``after`` right."""

    before: str
    after: str
    sentence: str
    stricter: tuple[str, ...]
    doses: tuple[str, ...]
    views: tuple[BothViews, ...]
    figure: str
    differences: Differences


@dataclass(frozen=True)
class Offer:
    """Something that this plan can be put beside."""

    key: str
    name: str
    is_chosen: bool


@require_safe
def compare(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The newest version of a plan beside an earlier one, another plan, or another device."""
    by = actor(request)
    plan = queries.plan(plan_id, by=by)
    version = queries.version(plan, by=by)
    wished = request.GET.get("with", "")[:80] or _usual(version)
    here = _side(version, by=by)
    other = _other(version, wished, by=by)
    is_device = wished in facts_in_force().devices
    before, after = (here, other) if is_device else (other, here)
    context = {
        "patient": plan.consultation.patient,
        "plan": plan,
        "offers": _offers(version, wished, by=by),
        "beside": beside(before, after, facts_in_force()),
    }
    return render(request, "web/plan/compare.html", context)


def beside(before: Side, after: Side, facts: Facts) -> Beside:
    """Two plans as a page shows them."""
    earlier, later = (depth_areas(side.plan, side.short, facts.devices) for side in (before, after))
    return Beside(
        before=before.name,
        after=after.name,
        sentence=difference(earlier, later),
        stricter=_told(stricter(before.plan, after.plan)),
        doses=_told(doses(before.plan, after.plan)),
        views=_views(before.plan, after.plan, facts),
        figure=_figure(earlier, later),
        differences=differences(before.plan, after.plan),
    )


def _figure(before: DepthAreas, after: DepthAreas) -> str:
    is_empty = not (before.areas or after.areas)
    return "" if is_empty else comparison(before, after, is_told_beside=True)


def _views(before: Plan, after: Plan, facts: Facts) -> tuple[BothViews, ...]:
    left, right = map_zones(before, facts), map_zones(after, facts)
    views: tuple[View, ...] = views_showing(zone.zone for zone in (*left, *right))
    return tuple(
        BothViews(
            drawing(view).name, drawn_pair(view, left, "before"), drawn_pair(view, right, "after")
        )
        for view in views
    )


def _other(version: PlanVersion, wished: str, *, by: User) -> Side:
    """What ``with`` names: a device, a version's number, or another plan of the same person."""
    if wished in facts_in_force().devices:
        plan = same_density_on(version, wished, by=by)
        return Side(plan, f"Same density, {device(wished)}", "The same on another device")
    return _side(_version(version, wished, by=by), by=by)


def _side(version: PlanVersion, *, by: User) -> Side:
    short = f"Version {version.number} of {wording.day(version.plan.opened_at)}"
    return Side(queries.planned(version, by=by), _named(version), short)


def _version(version: PlanVersion, wished: str, *, by: User) -> PlanVersion:
    if wished.isdecimal():
        return queries.version(version.plan, by=by, number=int(wished))
    try:
        plan = queries.plan(UUID(wished), by=by)
    except ValueError:
        raise NotHere("nothing of that name to put beside this plan") from None
    if plan.about_patient_id != version.about_patient_id:
        raise NotHere("that plan is of another person")
    return queries.version(plan, by=by)


def _usual(version: PlanVersion) -> str:
    """The version before, or where there is none the first device that is another one."""
    if version.number > 1:
        return str(version.number - 1)
    mine = version.wishes["setting"]["device"]
    return next(key for key in facts_in_force().devices if key != mine)


def _offers(version: PlanVersion, wished: str, *, by: User) -> tuple[Offer, ...]:
    earlier = [other for other in queries.versions(version.plan, by=by) if other != version]
    offers = [(str(other.number), _named(other)) for other in earlier]
    patient = version.plan.consultation.patient
    others = [plan for plan in queries.plans(patient, by=by) if plan != version.plan]
    offers += [(str(plan.pk), f"Plan begun {wording.day(plan.opened_at)}") for plan in others]
    mine = version.wishes["setting"]["device"]
    devices = [key for key in facts_in_force().devices if key != mine]
    offers += [(key, f"Same density, {device(key)}") for key in devices]
    return tuple(Offer(key, name, key == wished) for key, name in offers)


def _named(version: PlanVersion) -> str:
    state = "signed" if version.is_signed else "draft"
    return f"Version {version.number}, {state}, {device(version.wishes['setting']['device'])}"


def _told(sentences: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain.sentence(typeset(sentence)) for sentence in sentences)
