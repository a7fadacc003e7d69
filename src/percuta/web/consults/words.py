"""The words of the consultation page."""

from percuta.clinic.consults.queries import HistoryAnswer
from percuta.facts.questionnaire import Group
from percuta.facts.screening import AnswerKind
from percuta.facts.vocabulary import Concern, ScarKind
from percuta.planning.judgement.findings import Verdict
from percuta.report import wording

GROUP = {
    Group.SKIN_TODAY: "The skin today",
    Group.USED_OR_DONE: "Used or done before",
    Group.HEALING: "How this skin heals",
    Group.HEALTH: "Health and medicines",
    Group.ALLERGIES: "Allergies",
    Group.NUMBING: "Numbing",
}

STATUS = {
    "no": "No",
    "yes": "Yes",
    "never": "Never",
    "past": "In the past",
    "current": "Now",
    "controlled": "Yes, well controlled",
    "uncontrolled": "Yes, not well controlled",
    "unknown": "Not known",
}

CONCERN = {concern: concern.value.replace("_", " ").capitalize() for concern in Concern} | {
    Concern.LAXITY: "Loss of firmness"
}

KIND = {kind: kind.value.capitalize() for kind in ScarKind}

SEVERITY = {1: "Mild", 2: "Moderate", 3: "Marked", 4: "Severe"}

WAY_ON = {
    Verdict.DEFER: "Not now. Say what has to pass first, and until when.",
    Verdict.REFER: "Somebody else should look first. Say who, and why.",
    Verdict.UNSUITABLE: "Needling is not right here. Say why, and what else there is.",
}

DATED = AnswerKind.DATED


def answer(given: HistoryAnswer) -> str:
    """One answer in words, with its date and what else was said."""
    said = STATUS.get(given.status, given.status).lower()
    if given.is_last_unknown:
        said += ", nobody knows when"
    elif given.last is not None:
        said += f", {wording.day(given.last)}"
    if given.zones:
        said += f" ({', '.join(zone.replace('_', ' ') for zone in given.zones)})"
    if given.ingredients:
        said += f": {', '.join(word.replace('_', ' ') for word in given.ingredients)}"
    if given.cleared is not None:
        said += f", cleared in writing on {wording.day(given.cleared)}"
    return said
