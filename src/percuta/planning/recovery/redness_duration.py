"""Hours until redness has gone in a zone, as published or adjusted by a clinic's check-ins."""

import math
from collections.abc import Iterator
from functools import lru_cache

from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.judgement.findings import Reason, because
from percuta.planning.judgement.grades import Grade
from percuta.planning.recovery.clinic_redness import ClinicReport, told_by
from percuta.planning.recovery.closure_times import NINETY_FIVE
from percuta.planning.recovery.expected_times import SHARES, ByShare, ExpectedTime, Widening
from percuta.science.numerics.quantiles import quantiles
from percuta.science.redness.parameters import published_redness
from percuta.science.redness.resolution import Posterior
from percuta.units import convert, to_si

_TEXT = (
    "Fitted to statements, for redness was not measured over time. What skin colour does to it is "
    "unknown: on dark skin the same redness shows less, so gone may mean not seen."
)

REDNESS_GRADE = Grade.B


@lru_cache(maxsize=16)
def _posterior(facts: Facts, clinic: tuple[ClinicReport, ...]) -> Posterior:
    return published_redness(facts, tuple(report.as_report for report in clinic))


@lru_cache(maxsize=2048)
def redness_time(
    zone: Zone,
    depth_mm: float,
    kind: DeviceKind,
    facts: Facts,
    *,
    clinic: tuple[ClinicReport, ...] = (),
) -> ExpectedTime:
    """When redness has gone after needles set to a depth, in people of the clinic that told."""
    pen, depth = kind is DeviceKind.PEN, to_si(depth_mm, "mm")
    posterior = _posterior(facts, clinic)
    hours = convert(1.0, source="s", target="h") * posterior.people(depth, pen=pen)
    causes = posterior.spreads_of_clinic if clinic else posterior.spreads
    ends = (round(float(end), 1) for end in quantiles(hours, SHARES))
    return ExpectedTime(
        what="redness",
        name="Redness",
        hours=ByShare(**dict(zip(ByShare.model_fields, ends, strict=True))),
        zones=(zone,),
        grade=REDNESS_GRADE,
        grade_words=REDNESS_GRADE.words,
        widened_by=tuple(
            Widening(cause=cause.cause, factor=round(math.exp(NINETY_FIVE * cause.amount), 2))
            for cause in causes(depth, pen=pen)
            if cause.amount > 0
        ),
        why=_why(facts, clinic),
    )


def adjusted(clinic: tuple[ClinicReport, ...]) -> Iterator[str]:
    """That a clinic's own check-ins moved redness, where any did."""
    if clinic:
        yield f"Redness is {told_by(clinic)}."


def _why(facts: Facts, clinic: tuple[ClinicReport, ...]) -> Reason:
    prior = because(_TEXT, "redness", *facts.redness.values())
    statements = because(_TEXT, "redness_statements", *facts.redness_statements)
    return Reason(
        text=" ".join((*adjusted(clinic), _TEXT)),
        facts=(*prior.facts, *statements.facts),
        sources=tuple(dict.fromkeys((*prior.sources, *statements.sources))),
    )
