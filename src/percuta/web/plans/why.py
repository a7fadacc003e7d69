"""Why a number is what it is: the sentence, the fact rows with who says so, the runner-up."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from percuta.errors import FactError
from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.table import Provenance
from percuta.facts.vocabulary import Basis
from percuta.planning.depth.ceilings import Bound
from percuta.planning.judgement.findings import Reason
from percuta.planning.numbing.blood_level import why_bound
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan, set_depth
from percuta.report import wording
from percuta.report.typesetting import typeset

_CITATION = re.compile(r"^\[([^\]]+)\] (.*)$", re.DOTALL)

_BASIS_WORD = {
    Basis.MEASURED: "measured",
    Basis.DERIVED: "worked out from measured rows",
    Basis.EXPERT: "expert opinion",
    Basis.VENDOR: "the maker's own word",
    Basis.ASSUMED: "assumed by us",
    Basis.MEMORY: "from memory, not checked",
}


@dataclass(frozen=True)
class FactLine:
    """One fact row: which, how anybody knows it, where it is written, of whom it speaks."""

    reference: str
    basis: str
    locator: str
    population: str


@dataclass(frozen=True)
class WhyLine:
    """One reason in a sentence, with its rows and the sources behind them."""

    text: str
    rows: tuple[FactLine, ...]
    citations: tuple[str, ...]


@dataclass(frozen=True)
class Why:
    """Everything behind one recommended number; ``runner_up`` is what would have set it next."""

    question: str
    lines: tuple[WhyLine, ...]
    runner_up: str = ""


class Reasons:
    """Turns the reasons of one plan into what a page shows, with the plan's own bibliography."""

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self.facts = facts
        self._cited = dict(_cited(plan.provenance.bibliography))

    def why(self, question: str, reasons: Iterable[Reason], runner_up: str = "") -> Why:
        """Reasons under the question that they answer, each told once."""
        lines = tuple(self._line(reason) for reason in dict.fromkeys(reasons))
        return Why(question=question, lines=lines, runner_up=runner_up)

    def citations(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Sources as they are printed."""
        return tuple(self._cited.get(key, key) for key in dict.fromkeys(keys))

    def _line(self, reason: Reason) -> WhyLine:
        return WhyLine(
            text=typeset(reason.text),
            rows=tuple(_row(self.facts, reference) for reference in dict.fromkeys(reason.facts)),
            citations=self.citations(reason.sources),
        )


def why_depth(zone: ZonePlan, device: Device, reasons: Reasons) -> Why:
    """Why a zone is needled as deep and as often as the plan says."""
    told = set_depth(zone.depth_mm, device)
    question = f"Why {wording.depth(told)} mm?" if told else "Why is no depth advised?"
    others = [_as_reason(reading) for reading in zone.readings if reading != zone.limit_reason]
    return reasons.why(question, (*zone.why, *others), _next(zone.runner_up))


def why_session(plan: Plan, reasons: Reasons) -> tuple[Why, ...]:
    """Why the numbers of the whole plan are what they are."""
    return tuple(_of_session(plan, reasons))


def _of_session(plan: Plan, reasons: Reasons) -> Iterator[Why]:
    if plan.numbing is not None:
        runner_up = _next_numbing(plan)
        yield reasons.why("Numbing: grams, area, time", plan.numbing.why, runner_up)
        if plan.numbing.plasma_ug_per_ml_upper is not None:
            yield reasons.why("Blood level", [why_bound(plan.numbing.zones, reasons.facts)])
    if plan.series is not None:
        yield reasons.why("Sessions and dates", plan.series.why)
    if plan.duration is not None:
        text = "Area by needles per minute, with cleansing and soothing; the range is of both."
        yield reasons.why("Time in the chair", [_reason(text, plan.duration)])
    if plan.downtime_days is not None:
        text = "The middle and the longest of what is published for needles no longer than these."
        yield reasons.why("Days that show", [_reason(text, plan.downtime_days)])
    products = [product for product in (plan.glide, plan.soothing) if product is not None]
    told = [
        Reason(text=f"{p.name}: {p.warning}", facts=(p.fact,), sources=p.sources) for p in products
    ]
    if told:
        yield reasons.why("Products", told)


def _reason(text: str, said: object) -> Reason:
    facts: tuple[str, ...] = getattr(said, "facts", ())
    sources: tuple[str, ...] = getattr(said, "sources", ())
    return Reason(text=text, facts=facts, sources=sources)


def _as_reason(bound: Bound) -> Reason:
    text = f"Another reading: {wording.depth(bound.depth_mm)} mm, {bound.text}."
    return Reason(text=text, facts=(bound.fact,), sources=bound.sources)


def _next(bound: Bound | None) -> str:
    if bound is None:
        return "No other limit speaks of this zone."
    return f"The next limit would be {wording.depth(bound.depth_mm)} mm: {bound.text}."


def _next_numbing(plan: Plan) -> str:
    numbing = plan.numbing
    for reason in numbing.why if numbing else ():
        if numbing is not None and reason.facts[:1] == (numbing.runner_up,):
            return f"The next limit would be: {typeset(reason.text)}"
    return ""


def _cited(bibliography: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in bibliography:
        found = _CITATION.match(line)
        if found:
            yield found[1], found[2]


def _row(facts: Facts, reference: str) -> FactLine:
    provenance = _provenance(facts, reference.partition("/")[0]).get(reference)
    if provenance is None:
        return FactLine(reference=reference, basis="", locator="", population="")
    return FactLine(
        reference=reference,
        basis=_BASIS_WORD[provenance.basis],
        locator=provenance.locator,
        population=provenance.population,
    )


@lru_cache(maxsize=256)
def _provenance(facts: Facts, table: str) -> Mapping[str, Provenance]:
    """Who says so, by reference; nothing where this edition knows no such table."""
    try:
        return {f"{table}/{row.key}": row.provenance for row in facts.table(table)}
    except FactError:
        return {}
