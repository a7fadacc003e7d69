"""What follows a session: signs, downtime, red flags, aftercare, and what groups in studies had."""

import math
from collections.abc import Iterable
from statistics import median_low

from percuta.facts.edition import Facts
from percuta.facts.evidence import RecoveryRow
from percuta.planning.case.case import Frozen, Screened, StatedConcern


class Sign(Frozen):
    """A sign to expect, or a red flag with what to do about it."""

    kind: str
    sign: str
    onset: str
    resolution: str
    urgency: str | None
    action: str | None
    fact: str
    sources: tuple[str, ...]


class Downtime(Frozen):
    """Days until visible signs are gone: the middle and the longest of what is published."""

    typical: int
    upper: int
    facts: tuple[str, ...]
    sources: tuple[str, ...]


class Instruction(Frozen):
    """An aftercare instruction; the hours are a floor no shorter than the leaflet's."""

    instruction: str
    plain: str
    from_h: float | None
    until_h: float | None
    until_h_longest: float | None
    fact: str
    sources: tuple[str, ...]


class TrialLine(Frozen):
    """What one group in one study had for a concern."""

    concern: str
    n: int | None
    device: str
    depth_mm_low: float | None
    depth_mm_high: float | None
    sessions: str
    interval_weeks: float | None
    follow_up: str
    control: str
    scale: str
    change: str
    fact: str
    sources: tuple[str, ...]


class Alternative(Frozen):
    """Something else for a concern, when needling is not right or not now."""

    concern: str
    alternative: str
    note: str
    fact: str
    sources: tuple[str, ...]


def downtime(deepest_mm: float, facts: Facts) -> Downtime:
    """Visible days after needling at most ``deepest_mm`` deep."""
    rows = [
        row
        for row in facts.recovery
        if row.kind == "visible_sign"
        and row.modality == "needling"
        and row.resolution_h_hi is not None
        and _reaches(row, deepest_mm)
    ]
    hours = [row.resolution_h_hi for row in rows if row.resolution_h_hi is not None]
    return Downtime(
        typical=math.ceil(median_low(hours) / 24),
        upper=math.ceil(max(hours) / 24),
        facts=tuple(f"recovery/{row.key}" for row in rows),
        sources=tuple(dict.fromkeys(source for row in rows for source in row.sources)),
    )


def _reaches(row: RecoveryRow, deepest_mm: float) -> bool:
    """Whether a row may speak of this depth; studies of shallower needling do not."""
    return row.depth_mm_hi is None or deepest_mm <= row.depth_mm_hi


def signs(facts: Facts) -> tuple[Sign, ...]:
    """Expected signs, then red flags, of needling alone."""
    kinds = ("visible_sign", "red_flag")
    rows = [row for row in facts.recovery if row.kind in kinds and row.modality == "needling"]
    rows.sort(key=lambda row: kinds.index(row.kind))
    return tuple(
        Sign(
            kind=row.kind,
            sign=row.sign,
            onset=row.onset,
            resolution=row.resolution,
            urgency=None if row.urgency == "none" else row.urgency,
            action=None if row.action == "none" else row.action,
            fact=f"recovery/{row.key}",
            sources=row.sources,
        )
        for row in rows
    )


def aftercare(facts: Facts) -> tuple[Instruction, ...]:
    """Instructions a patient follows after a session, floors from the leaflets."""
    return tuple(
        Instruction(
            instruction=row.instruction,
            plain=row.plain,
            from_h=row.from_h,
            until_h=row.until_h_lo,
            until_h_longest=row.until_h_hi,
            fact=f"aftercare/{row.key}",
            sources=row.sources,
        )
        for row in facts.aftercare
        if row.phase == "after" and row.audience == "patient"
    )


def trials(concerns: Iterable[StatedConcern], facts: Facts) -> tuple[TrialLine, ...]:
    """Every published human outcome of needling for these concerns; never a personal forecast."""
    lines: list[TrialLine] = []
    for concern in dict.fromkeys(stated.concern for stated in concerns):
        evidence = set(facts.concerns[concern].evidence)
        for row in facts.trials:
            if row.modality != "needling" or row.species != "human":
                continue
            if row.control == "before_after_histology" or not evidence & set(row.concern):
                continue
            lines.append(
                TrialLine(
                    concern=concern.value,
                    n=row.n_completed_n if row.n_completed_n is not None else row.n_started_n,
                    device=row.device_kind,
                    depth_mm_low=row.depth_mm_lo,
                    depth_mm_high=row.depth_mm_hi,
                    sessions=_span(row.sessions_lo_n, row.sessions_hi_n),
                    interval_weeks=row.interval_weeks,
                    follow_up=row.follow_up,
                    control=row.control if row.comparator == "none" else row.comparator,
                    scale=row.scale,
                    change=row.change,
                    fact=f"outcomes/{row.key}",
                    sources=row.sources,
                )
            )
    return tuple(lines)


def _span(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "unknown"
    return str(low) if low == high or high is None else f"{low or '?'}-{high}"


def alternatives(
    concerns: Iterable[StatedConcern], case: Screened, facts: Facts
) -> tuple[Alternative, ...]:
    """What else there is for these concerns, by scar kind and in pregnancy."""
    answer = case.history.get("pregnancy")
    is_pregnant = answer is not None and answer.status == "yes"
    wanted: dict[str, None] = {}
    for stated in concerns:
        kind = f"_{stated.kind}" if stated.kind is not None else ""
        wanted[f"{stated.concern}{kind}"] = None
        wanted[stated.concern.value] = None
    when = "pregnancy" if is_pregnant else "any"
    return tuple(
        Alternative(
            concern=row.concern,
            alternative=row.alternative,
            note=row.provenance.note,
            fact=f"alternatives/{row.key}",
            sources=row.sources,
        )
        for concern in wanted
        for row in facts.alternatives
        if row.concern == concern and row.when == when
    )
