"""The page of the screening rules, in words."""

from percuta.facts.edition import Facts
from percuta.facts.screening import AnswerKind, ScreeningRule, condition
from percuta.facts.vocabulary import Level, Scope
from reference.markdown import Lines, as_code, sentence

_SCOPE = {
    Scope.PERSON: "the whole person",
    Scope.ZONE: "the zones named in the answer, or all of them",
    Scope.DEVICE: "the device chosen",
    Scope.AGENT: "the product chosen",
}


_LEVEL = {
    Level.STOP: "stop",
    Level.REFER: "refer to somebody else",
    Level.DEFER: "wait",
    Level.CAUTION: "caution",
    Level.NOTE: "note",
}


def page(facts: Facts) -> Lines:
    """Every screening rule in words."""
    yield "# Screening rules"
    yield ""
    yield f"Edition {facts.edition}: {len(facts.screening)} rules. Levels and waiting times are"
    yield "our reading of the sources, a proposal for a physician to confirm."
    yield "[How screening answers are weighed](../explanation/screening.md) tells the reasoning."
    for rule in facts.screening:
        yield from _rule(rule, facts)


def _rule(rule: ScreeningRule, facts: Facts) -> Lines:
    yield f"## {sentence(rule.item)[:-1]}"
    yield ""
    yield (
        f"* Rule `{rule.key}`, answered under `history.{rule.history_key}`."
        if (rule.answer_kind is not AnswerKind.PERSON)
        else f"* Rule `{rule.key}`, read from `person.{rule.history_key}`."
    )
    yield f"* Asked: {rule.question}"
    yield f"* Who is asked: {_asked(rule)}."
    fires = "" if rule.answer_kind is AnswerKind.PERSON else f" on {as_code(rule.fires_on)}"
    yield f"* Fires{fires}: {_LEVEL[rule.level]}, for {_SCOPE[rule.scope]}."
    yield f"* Until: {_until(rule)}."
    yield f"* If the answer is not known: {_unknown(rule)}."
    yield f"* The sources say: {sentence(rule.advice)} {sentence(rule.reason)}"
    readings = [reading for reading in facts.deferrals if reading.rule == rule.key]
    if readings:
        told = (
            f"{reading.defer_days} days ({', '.join(reading.sources)}: {reading.provenance.note})"
            for reading in readings
        )
        yield f"* Published waiting times: {'; '.join(told)}."
    yield f"* Sources: {', '.join(rule.sources)}."
    yield ""


def _asked(rule: ScreeningRule) -> str:
    wanted = condition(rule.applies_if)
    if wanted is None:
        return "everybody"
    values = " or ".join(value.replace("_", " ") for value in wanted.values)
    if wanted.relation == "!=":
        return "anybody who is to be numbed"
    if wanted.attribute == "age":
        return f"anybody under {values} years"
    if wanted.attribute in {"numbing", "device"}:
        noun = (
            "numbing product holds" if wanted.attribute == "numbing" else "device has or may have"
        )
        return f"anybody whose {noun} {values}"
    return f"anybody whose {wanted.attribute} is {values}"


def _until(rule: ScreeningRule) -> str:
    ends = []
    if rule.defer_days is not None:
        ends.append(f"{rule.defer_days} days after the date given")
        if "current" in rule.fires_on and rule.until_event is None:
            ends.append("the same after the session's date while it goes on")
    if rule.until_event is not None:
        event = rule.until_event.replace("_", " ")
        ends.append(f"without a date, {event}" if ends else event)
    if rule.caution_days is not None:
        ends.append(f"then a caution until {rule.caution_days} days after the date given")
    return "; ".join(ends) or "no end is named"


def _unknown(rule: ScreeningRule) -> str:
    level = "nothing of its own" if rule.level_if_unknown is None else _LEVEL[rule.level_if_unknown]
    missing = "no plan is made" if rule.is_required else "a plan is made without it"
    return f"{level}. If it was not asked: {missing}"
