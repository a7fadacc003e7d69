"""Who gets what from every address: one line a page and method.

To add a page, add one line to ``TABLE`` for every method that it allows; a method without a line
must answer 405. If its address holds a new argument, name its value once in ``ARGUMENTS``; if its
form needs fields before it says anything, name them in ``FIELDS``.

Columns: practitioner, qualified professional and administrator of the clinic whose rows are asked
for; the same three of another clinic; somebody whose access was taken away, of either clinic; a
stranger. ``door`` is the way to the sign-in page; every number is a status:
200 shown, 302 done and sent on, 403 not yours to do, 404 not here, 422 not saved, with the faults.
"""

from collections.abc import Callable, Mapping
from uuid import uuid4

from django.urls import reverse

from tests.integration.clinic.access_site import Site, pages
from tests.integration.clinic.people import PASSWORD

_NEW = "needles are tiny 56"

#  page             method  P    Q    A    oP   oQ   oA   I    S
TABLE = """
   authority        GET     404  404  404  404  404  404  404  404
   landing          GET     302  302  302  302  302  302  door door
   sign_in          GET     302  302  302  302  302  302  200  200
   sign_in          POST    302  302  302  302  302  302  200  200
   sign_out         POST    door door door door door door door door
   patients         GET     200  200  403  200  200  403  door door
   patients         POST    200  200  403  200  200  403  door door
   new_patient      GET     200  200  403  200  200  403  door door
   new_patient      POST    302  302  403  302  302  403  door door
   patient          GET     200  200  403  404  404  403  door door
   correct_patient  GET     200  200  403  404  404  403  door door
   correct_patient  POST    302  302  403  404  404  403  door door
   plan             GET     200  200  403  404  404  403  door door
   plan             POST    302  302  403  404  404  403  door door
   plan_version     GET     200  200  403  404  404  403  door door
   plan_forecast    GET     200  200  403  404  404  403  door door
   sign             GET     403  200  403  404  404  403  door door
   sign             POST    403  422  403  404  404  403  door door
   amend            POST    302  302  403  404  404  403  door door
   document         GET     200  200  403  404  404  403  door door
   version_document GET     200  200  403  404  404  403  door door
   compare          GET     200  200  403  404  404  403  door door
   case             GET     200  200  403  404  404  403  door door
   version_case     GET     200  200  403  404  404  403  door door
   plan_json        GET     200  200  403  404  404  403  door door
   version_json     GET     200  200  403  404  404  403  door door
   begin_consultation   POST 302  302  403  404  404  403  door door
   consultation     GET     200  200  403  404  404  403  door door
   state_concern    POST    302  302  403  404  404  403  door door
   withdraw_concern POST    302  302  403  404  404  403  door door
   weigh            POST    302  302  403  404  404  403  door door
   choose_skin_type POST    302  302  403  404  404  403  door door
   answer_skin_question POST 302 302  403  404  404  403  door door
   answer           POST    302  302  403  404  404  403  door door
   none_of_these    POST    302  302  403  404  404  403  door door
   nothing_changed  POST    302  302  403  404  404  403  door door
   new_plan         GET     200  200  403  404  404  403  door door
   new_plan         POST    302  302  403  404  404  403  door door
   devices          GET     200  200  403  200  200  403  door door
   people           GET     403  403  200  403  403  200  door door
   new_person       GET     403  403  200  403  403  200  door door
   new_person       POST    403  403  302  403  403  302  door door
   person           GET     403  403  200  403  403  404  door door
   person           POST    403  403  302  403  403  404  door door
   reset_password   GET     403  403  200  403  403  404  door door
   reset_password   POST    403  403  302  403  403  404  door door
   password         GET     200  200  200  200  200  200  door door
   password         POST    302  302  302  302  302  302  door door
   trail            GET     403  403  200  403  403  200  door door
"""

# What an address holds, by the name of the argument; "page.argument" where one page needs another.
ARGUMENTS: Mapping[str, Callable[[Site], object]] = {
    "patient_id": lambda site: site.here.patient.pk,
    "person_id": lambda site: site.here.practitioner.pk,
    "consultation_id": lambda site: site.consultation.pk,
    "plan_id": lambda site: site.plan.pk,
    "number": lambda _: 1,
    "key": lambda _: "smoking",
    "question": lambda _: "eyes",
}

# What a form sends; nothing for a page that is not named here.
FIELDS: Mapping[str, Callable[[Site], Mapping[str, object]]] = {
    "patients": lambda _: {"find": "ma"},
    "new_patient": lambda _: {
        "patient_id": uuid4(),
        "given_name": "Ines",
        "family_name": "Okafor",
    },
    "plan": lambda _: {"what": "depth", "zone": "cheek_left", "depth_mm": "1.25", "seen": 1},
    "correct_patient": lambda _: {"seen": 1, "given_name": "Mara", "family_name": "Berg"},
    "new_person": lambda _: {
        "person_id": uuid4(),
        "login": "new.person",
        "name": "Sigrid",
        "role": "practitioner",
        "operator": "nurse",
        "password": _NEW,
    },
    "reset_password": lambda _: {"new": _NEW, "again": _NEW},
    "password": lambda _: {"old": PASSWORD, "new": _NEW, "again": _NEW},
    "begin_consultation": lambda _: {"consultation_id": uuid4()},
    "state_concern": lambda _: {"concern": "texture", "zone": "forehead", "severity": 2},
    "withdraw_concern": lambda _: {"concern": "acne_scars", "zone": "cheek_left", "seen": 1},
    "weigh": lambda _: {"shown": "62", "weight_kg": "63,5"},
    "choose_skin_type": lambda _: {"shown": "IV", "phototype": "V"},
    "answer_skin_question": lambda _: {"choice": "eyes.3", "seen": 0},
    "answer": lambda _: {"status": "yes", "seen": 1},
    "none_of_these": lambda _: {"key": "smoking", "group": "health"},
    "nothing_changed": lambda _: {"key": "smoking", "group": "health"},
    "new_plan": lambda _: {
        "plan_id": uuid4(),
        "device": "generic_pen_14",
        "operator": "nurse",
        "date": "2026-11-27",
        "numbing": "none",
    },
    "person": lambda _: {"role": "practitioner", "operator": "nurse", "is_active": "yes"},
}

VISITORS = (
    ("here.practitioner",),
    ("here.professional",),
    ("here.administrator",),
    ("elsewhere.practitioner",),
    ("elsewhere.professional",),
    ("elsewhere.administrator",),
    ("here.inactive", "elsewhere.inactive"),
    ("stranger",),
)


def rows() -> dict[tuple[str, str], dict[str, str]]:
    """Every page and method, with what each visitor gets."""
    read: dict[tuple[str, str], dict[str, str]] = {}
    for page, method, *answers in (line.split() for line in TABLE.strip().splitlines()):
        if len(answers) != len(VISITORS) or (page, method) in read:
            raise ValueError(f"{page} {method}: one line with {len(VISITORS)} answers, no second")
        read[page, method] = {
            visitor: answer
            for column, answer in zip(VISITORS, answers, strict=True)
            for visitor in column
        }
    return read


def address(page: str, site: Site) -> str:
    """The address of a page about the rows of the first clinic."""
    return reverse(page, kwargs={name: _value(page, name, site) for name in pages()[page]})


def fields(page: str, site: Site) -> Mapping[str, object]:
    """What the form of a page sends."""
    return FIELDS[page](site) if page in FIELDS else {}


def _value(page: str, name: str, site: Site) -> object:
    found = ARGUMENTS.get(f"{page}.{name}") or ARGUMENTS.get(name)
    if found is None:
        raise KeyError(f"{page}: name a value for '{name}' in ARGUMENTS of the access matrix")
    return found(site)
