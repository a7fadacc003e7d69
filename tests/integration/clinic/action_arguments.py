"""For every action, what it takes to perform it once in the first clinic: one line an action.

To add an action, add one line to ``ARGUMENTS``: the function, then its arguments without ``by``
and ``at``. An action without a line fails the suite.
"""

import pkgutil
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any
from uuid import uuid4

import percuta.clinic
from percuta.clinic.accounts import actions as accounts
from percuta.clinic.accounts.roles import Role
from percuta.clinic.consults import actions as consults
from percuta.clinic.edition import facts_in_force
from percuta.clinic.patients import actions as patients
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.acceptance import statements
from percuta.clinic.plans.queries import planned, version
from percuta.clinic.plans.signing import digest_of
from percuta.facts.vocabulary import Concern, Operator, Phototype, Zone
from tests.integration.clinic.access_site import Site
from tests.integration.clinic.people import PASSWORD, wishes

Arguments = Mapping[str, Any]

SOMEBODY = {
    "given_name": "Ines",
    "family_name": "Okafor",
    "birth_date": None,
    "sex": None,
    "record_number": "",
}
A_NURSE = {"role": Role.PRACTITIONER, "operator": Operator.NURSE}
ACCOUNT = {"login": "sigrid", "name": "Sigrid", "password": PASSWORD, **A_NURSE}
ON_FOREHEAD = {"concern": Concern.TEXTURE, "zone": Zone.FOREHEAD}
ON_CHEEK = {"concern": Concern.ACNE_SCARS, "zone": Zone.CHEEK_LEFT}


def _draft(site: Site) -> Any:
    return version(site.plan, by=site.here.practitioner)


def _signature(site: Site) -> Arguments:
    read = planned(_draft(site), by=site.here.professional)
    accepted = [statement.key for statement in statements(read)]
    return {"version": _draft(site), "sha256": digest_of(read), "accepted": accepted}


def _answer(site: Site) -> Arguments:
    given = {"key": "smoking", "given": {"status": "yes"}, "seen": 1, "facts": facts_in_force()}
    return {"consultation": site.consultation, **given}


# fmt: off
ARGUMENTS: Mapping[str, tuple[Callable[..., Any], Callable[[Site], Arguments]]] = {
    "accounts.add_person": (accounts.add_person, lambda _: {"person_id": uuid4(), **ACCOUNT}),
    "accounts.change_person": (accounts.change_person, lambda site: {"person": site.here.professional, "is_active": False, **A_NURSE}),
    "accounts.change_password": (accounts.change_password, lambda _: {"new": PASSWORD + "6"}),
    "accounts.reset_password": (accounts.reset_password, lambda site: {"person": site.here.professional, "new": PASSWORD + "6"}),
    "patients.add": (patients.add, lambda _: {"patient_id": uuid4(), **SOMEBODY}),
    "patients.correct": (patients.correct, lambda site: {"patient": site.here.patient, "seen": 1, **SOMEBODY}),
    "consults.open": (consults.open_consultation, lambda site: {"consultation_id": uuid4(), "patient": site.here.patient}),
    "consults.weigh": (consults.weigh, lambda site: {"consultation": site.consultation, "shown_kg": 62.0, "weight_kg": 70.0}),
    "consults.choose_skin_type": (consults.choose_skin_type, lambda site: {"consultation": site.consultation, "shown": Phototype.IV, "phototype": Phototype.II}),
    "consults.answer": (consults.answer, _answer),
    "consults.rule_out": (consults.rule_out, lambda site: {"consultation": site.consultation, "keys": ["smoking"], "facts": facts_in_force()}),
    "consults.confirm": (consults.confirm, lambda site: {"consultation": site.consultation, "keys": ["smoking"], "facts": facts_in_force()}),
    "consults.answer_skin_question": (consults.answer_skin_question, lambda site: {"consultation": site.consultation, "question": "eyes", "choice": "eyes.1", "seen": 0, "facts": facts_in_force()}),
    "consults.state_concern": (consults.state_concern, lambda site: {"consultation": site.consultation, "severity": 2, "kind": None, "seen": 0, **ON_FOREHEAD}),
    "consults.withdraw_concern": (consults.withdraw_concern, lambda site: {"consultation": site.consultation, "seen": 1, **ON_CHEEK}),
    "plans.open": (plans.open_plan, lambda site: {"plan_id": uuid4(), "consultation": site.consultation, "wishes": wishes()}),
    "plans.change": (plans.change, lambda site: {"version": _draft(site), "seen": 1, "wishes": wishes().model_copy(update={"depth_mm": {"cheek_left": 1.0}})}),
    "plans.sign": (plans.sign, _signature),
    "plans.amend": (plans.amend, lambda site: {"plan": site.signed_plan}),
}
# fmt: on


def every_action() -> dict[str, Any]:
    """Every action of the record, whether or not something else has imported it."""
    from percuta.clinic.accounts.acting import ACTIONS

    for found in pkgutil.walk_packages(percuta.clinic.__path__, "percuta.clinic."):
        if found.name.rpartition(".")[2].startswith("actions"):
            import_module(found.name)
    return dict(ACTIONS)
