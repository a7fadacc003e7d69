"""Is micro-needling right for this person, now? Every screening row as a rule."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from percuta.facts.edition import Facts
from percuta.facts.screening import AnswerKind, ScreeningRule, condition
from percuta.facts.vocabulary import NUMBING_NONE, Level, Scope, Zone
from percuta.planning.case.case import Answer, ClinicDeferral, Frozen, Screened
from percuta.planning.judgement.findings import Finding, Question


class Screening(Frozen):
    """What the answers say: findings, and the questions still open."""

    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]


class _Judgement(NamedTuple):
    level: Level
    until: str | None = None
    remark: str = ""


def screen(case: Screened, facts: Facts) -> Screening:
    """Apply every screening rule to a case.

    Parameters
    ----------
    case : Screened
        The person, their answers and what is chosen so far; dates are counted to the
        session's date.
    facts : Facts
        The edition whose rules apply.
    """
    findings: list[Finding] = []
    questions = list(_person_questions(case))
    asked: set[str] = set()
    told: set[str] = set()
    for rule in facts.screening:
        if not applies(rule, case, facts):
            continue
        answer = case.history.get(rule.history_key)
        if rule.answer_kind is AnswerKind.PERSON:
            findings.append(_finding(rule, _Judgement(rule.level), ()))
        elif rule.is_required and (answer is None or lacks_its_date(answer, rule)):
            if rule.history_key not in asked:
                questions.append(Question(rule=rule.key, question=rule.question))
                asked.add(rule.history_key)
        elif answer is None and rule.level is Level.STOP:
            findings.append(_not_asked(rule))
        elif answer is not None and not (answer.status == "unknown" and rule.history_key in told):
            findings.extend(_judge(rule, answer, case))
            told.add(rule.history_key)
    return Screening(findings=tuple(findings), questions=tuple(questions))


def applies(rule: ScreeningRule, case: Screened, facts: Facts) -> bool:
    """Whether a rule concerns this person and this choice of products."""
    wanted = condition(rule.applies_if)
    if wanted is None:
        return True
    if wanted.attribute == "age":
        return case.person.age is not None and case.person.age < int(wanted.values[0])
    if wanted.attribute == "device":
        if case.device is None:
            return False
        return not facts.devices[case.device].materials.isdisjoint(wanted.values)
    if wanted.attribute == "numbing":
        return _numbing_matches(wanted.relation, wanted.values, case, facts)
    known = case.person.sex if wanted.attribute == "sex" else case.person.phototype
    return known is not None and known.value in wanted.values


def _numbing_matches(relation: str, values: tuple[str, ...], case: Screened, facts: Facts) -> bool:
    product = case.numbing
    if product is None:
        return False
    if relation == "!=":
        return product not in values
    if product == NUMBING_NONE:
        return False
    agent = facts.agents[product]
    return not set(values).isdisjoint((*(agent.anaesthetic_classes or ()), *agent.ingredients))


def _person_questions(case: Screened) -> Iterator[Question]:
    person = case.person
    if person.age is None:
        yield Question(rule="person.age", question="How old are you?")
    if person.sex is None:
        yield Question(rule="person.sex", question="Is the person female or male?")
    if person.phototype is None:
        text = "Which Fitzpatrick skin type is it (I to VI)?"
        yield Question(rule="person.phototype", question=text)
    if person.weight_kg is None and case.numbing not in {None, NUMBING_NONE}:
        yield Question(rule="person.weight_kg", question="How much do you weigh?")


def lacks_its_date(answer: Answer, rule: ScreeningRule) -> bool:
    """Whether something was in the past and nobody said when."""
    return answer.status == "past" and answer.last is None and "past" in rule.fires_on


def _judge(rule: ScreeningRule, answer: Answer, case: Screened) -> Iterator[Finding]:
    zones: tuple[Zone, ...] = ()
    if rule.scope is Scope.ZONE:
        where = answer.zones or case.requested_zones
        zones = tuple(zone for zone in case.requested_zones if zone in where)
        if not zones:
            return
    judgement = _weigh(rule, answer, case.session, _clinic_choice(rule, case))
    if judgement is not None:
        yield _finding(rule, judgement, zones)


def _clinic_choice(rule: ScreeningRule, case: Screened) -> ClinicDeferral | None:
    for chosen in case.clinic_deferrals:
        if chosen.rule == rule.key and case.session < chosen.expires:
            return chosen
    return None


def _weigh(
    rule: ScreeningRule, answer: Answer, session: date, clinic: ClinicDeferral | None
) -> _Judgement | None:
    if answer.status != "unknown" and answer.status not in rule.fires_on:
        return None
    if answer.status == "unknown" or lacks_its_date(answer, rule) or answer.last == "unknown":
        if rule.level_if_unknown is None:
            return None
        return _Judgement(rule.level_if_unknown, None, "The answer is not known.")
    if answer.cleared is not None and answer.cleared <= session:
        return _Judgement(Level.CAUTION, None, f"Cleared in writing on {answer.cleared}.")
    if isinstance(answer.last, date):
        return _weigh_past(rule, answer.last, session, clinic)
    if rule.until_event is not None:
        return _Judgement(rule.level, f"event:{rule.until_event}")
    waiting = clinic.defer_days if clinic else rule.defer_days
    if answer.status == "current" and waiting is not None:
        end = session + timedelta(days=waiting)
        return _Judgement(rule.level, end.isoformat(), _clinic_remark(rule, clinic))
    return _Judgement(rule.level)


def _weigh_past(
    rule: ScreeningRule, last: date, session: date, clinic: ClinicDeferral | None
) -> _Judgement | None:
    elapsed = (session - last).days
    waiting = clinic.defer_days if clinic else rule.defer_days
    remark = _clinic_remark(rule, clinic)
    if waiting is not None and elapsed < waiting:
        return _Judgement(rule.level, (last + timedelta(days=waiting)).isoformat(), remark)
    watching = max(rule.caution_days or 0, rule.defer_days or 0 if clinic else 0)
    if elapsed < watching:
        return _Judgement(Level.CAUTION, None, f"{elapsed} days have passed. {remark}".strip())
    return None


def _clinic_remark(rule: ScreeningRule, clinic: ClinicDeferral | None) -> str:
    if clinic is None:
        return ""
    return (
        f"This clinic waits {clinic.defer_days} days instead of {rule.defer_days}: "
        f"set by {clinic.by}, ends {clinic.expires}."
    )


def _finding(rule: ScreeningRule, judgement: _Judgement, zones: tuple[Zone, ...]) -> Finding:
    text = f"{_capital(rule.item)}: {rule.advice}. {_capital(_ended(rule.reason))}"
    return Finding(
        rule=rule.key,
        level=judgement.level,
        scope=rule.scope,
        zones=zones,
        until=judgement.until,
        reason=f"{text} {judgement.remark}".strip(),
        facts=(f"screening/{rule.key}",),
        sources=rule.sources,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _not_asked(rule: ScreeningRule) -> Finding:
    """A note, so that a stop nobody asked about does not pass for a no."""
    return Finding(
        rule=rule.key,
        level=Level.NOTE,
        scope=rule.scope,
        reason=f"Not asked: {rule.question} {_capital(_ended(rule.advice))}",
        facts=(f"screening/{rule.key}",),
        sources=rule.sources,
    )


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
