"""A visit that somebody is imagined to have made, and its way into the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random
from uuid import UUID

from percuta.clinic.accounts.models import User
from percuta.clinic.consults import actions as consults
from percuta.clinic.consults import queries
from percuta.clinic.consults.models import Consultation
from percuta.clinic.edition import facts_in_force
from percuta.clinic.patients import actions as patients
from percuta.clinic.patients.models import Patient
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.acceptance import statements
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import planned, version
from percuta.clinic.plans.signing import digest_of
from percuta.clinic.plans.wishes import Wishes, read_wishes, wishes_of
from percuta.facts.questionnaire import Asked
from percuta.facts.vocabulary import Phototype, Sex
from percuta.planning.case.case import Answer, Case, ChosenDepth
from percuta.planning.plan.plan import Plan as Planned

_A_MOMENT = timedelta(minutes=9)


class Ending(StrEnum):
    """How far a visit went."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    AMENDING = "amending"
    AMENDED = "amended"


@dataclass(frozen=True)
class Visit:
    """What was said, asked for and done on one day."""

    at: datetime
    case: Case
    ending: Ending


@dataclass(frozen=True)
class Story:
    """One invented person and their visits, oldest first."""

    given_name: str
    family_name: str
    sex: Sex
    birth_date: date
    record_number: str
    visits: tuple[Visit, ...]


@dataclass(frozen=True)
class Team:
    """Who talks to this person, and who signs."""

    practitioner: User
    professional: User


def live(story: Story, team: Team, chance: Random) -> Patient:
    """Write a story down, act by act, at the time of each visit."""
    patient = patients.add(
        by=team.practitioner,
        at=story.visits[0].at,
        patient_id=_identifier(chance),
        given_name=story.given_name,
        family_name=story.family_name,
        birth_date=story.birth_date,
        sex=story.sex,
        record_number=story.record_number,
    )
    for visit in story.visits:
        consultation = _converse(patient, visit, team.practitioner, chance)
        _plan(consultation, visit, team, chance)
    return patient


def _converse(patient: Patient, visit: Visit, by: User, chance: Random) -> Consultation:
    opened = consults.open_consultation(
        by=by, at=visit.at, consultation_id=_identifier(chance), patient=patient
    )
    person = visit.case.person
    consults.weigh(
        by=by, at=visit.at, consultation=opened, shown_kg=None, weight_kg=person.weight_kg
    )
    consults.choose_skin_type(
        by=by,
        at=visit.at,
        consultation=opened,
        shown=Phototype(opened.phototype) if opened.phototype else None,
        phototype=person.phototype,
    )
    _answer(opened, visit, by)
    _state(opened, visit, by)
    return queries.consultation(opened.pk, by=by)


def _answer(consultation: Consultation, visit: Visit, by: User) -> None:
    """Confirm what has not changed, rule out what does not apply, and give every other answer."""
    facts = facts_in_force()
    known = queries.answers(consultation, by=by)
    stands = [
        key
        for key, part in known.items()
        if facts.questionnaire[key].asked is Asked.WHAT_CHANGED
        and Answer.model_validate(queries.as_answer(part)) == visit.case.history.get(key)
    ]
    consults.confirm(by=by, at=visit.at, consultation=consultation, keys=stands, facts=facts)
    denied = {rule.history_key: rule.answer_kind.denial for rule in facts.screening}
    ruled_out = [
        key
        for key, answer in visit.case.history.items()
        if key not in known and answer == Answer(status=denied[key])
    ]
    consults.rule_out(by=by, at=visit.at, consultation=consultation, keys=ruled_out, facts=facts)
    for key, answer in visit.case.history.items():
        if key not in (*stands, *ruled_out):
            consults.answer(
                by=by,
                at=visit.at,
                consultation=consultation,
                key=key,
                given=answer.model_dump(exclude_defaults=True),
                seen=known[key].revision if key in known else 0,
                facts=facts,
            )


def _state(consultation: Consultation, visit: Visit, by: User) -> None:
    known = {(part.concern, part.zone): part.revision for part in consultation.concerninzones.all()}
    for stated in visit.case.concerns:
        for zone in stated.zones:
            consults.state_concern(
                by=by,
                at=visit.at,
                consultation=consultation,
                concern=stated.concern,
                zone=zone,
                severity=stated.severity or 1,
                kind=stated.kind,
                seen=known.get((stated.concern.value, zone.value), 0),
            )


def _plan(consultation: Consultation, visit: Visit, team: Team, chance: Random) -> Plan:
    at = visit.at + _A_MOMENT
    plan = plans.open_plan(
        by=team.practitioner,
        at=at,
        plan_id=_identifier(chance),
        consultation=consultation,
        wishes=wishes_of(visit.case),
    )
    newest = version(plan, by=team.professional)
    read = planned(newest, by=team.professional)
    if visit.ending is Ending.DRAFTED or not read.is_made:
        return plan
    newest = _choose(newest, read, team, at)
    read = planned(newest, by=team.professional)
    _sign(newest, read, team, at + _A_MOMENT)
    if visit.ending in {Ending.AMENDING, Ending.AMENDED}:
        newest = _shallower(plan, read, team, at + 2 * _A_MOMENT)
    if visit.ending is Ending.AMENDED:
        _sign(newest, planned(newest, by=team.professional), team, at + 3 * _A_MOMENT)
    return plan


def _choose(newest: PlanVersion, read: Planned, team: Team, at: datetime) -> PlanVersion:
    """The professional's depth, the deepest that is allowed, in zones for which none is advised."""
    chosen = {z.zone.value: z.depth_mm.high for z in read.zones if z.depth_mm.to_choose}
    wishes = _with_depths(read_wishes(newest.wishes), chosen)
    return plans.change(
        by=team.professional, at=at, version=newest, seen=newest.revision, wishes=wishes
    )


def _sign(newest: PlanVersion, read: Planned, team: Team, at: datetime) -> PlanVersion:
    """Accept what the plan that was read asks to be accepted, and sign it."""
    return plans.sign(
        by=team.professional,
        at=at,
        version=newest,
        sha256=digest_of(read),
        accepted=[statement.key for statement in statements(read)],
    )


def _shallower(plan: Plan, signed: Planned, team: Team, at: datetime) -> PlanVersion:
    """Begin an amendment: the shallow end of its range in every zone."""
    depths = {zone.zone.value: zone.depth_mm.low for zone in signed.zones}
    draft = plans.amend(by=team.practitioner, at=at, plan=plan)
    wishes = _with_depths(read_wishes(draft.wishes), depths)
    return plans.change(
        by=team.practitioner, at=at, version=draft, seen=draft.revision, wishes=wishes
    )


def _with_depths(wishes: Wishes, depth_mm: Mapping[str, float]) -> Wishes:
    chosen = {zone: ChosenDepth(mm=depth) for zone, depth in depth_mm.items()}
    return wishes.model_copy(update={"depth_mm": {**wishes.depth_mm, **chosen}})


def _identifier(chance: Random) -> UUID:
    """An identifier that is the same each time a clinic is filled on the same day."""
    return UUID(int=chance.getrandbits(128), version=4)


def born(age: int, on: date, chance: Random) -> date:
    """A date of birth that makes somebody so old on a day."""
    return date(on.year - age, on.month, min(on.day, 28)) - timedelta(days=chance.randrange(300))
