"""Random cases over the whole space that a case file can express, reproducible by seed."""

from datetime import date, timedelta
from random import Random
from typing import Any

from percuta.facts.edition import Facts
from percuta.facts.screening import AnswerKind, ScreeningRule
from percuta.facts.vocabulary import KINDS, Concern, Level, Operator, Phototype, Sex, Zone

RARE = 0.015


def random_case(rng: Random, facts: Facts) -> dict[str, Any]:
    """One random raw case; most people are healthy, so that most cases reach the planner."""
    session = date(2026, 1, 1) + timedelta(days=rng.randrange(900))
    zones = _both_sides_of_some(session, rng.sample(list(Zone), rng.randint(1, 8)))
    raw: dict[str, Any] = {
        "person": _person(rng),
        "history": _history(rng, facts, session, zones),
        "concerns": _concerns(rng, facts, zones),
        "setting": _setting(rng, facts, session),
    }
    if raw["person"].get("sex") == "male":
        raw["history"] |= {"pregnancy": "no", "breastfeeding": "unknown"}
    if rng.random() < 0.4:
        raw["depth_mm"] = {zone: _set_depth(rng) for zone in rng.sample(zones, 1)}
    if rng.random() < 0.4:
        _wish_for_a_dose(rng, raw, zones)
    if rng.random() < 0.3:
        _wish_for_a_time(rng, raw, zones)
    if rng.random() < 0.2:
        raw["clinic_deferrals"] = [_clinic_deferral(rng, facts, session)]
    return raw


def _both_sides_of_some(session: date, zones: list[Zone]) -> list[Zone]:
    """Often the other side too, which chance alone seldom draws; drawn apart, as the days are."""
    rng = Random(session.toordinal() + 1)
    if rng.random() < 0.6:
        return zones
    sides = [zone for zone in Zone if zone.without_side in {drawn.without_side for drawn in zones}]
    return [*zones, *(zone for zone in sides if zone not in zones)]


_DIALS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 0.6, 1.51)
_DOSES = {
    "passes": (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 15, 20, 21, 30, 60, 61),
    "strikes_per_cm2": (50.0, 229.0, 400.5, 1000.0, 2500.0, 3900.0, 4100.0, 6000.0),
}
_INGREDIENTS = ("propylene_glycol", "lidocaine", "water", "vitamin_c", "sodium_chloride")


def _set_depth(rng: Random) -> Any:
    """A bare number, or one with the profession of whoever chose it."""
    depth = rng.choice(_DIALS)
    if rng.random() < 0.4:
        return depth
    return {"mm": depth, "chosen_by": rng.choice(("physician", "physician", "nurse"))}


def _wish_for_a_dose(rng: Random, raw: dict[str, Any], zones: list[Zone]) -> None:
    """Passes or a density: for the session, for one zone, or for both."""
    if rng.random() < 0.6:
        name = rng.choice(list(_DOSES))
        raw["setting"][name] = rng.choice(_DOSES[name])
    if rng.random() < 0.6:
        name = rng.choice(list(_DOSES))
        raw[name] = {rng.choice(zones): rng.choice(_DOSES[name])}


def _wish_for_a_time(rng: Random, raw: dict[str, Any], zones: list[Zone]) -> None:
    """Needle contact of one zone, in seconds per cm2 or in minutes; no other dose beside it."""
    zone = rng.choice(zones)
    for name in ("passes", "strikes_per_cm2"):
        raw.get(name, {}).pop(zone, None)
    name, times = rng.choice(list(_TIMES.items()))
    raw[name] = {zone: rng.choice(times)}


_TIMES = {"seconds_per_cm2": (0.1, 0.5, 1.9, 3.1, 5.5, 8.0), "minutes": (0.2, 1.0, 4.0, 9.0, 30.0)}


def _person(rng: Random) -> dict[str, Any]:
    person: dict[str, Any] = {
        "age": rng.choice((16, 17, 18, 21, 22, 23, rng.randint(18, 90))),
        "sex": rng.choice(list(Sex)).value,
        "phototype": rng.choice(list(Phototype)).value,
        "weight_kg": round(rng.uniform(35, 140), 1),
    }
    if rng.random() < 0.04:
        del person[rng.choice(list(person))]
    return person


def _setting(rng: Random, facts: Facts, session: date) -> dict[str, Any]:
    numbing = [key for key, agent in facts.agents.items() if agent.role == "numbing"]
    setting: dict[str, Any] = {
        "device": rng.choice(list(facts.devices)),
        "operator": rng.choice(list(Operator)).value,
        "date": session,
        "numbing": rng.choice([*numbing, "none"]),
    }
    if rng.random() < 0.3:
        setting["licence"] = rng.choice(list(facts.licences))
    if rng.random() < 0.3:
        setting["interval_weeks"] = rng.choice((1.0, 2.0, 4.0, 6.0, 8.5))
    if rng.random() < 0.4:
        setting["other_local_anaesthetic_mg"] = rng.choice((0.0, 50.0, 150.0, 280.0, 400.0))
    if facts.numbing_products:
        _numb_beside_others(rng, setting)
    return setting | _products(rng, facts) | _days(session)


def _days(session: date) -> dict[str, Any]:
    """Days on which no session may be; drawn apart, so that a seed gives the other wishes still."""
    rng, days = Random(session.toordinal()), dict[str, Any]()
    if rng.random() < 0.2:
        days["closed_weekdays"] = rng.sample(("monday", "wednesday", "saturday", "sunday"), 2)
    if rng.random() < 0.2:
        first = session + timedelta(days=rng.choice((0, 7, 14, 28, 31)))
        days["holidays"] = [first + timedelta(days=number) for number in range(rng.randint(1, 9))]
    if rng.random() < 0.2:
        days["calm_by"] = session + timedelta(days=rng.randrange(-1, 45))
    return days


_KNOWN = ("lidocaine", "prilocaine", "articaine", "bupivacaine")
_DRUGS = (*_KNOWN, *_KNOWN, *_KNOWN, "benzocaine", "something_else")


def _numb_beside_others(rng: Random, setting: dict[str, Any]) -> None:
    """Other anaesthetics by drug, and what a prescriber wrote: asked of newer editions only."""
    if rng.random() < 0.5:
        setting["other_local_anaesthetics"] = [
            {
                "drug": rng.choice(_DRUGS),
                "amount_mg": rng.choice((5.0, 20.0, 40.0, 60.0, 90.0, 200.0)),
            }
            for _ in range(rng.randint(1, 2))
        ]
    if rng.random() < 0.1:
        setting["numbing_prescription"] = {
            "by": "Dr A",
            "product": rng.choice((setting["numbing"], "lidocaine_5_cream")),
            "grams": rng.choice((2.0, 20.0)),
            "area_cm2": rng.choice((20.0, 200.0)),
            "minutes": 30.0,
        }


def _products(rng: Random, facts: Facts) -> dict[str, Any]:
    """What is wished for on the skin, whether or not it may go there."""

    def of(role: str) -> list[str]:
        return [key for key, agent in facts.agents.items() if role in agent.role]

    wished: dict[str, Any] = {
        role: rng.choice(of(role)) for role in ("glide", "soothing") if rng.random() < 0.3
    }
    if rng.random() < 0.3:
        wished["topicals"] = rng.sample(of("topical"), rng.randint(1, len(of("topical"))))
    return wished


def _concerns_left(facts: Facts, stated: list[dict[str, Any]], zones: list[Zone]) -> list[Concern]:
    """Concerns that the edition knows, that fit these zones and were not stated yet."""
    told = {entry["concern"] for entry in stated}
    if set(zones) != {Zone.SCALP}:
        told.add(Concern.HAIR_LOSS)
    return [concern for concern in Concern if concern in facts.concerns and concern not in told]


def _concerns(rng: Random, facts: Facts, zones: list[Zone]) -> list[dict[str, Any]]:
    stated: list[dict[str, Any]] = []
    cut = rng.randint(1, len(zones))
    for part in (zones[:cut], zones[cut:] + rng.sample(zones, rng.randint(0, 1))):
        if not part:
            continue
        concern = rng.choice(_concerns_left(facts, stated, part))
        entry: dict[str, Any] = {"concern": concern.value, "zones": [z.value for z in set(part)]}
        if concern in KINDS and rng.random() < 0.7:
            entry["kind"] = rng.choice(KINDS[concern]).value
        if rng.random() < 0.7:
            entry["severity"] = rng.randint(1, 4)
        stated.append(entry)
    return stated


def _history(rng: Random, facts: Facts, session: date, zones: list[Zone]) -> dict[str, Any]:
    history: dict[str, Any] = {}
    busy = rng.random() < 0.5
    for rule in facts.screening:
        if rule.answer_kind is AnswerKind.PERSON or rule.history_key in history:
            continue
        chance = rng.random()
        if chance < RARE / 10 or (not rule.is_required and chance < 0.3):
            continue
        likely = 0.25 if busy and rule.scope != "person" else RARE
        history[rule.history_key] = _answer(rng, rule, session, zones, likely)
    return history


def _answer(
    rng: Random, rule: ScreeningRule, session: date, zones: list[Zone], likely: float
) -> Any:
    quiet = "never" if rule.answer_kind is AnswerKind.DATED else "no"
    if rng.random() > likely:
        return quiet
    answer: dict[str, Any] = {"status": _status(rng, rule.answer_kind)}
    if answer["status"] == "past" and rng.random() > 0.05:
        answer["last"] = _last(rng, rule, session)
    if rule.scope == "zone" and rng.random() < 0.7:
        answer["zones"] = [z.value for z in rng.sample(list(Zone), 3)] + [rng.choice(zones).value]
    if rule.until_event == "prescriber_clearance" and rng.random() < 0.5:
        answer["cleared"] = session + timedelta(days=rng.choice((-30, 0, 1, 30)))
    if rule.history_key == "product_ingredient_allergy" and rng.random() < 0.6:
        answer["ingredients"] = [rng.choice(_INGREDIENTS)]
    return answer


def _status(rng: Random, kind: AnswerKind) -> str:
    choices = {
        AnswerKind.YES_NO: ("yes", "unknown"),
        AnswerKind.DATED: ("past", "past", "past", "current", "unknown"),
        AnswerKind.DIABETES: ("controlled", "uncontrolled", "unknown"),
    }
    return rng.choice(choices[kind])


def _last(rng: Random, rule: ScreeningRule, session: date) -> Any:
    edges = [days for days in (rule.defer_days, rule.caution_days) if days is not None]
    near = [edge + step for edge in edges for step in (-1, 0, 1)]
    days = rng.choice([*near, 0, rng.randint(0, 400)])
    return "unknown" if rng.random() < 0.03 else session - timedelta(days=max(0, days))


def _clinic_deferral(rng: Random, facts: Facts, session: date) -> dict[str, Any]:
    deferring = {rule.key for rule in facts.screening if rule.level is Level.DEFER}
    reading = rng.choice(
        [row for row in facts.deferrals if row.rule in deferring and row.is_choosable]
    )
    return {
        "rule": reading.rule,
        "defer_days": reading.defer_days,
        "by": "Dr A",
        "expires": session + timedelta(days=rng.choice((-1, 0, 1, 100))),
    }
