"""Virtual people with a case each, the same for the same seed whatever edition is asked."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Annotated, Any, TypeVar

from pydantic import Field

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.facts.screening import AnswerKind, ScreeningRule
from percuta.facts.vocabulary import NUMBING_NONE, Concern, Operator, Phototype, ScarKind, Sex, Zone
from percuta.planning.case.case import Case, Frozen
from percuta.planning.case.case_file import parse_case

Word = TypeVar("Word")
Chances = Callable[..., Random]
"""A stream of chance for what the names say, always the same one."""

_CLINIC = Path(__file__).with_name("virtual_clinic.toml")
_MOST_ZONES = 3
_SHARE = Field(ge=0, le=1)


class Normal(Frozen):
    """A normal law in the unit that the name around it says."""

    mean: float
    sd: float


class Bounds(Frozen):
    """The least and the most that is drawn."""

    low: float
    high: float


class Reason(Frozen):
    """Why people come: how many of all, for what, where."""

    share: Annotated[float, _SHARE]
    concern: Concern
    kinds: tuple[ScarKind, ...] = ()
    zones: tuple[Zone, ...]


class VirtualClinic(Frozen):
    """Who comes to it; assumed."""

    session: date
    mean_age_years: float
    sd_age_years: float
    youngest_years: int
    oldest_years: int
    share_female: Annotated[float, _SHARE]
    share_yes: Annotated[float, _SHARE]
    share_not_asked: Annotated[float, _SHARE]
    longest_ago_days: int
    weight_kg: Mapping[Sex, Normal]
    bounds: Mapping[str, Bounds]
    share_phototype: Mapping[Phototype, float]
    share_operator: Mapping[Operator, float]
    reasons: tuple[Reason, ...]


@cache
def virtual_clinic() -> VirtualClinic:
    """The clinic that ships with Percuta."""
    return VirtualClinic.model_validate(tomllib.loads(_CLINIC.read_text(encoding="utf-8")))


class Offer(Frozen):
    """What two editions both know, so that one person can be planned under either."""

    devices: tuple[str, ...]
    numbing: tuple[str, ...]


def common_offer(editions: Sequence[Facts]) -> Offer:
    """Devices and numbing products that every edition knows."""
    devices = set.intersection(*(set(facts.devices) for facts in editions))
    numbing = set.intersection(
        *(
            {key for key, agent in facts.agents.items() if agent.role == "numbing"}
            for facts in editions
        )
    )
    return Offer(devices=tuple(sorted(devices)), numbing=(NUMBING_NONE, *sorted(numbing)))


def virtual_case(number: int, seed: int, offer: Offer, facts: Facts) -> Case:
    """The case of one person under one edition.

    Every draw has a stream of its own, so an item that only one edition asks moves nothing else.

    Raises
    ------
    CaseError
        If the edition cannot express what this person comes for.
    """
    clinic = virtual_clinic()

    def chance(*names: str) -> Random:
        return Random("\x1f".join((str(seed), str(number), *names)))  # noqa: S311 - no secret

    person = _person(clinic, chance)
    concern = _concern(clinic, chance("concern"))
    raw: dict[str, Any] = {
        "person": person,
        "history": _history(clinic, facts, concern["zones"], chance),
        "concerns": [concern],
        "setting": {
            "device": chance("device").choice(offer.devices),
            "operator": _weighted(clinic.share_operator, chance("operator")).value,
            "date": clinic.session,
            "numbing": chance("numbing").choice(offer.numbing),
            "other_local_anaesthetic_mg": 0.0,
        },
    }
    return parse_case(raw, facts)


def cases_of(number: int, seed: int, offer: Offer, editions: Sequence[Facts]) -> tuple[Case, ...]:
    """One person's case under each edition; empty where one of them cannot express it."""
    try:
        return tuple(virtual_case(number, seed, offer, facts) for facts in editions)
    except CaseError:
        return ()


def _person(clinic: VirtualClinic, chance: Chances) -> dict[str, Any]:
    sex = Sex.FEMALE if chance("sex").random() < clinic.share_female else Sex.MALE
    age = chance("age").gauss(clinic.mean_age_years, clinic.sd_age_years)
    law, bounds = clinic.weight_kg[sex], clinic.bounds["weight_kg"]
    weight = chance("weight").gauss(law.mean, law.sd)
    return {
        "age": round(min(max(age, clinic.youngest_years), clinic.oldest_years)),
        "sex": sex.value,
        "phototype": _weighted(clinic.share_phototype, chance("phototype")).value,
        "weight_kg": round(min(max(weight, bounds.low), bounds.high), 1),
    }


def _concern(clinic: VirtualClinic, chance: Random) -> dict[str, Any]:
    reason = chance.choices(clinic.reasons, [reason.share for reason in clinic.reasons])[0]
    count = chance.randint(1, min(_MOST_ZONES, len(reason.zones)))
    stated: dict[str, Any] = {
        "concern": reason.concern.value,
        "zones": [zone.value for zone in chance.sample(reason.zones, count)],
        "severity": chance.randint(1, 4),
    }
    if reason.kinds:
        stated["kind"] = chance.choice(reason.kinds).value
    return stated


def _history(
    clinic: VirtualClinic, facts: Facts, zones: Sequence[str], chance: Chances
) -> dict[str, Any]:
    rules = {
        rule.history_key: rule
        for rule in facts.screening
        if rule.answer_kind is not AnswerKind.PERSON
    }
    answers = {key: _answer(clinic, rule, zones, chance(key)) for key, rule in rules.items()}
    return {key: answer for key, answer in answers.items() if answer is not None}


_ANSWERS = {
    AnswerKind.YES_NO: ("yes", "unknown"),
    AnswerKind.DATED: ("past", "past", "current", "unknown"),
    AnswerKind.DIABETES: ("controlled", "uncontrolled", "unknown"),
}


def _answer(
    clinic: VirtualClinic, rule: ScreeningRule, zones: Sequence[str], chance: Random
) -> dict[str, Any] | None:
    drawn = chance.random()
    if drawn < clinic.share_not_asked:
        return None
    if drawn > clinic.share_not_asked + clinic.share_yes:
        return {"status": rule.answer_kind.denial}
    answer: dict[str, Any] = {"status": chance.choice(_ANSWERS[rule.answer_kind])}
    if answer["status"] == "past":
        answer["last"] = clinic.session - timedelta(days=chance.randint(0, clinic.longest_ago_days))
    if rule.scope == "zone":
        answer["zones"] = [chance.choice(zones)]
    return answer


def _weighted(shares: Mapping[Word, float], chance: Random) -> Word:
    return chance.choices(list(shares), list(shares.values()))[0]
