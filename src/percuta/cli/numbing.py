"""``percuta numbing``: what a blood level stays below after numbing intact skin."""

import argparse
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pydantic import ValidationError

from percuta.cli.exits import ANSWER_WITHOUT_PLAN, PLAN_MADE
from percuta.cli.output import write
from percuta.errors import Faults
from percuta.facts.agents import Agent
from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Person
from percuta.planning.case.fault_sentences import fault_sentence
from percuta.planning.numbing.blood_level import NumbedSkin, open_barrier
from percuta.planning.numbing.ceilings import NEVER_ON_NEEDLED_SKIN, NumbingLimits

if TYPE_CHECKING:
    from percuta.planning.numbing.dose_query import DoseAnswer

_ABOVE_ZERO = ("grams", "area_cm2", "minutes")
_ZERO_OR_MORE = ("other_mg", "hours_since_needling")
_BOUND = "absorption"
"""What the table of known failures calls the model that the bound belongs to."""

_MOST = 1e6
"""More of anything than there can be."""


def add_to(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    facts_options: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command."""
    parser = commands.add_parser("numbing", help="what a blood level stays below after numbing")
    parser.add_argument("product", help="a numbing product of the agents table")
    parser.add_argument("--grams", type=float, required=True, help="product on the skin")
    parser.add_argument("--area-cm2", type=float, required=True, help="skin under it")
    parser.add_argument("--minutes", type=float, required=True, help="time on the skin")
    parser.add_argument("--weight-kg", type=float, required=True, help="the person's weight")
    parser.add_argument("--age", type=int, required=True, help="the person's age in years")
    parser.add_argument(
        "--zone", type=Zone, action="append", default=[], help="where; may be given again"
    )
    parser.add_argument(
        "--other-mg", type=float, help="other local anaesthetic that day; 0 says that there is none"
    )
    parser.add_argument("--hours-since-needling", type=float, help="if this skin was ever needled")
    facts_options(parser)
    parser.set_defaults(command=_numbing)


def _numbing(options: argparse.Namespace) -> int:
    from percuta.planning.numbing.dose_query import Dose, answer_dose

    facts = open_edition(options.edition, shelf=options.shelf)
    agent = _agent(options.product, facts)
    person = _person(options)
    if options.hours_since_needling is not None:
        stop = open_barrier(options.hours_since_needling, facts, zones=tuple(options.zone))
        if stop is not None:
            text = stop.model_dump_json(indent=2) if options.json else stop.reason
            write(f"{text}\n")
            return ANSWER_WITHOUT_PLAN
    dose = Dose(
        grams=options.grams,
        skin=NumbedSkin(
            zones=tuple(options.zone), area_cm2=options.area_cm2, minutes=options.minutes
        ),
        other_mg=options.other_mg or 0.0,
    )
    answer = answer_dose(agent, dose, person, facts)
    not_told = tuple(_not_told(options))
    failures = [one.statement for one in facts.model_failures if one.model == _BOUND]
    if options.json:
        told = {
            **answer.level.model_dump(),
            "grade": answer.grade,
            "grade_words": answer.grade_words,
            "ceilings": answer.limits.model_dump(mode="json"),
            **_of_the_label(answer),
            "passed": answer.passed,
            **_measured(answer),
            "not_told": not_told,
            "never": NEVER_ON_NEEDLED_SKIN,
            "known_failures": failures,
        }
        write(json.dumps(told, indent=2) + "\n")
    else:
        lines = [
            *_lines(options, agent, answer, not_told),
            *(f"  {told}" for told in failures),
        ]
        write("\n".join(lines) + "\n")
    return ANSWER_WITHOUT_PLAN if answer.passed else PLAN_MADE


def _not_told(options: argparse.Namespace) -> Iterator[str]:
    """What this answer takes for granted, because nobody said."""
    if options.other_mg is None:
        yield "Other local anaesthetic that day was not told and is counted as none: ask."
    if options.hours_since_needling is None:
        yield "Whether this skin was needled before was not told; it is taken to be whole: ask."


def _agent(key: str, facts: Facts) -> Agent:
    products = {name: agent for name, agent in facts.agents.items() if agent.role == "numbing"}
    if key not in products:
        raise Faults([f"product '{key}' is not known; there are {', '.join(products)}"])
    return products[key]


def _person(options: argparse.Namespace) -> Person:
    """The person, once every number is one that can be."""
    faults = []
    for name in (*_ABOVE_ZERO, *_ZERO_OR_MORE):
        value = getattr(options, name)
        is_allowed_zero = name in _ZERO_OR_MORE and value == 0
        if value is not None and not (0 < value <= _MOST or is_allowed_zero):
            span = "0 or more" if name in _ZERO_OR_MORE else "above 0"
            faults.append(f"--{name.replace('_', '-')} {value:g}: a number {span}, up to {_MOST:g}")
    try:
        person = Person(age=options.age, weight_kg=options.weight_kg)
    except ValidationError as error:
        told = (fault_sentence(one, kind="a person") for one in error.errors())
        faults += [f"--{sentence.replace('_', '-', 1)}" for sentence in told]
    if faults:
        raise Faults(faults)
    return person


def _lines(
    options: argparse.Namespace, agent: Agent, answer: "DoseAnswer", not_told: tuple[str, ...]
) -> list[str]:
    where = ", ".join(options.zone) or "skin that takes up most"
    level = answer.level
    return [
        f"{agent.name}: {options.grams:g} g on {options.area_cm2:g} cm2 for {options.minutes:g} "
        f"min ({where}), {options.age} years, {options.weight_kg:g} kg",
        *_passed_lines(answer.passed),
        *_ceiling_lines(answer),
        *_measured_lines(answer),
        f"  in 95 of 100 people the blood level stays below {level.plasma_ug_per_ml_upper:g} "
        f"ug/mL, all anaesthetics counted as lidocaine ({answer.grade_words})",
        f"  if all of it were in the blood at once: {level.applied_ug_per_ml:g} ug/mL",
        _signs(answer),
        *(f"  {told}" for told in not_told),
        f"  {agent.warning}",
        f"  {NEVER_ON_NEEDLED_SKIN}",
        "The bound is no dose: it can only lower the ceilings.",
        "Where the model is known to fail:",
    ]


def _of_the_label(answer: "DoseAnswer") -> dict[str, object]:
    """What labels allow by themselves, beside what is in force."""
    if answer.label_limits is None:
        return {}
    return {"label_ceilings": answer.label_limits.model_dump(mode="json")}


def _measured(answer: "DoseAnswer") -> dict[str, object]:
    """What editions with measured levels add."""
    if answer.one_person_ug_per_ml is None:
        return {}
    names = ("one_person_ug_per_ml", "first_signs_ug_per_ml", "measured")
    return {name: getattr(answer, name) for name in names}


def _measured_lines(answer: "DoseAnswer") -> Iterator[str]:
    yield from (f"  measured: {text}" for text in answer.measured)
    if answer.one_person_ug_per_ml is not None:
        yield (
            f"  by measured levels one person stays under {answer.one_person_ug_per_ml:g} ug/mL "
            "in 95 of 100 cases, of this product alone"
        )


def _signs(answer: "DoseAnswer") -> str:
    toxic = answer.level.toxic_ug_per_ml
    if answer.first_signs_ug_per_ml is None:
        return f"  early signs of poisoning from {toxic:g} ug/mL"
    first = answer.first_signs_ug_per_ml
    return f"  first signs of poisoning may begin from {first:g} ug/mL, toxic from {toxic:g}"


def _passed_lines(passed: tuple[str, ...]) -> Iterator[str]:
    if passed:
        yield "  Outside what is allowed:"
        yield from (f"    {text}" for text in passed)


def _ceiling_lines(answer: "DoseAnswer") -> Iterator[str]:
    limits, label = answer.limits, answer.label_limits
    if not limits.is_complete:
        yield from _why(limits)
    elif label is None:
        yield (
            f"  published ceilings here: {limits.grams_max:.4g} g on {limits.area_cm2_max:g} cm2 "
            f"for {limits.dwell_max_min:g} min"
        )
        yield from _why(limits)
    else:
        yield (
            f"  ceilings in force here: {limits.grams_max:.4g} g on this skin, "
            f"{limits.area_cm2_max:g} cm2 a visit, {limits.dwell_max_min:g} min"
        )
        yield from _why(limits)
        yield (
            f"  the label alone: {label.area_cm2_max:g} cm2 for {label.dwell_max_min:g} min; "
            "it is not what counts here"
        )


def _why(limits: NumbingLimits) -> Iterator[str]:
    yield from dict.fromkeys(f"    {reason.text}" for reason in limits.why)
