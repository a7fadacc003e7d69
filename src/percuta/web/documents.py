"""A plan on paper: each page says whether it is a draft, signed, or no longer to be used."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.edition import facts_of
from percuta.clinic.plans import queries
from percuta.clinic.plans.lifecycle import State, states
from percuta.clinic.plans.queries import PlanVersion
from percuta.clinic.plans.standings import standing
from percuta.errors import UnknownEdition
from percuta.planning.plan.plan import Plan as Planned
from percuta.report.document_figures import DocumentFigure, document_figures
from percuta.report.marking import DRAFT, Marking, signed
from percuta.report.pdf import pdf_of
from percuta.web.signed_in import actor, today

_WARNING = {State.EXPIRED: "EXPIRED", State.SUPERSEDED: "SUPERSEDED"}


@require_safe
def document(request: HttpRequest, plan_id: UUID, number: int | None = None) -> HttpResponse:
    """One version of a plan as a PDF, the newest if no number is given."""
    by = actor(request)
    plan = queries.plan(plan_id, by=by)
    version = queries.version(plan, by=by, number=number)
    marking = _marking(version, by=by, on=today())
    made = queries.planned(version, by=by)
    content = pdf_of(made, marking=marking, figures=_figures(made))
    name = f"plan-{str(plan.pk)[:8]}-version-{version.number}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _figures(made: Planned) -> tuple[DocumentFigure, ...]:
    """Figures under the plan's own facts; a plan stays readable where those are gone."""
    try:
        return document_figures(made, facts_of(made.provenance.facts_edition))
    except UnknownEdition:
        return ()


def _marking(version: PlanVersion, *, by: User, on: date) -> Marking:
    who, when = version.signed_by, version.signed_at
    if who is None or when is None:
        return DRAFT
    return signed(
        by=f"{who.name}, {who.role_name.lower()},",
        at=timezone.localtime(when),
        sha256=version.sha256,
        warning=_warning(version, by=by, on=on),
    )


def _warning(version: PlanVersion, *, by: User, on: date) -> str:
    """One word for a signed version that nobody may use any more; empty if it stands."""
    chain = queries.versions(version.plan, by=by)
    state = states(chain, on=on)[version.number]
    if state in _WARNING:
        return _WARNING[state]
    return "" if standing(version, by=by, on=on).may_be_used else "NOT TO BE USED"
