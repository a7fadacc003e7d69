"""Say where the pages of the demo clinic are, one person for each state: ``-m`` runs it."""

import json
import os
import sys
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from percuta.clinic.accounts.models import User
    from percuta.clinic.plans.models import Plan


def main() -> None:
    """The first plan of every state that the demo clinic holds, with all that belongs to it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "percuta.site.settings"
    django.setup()
    from percuta.clinic.accounts.models import User
    from percuta.clinic.plans.models import Plan

    physician = User.objects.get(login="amara")
    found: dict[str, Plan] = {}
    for plan in Plan.objects.order_by("opened_at", "pk"):
        found.setdefault(_state(plan, physician), plan)
    json.dump({state: _addresses(plan) for state, plan in found.items()}, sys.stdout)


def _state(plan: "Plan", by: "User") -> str:
    from percuta.clinic.plans import queries
    from percuta.errors import Faults

    version = queries.version(plan, by=by)
    if version.is_signed:
        return "signed"
    try:
        return str(queries.planned(version, by=by).verdict.value)
    except Faults:
        return "not to be made"


def _addresses(plan: "Plan") -> dict[str, str]:
    consultation = plan.consultation
    return {
        "plan": f"/plans/{plan.pk}/",
        "sign": f"/plans/{plan.pk}/sign/",
        "compare": f"/plans/{plan.pk}/compare/",
        "consultation": f"/consultations/{consultation.pk}/",
        "patient": f"/patients/{consultation.patient_id}/",
    }


if __name__ == "__main__":
    main()
