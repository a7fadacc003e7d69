"""Add a draft that waits for a physician to a record, and say where it is: ``-m`` runs it.

The back of a hand has no published depth, and no label gives an amount of the cream.
"""

import json
import os
import sys
from datetime import UTC, datetime
from uuid import uuid4

import django


def main() -> None:
    """A new patient with a nurse's draft, in the clinic of the record, which is opened if new."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "percuta.site.settings"
    django.setup()
    from percuta.clinic.accounts.models import User
    from percuta.clinic.consults import actions as consults
    from percuta.clinic.edition import facts_in_force
    from percuta.clinic.patients import actions as patients
    from percuta.clinic.plans import actions as plans
    from percuta.facts.vocabulary import Concern, Phototype, Sex, Zone
    from tests.integration.clinic.people import PASSWORD, open_practice, wishes
    from tests.people import all_clear

    facts, now = facts_in_force(), datetime.now(UTC)
    if not User.objects.exists():
        open_practice("here")
    by = User.objects.get(login="nadia.here")
    name = f"Hand-{uuid4().hex[:8]}"
    patient = patients.add(
        by=by,
        at=now,
        patient_id=uuid4(),
        given_name="Ines",
        family_name=name,
        birth_date=datetime(1980, 3, 1, tzinfo=UTC).date(),
        sex=Sex.FEMALE,
        record_number="",
    )
    visit = consults.open_consultation(by=by, at=now, consultation_id=uuid4(), patient=patient)
    for key, status in all_clear(facts).items():
        consults.answer(
            by=by,
            at=now,
            consultation=visit,
            key=key,
            given={"status": status},
            seen=0,
            facts=facts,
        )
    for concern, zone in (
        (Concern.TEXTURE, Zone.HAND_LEFT_DORSAL),
        (Concern.TEXTURE, Zone.FOREHEAD),
    ):
        consults.state_concern(
            by=by,
            at=now,
            consultation=visit,
            concern=concern,
            zone=zone,
            severity=2,
            kind=None,
            seen=0,
        )
    consults.weigh(by=by, at=now, consultation=visit, shown_kg=None, weight_kg=62.0)
    consults.choose_skin_type(by=by, at=now, consultation=visit, shown=None, phototype=Phototype.II)
    chosen = {"numbing": "compounded_high_strength", "date": now.date()}
    setting = wishes().setting.model_copy(update=chosen)
    plan = plans.open_plan(
        by=by,
        at=now,
        plan_id=uuid4(),
        consultation=visit,
        wishes=wishes().model_copy(update={"setting": setting}),
    )
    told = {
        "name": f"{name}, Ines",
        "plan": f"/plans/{plan.pk}/",
        "consultation": str(visit.pk),
        "patient": str(patient.pk),
        "password": PASSWORD,
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
