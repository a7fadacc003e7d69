"""A plan's case and a plan's bytes as files; no person's name is in a file name."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from percuta.clinic.edition import facts_in_force
from percuta.clinic.plans import queries
from percuta.clinic.plans.queries import PlanVersion
from percuta.planning.case.case_file_writing import case_file
from percuta.web.signed_in import actor


@require_safe
def case(request: HttpRequest, plan_id: UUID, number: int | None = None) -> HttpResponse:
    """The case file: the command line makes the same plan from it."""
    by = actor(request)
    version = queries.version(queries.plan(plan_id, by=by), by=by, number=number)
    text = case_file(queries.case_of(version, by=by, facts=facts_in_force()))
    return _file(text, "application/toml", f"case-{_named(version)}.toml")


@require_safe
def document(request: HttpRequest, plan_id: UUID, number: int | None = None) -> HttpResponse:
    """The plan's bytes, as ``percuta plan --json`` prints them; those of a signed one as signed."""
    by = actor(request)
    version = queries.version(queries.plan(plan_id, by=by), by=by, number=number)
    text = queries.document_of(version, by=by)
    return _file(text, "application/json", f"plan-{_named(version)}.json")


def _named(version: PlanVersion) -> str:
    state = "" if version.is_signed else "-draft"
    return f"{version.plan.pk.hex[:8]}-v{version.number}{state}"


def _file(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
