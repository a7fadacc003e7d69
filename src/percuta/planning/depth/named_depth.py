"""Advice from rows that name a zone and its concern; the limit itself is never advice.

The advice is the shallowest deep end that names this very zone and concern; failing that, the
shallowest of a neighbour; failing that, there is none. Studies allow it, charts and experts may
name it, memories may not. Where the edition asks for it, only a trial in the person's own
phototype counts. Pigment gets the shallowest setting of the dial.
"""

from collections.abc import Iterable

from percuta.facts.depths import AdviceRule, DepthAdviceRow, DepthKind, DepthRow
from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.frozen import frozen
from percuta.planning.case.advice_basis import AdvisedBy
from percuta.planning.case.case import Case, StatedConcern
from percuta.planning.depth.ceilings import Ceiling, snap_down
from percuta.planning.depth.recommendation import (
    DepthAdvice,
    StudiedRange,
    advise_depth,
    limit_reason,
    narrowing_reason,
    studied_range,
)
from percuta.planning.judgement.findings import Reason, because

_NAMING = {DepthKind.STUDIED_PROTOCOL, DepthKind.EXPERT, DepthKind.VENDOR_CHART}
NOT_ADVISED = "no depth is advised here"


@frozen
class _Asked:
    """One zone of a case, and everything that its advice depends on."""

    zone: Zone
    stated: StatedConcern
    rule: DepthAdviceRow
    ceiling: Ceiling
    device: Device
    phototype: str | None
    facts: Facts

    @property
    def site(self) -> str:
        return self.facts.zones[self.zone].site

    @property
    def needs_trial(self) -> bool:
        """A phototype that was not told is treated as one that needs its own trials."""
        return self.phototype is None or self.phototype in self.rule.trials_only_in


@frozen
class _Named:
    """A depth, the rows that name it, and the neighbour whose it is."""

    depth_mm: float
    rows: tuple[DepthRow, ...]
    neighbour: str | None


def depth_advice(
    zone: Zone, stated: StatedConcern, ceiling: Ceiling, case: Case, facts: Facts
) -> DepthAdvice:
    """Range and advice for one concern in one zone, by the rule that the edition has for it."""
    device = facts.devices[case.setting.device]
    rule = facts.depth_advice.get(stated.concern.value)
    if rule is None:
        return advise_depth(zone, stated, ceiling, device, facts)
    asked = _Asked(zone, stated, rule, ceiling, device, case.person.phototype, facts)
    found = studied_range(zone, stated, ceiling, device, facts)
    if rule.rule is AdviceRule.SHALLOWEST_SETTING:
        return _of_the_dial(asked, found)
    return _of_named_rows(asked, found)


def _of_the_dial(asked: _Asked, found: StudiedRange) -> DepthAdvice:
    """Pigment: the least that can be set; a needle of fixed length has no such setting."""
    least = asked.device.depth_min_mm
    may_be = asked.ceiling.is_published and not asked.device.has_fixed_length
    if not may_be or least > asked.ceiling.limit_mm:
        return _none(asked, found, "No dial whose shallowest setting could be advised: no advice.")
    text = f"Pigment: the shallowest setting of the dial, {least:g} mm, in every skin type."
    reasons = (because(text, "depth_advice", asked.rule), *_shown(found))
    return _advised(asked, found, least, AdvisedBy.SHALLOWEST_SETTING, reasons)


def _shown(found: StudiedRange) -> Iterable[Reason]:
    """What was done in studies whose depth is shown and not advised."""
    for row in found.studied:
        text = f"{row.depth_mm_hi:g} mm was set in {row.provenance.population}: not advised."
        yield because(text, "depths", row)


def _of_named_rows(asked: _Asked, found: StudiedRange) -> DepthAdvice:
    if not asked.ceiling.is_published:
        return _none(asked, found, "No published depth for this site: no advice.")
    named = _named(asked) if found.studied else None
    depth = None if named is None else _on_the_device(named, asked, found)
    if named is None or depth is None:
        return _none(asked, found, _why_none(asked))
    place = _words(asked.site if named.neighbour is None else named.neighbour)
    concern = _words(asked.stated.concern)
    text = f"{depth:g} mm: the shallowest deep end that names {place} skin for {concern}."
    if named.neighbour is not None:
        text = f"No depth names {_words(asked.site)} skin for {concern}. {text}"
    by = AdvisedBy.ZONE if named.neighbour is None else AdvisedBy.NEIGHBOUR
    return _advised(asked, found, depth, by, (because(text, "depths", *named.rows),))


def _named(asked: _Asked) -> _Named | None:
    """The shallowest deep end of the site itself, else of its neighbours, within the limit."""
    own = _shallowest(asked, (asked.site,))
    if own is not None:
        return own
    return _shallowest(asked, asked.facts.depth_neighbours.get(asked.site, ()))


def _shallowest(asked: _Asked, sites: Iterable[str]) -> _Named | None:
    found = [(row, site) for site in sites for row in _naming(asked, site)]
    if not found:
        return None
    depth = min(row.depth_mm_hi or 0.0 for row, _ in found)
    if depth > asked.ceiling.limit_mm:
        # why: what would be left of it is the limit, and the limit is never the advice
        return None
    rows = tuple(row for row, _ in found if row.depth_mm_hi == depth)
    site = next(site for row, site in found if row.depth_mm_hi == depth)
    return _Named(depth, rows, neighbour=None if site == asked.site else site)


def _naming(asked: _Asked, site: str) -> list[DepthRow]:
    evidence = frozenset(asked.facts.concerns[asked.stated.concern].evidence)
    return [
        row
        for row in asked.facts.depths
        if row.kind in _NAMING
        and row.names(site, evidence, asked.stated.kind)
        and (not asked.needs_trial or _is_trial_in(row, asked.phototype))
    ]


def _is_trial_in(row: DepthRow, phototype: str | None) -> bool:
    is_trial = row.kind is DepthKind.STUDIED_PROTOCOL
    return is_trial and phototype is not None and phototype in (row.phototypes or ())


def _on_the_device(named: _Named, asked: _Asked, found: StudiedRange) -> float | None:
    """The setting that does not exceed what was named; ``None`` where there is none."""
    device, most = asked.device, min(named.depth_mm, found.high_mm)
    if device.has_fixed_length:
        least = min(row.depth_mm_lo or 0.0 for row in named.rows)
        return device.depth_max_mm if least <= device.depth_max_mm <= named.depth_mm else None
    depth = snap_down(most, device)
    return depth if depth >= device.depth_min_mm else None


def _why_none(asked: _Asked) -> str:
    concern = _words(asked.stated.concern)
    who = f"No trial in skin type {asked.phototype}" if asked.needs_trial else "No row"
    return f"{who} names a depth for {concern} in this zone or beside it: no advice."


def _none(asked: _Asked, found: StudiedRange, text: str) -> DepthAdvice:
    text = f"{text} Whoever may sign chooses inside the limit."
    reason = because(text, "depth_advice", asked.rule)
    return DepthAdvice(
        low_mm=found.low_mm,
        recommended_mm=None,
        high_mm=found.high_mm,
        protocol=NOT_ADVISED,
        why=(limit_reason(asked.ceiling), reason, *narrowing_reason(found)),
    )


def _advised(
    asked: _Asked,
    found: StudiedRange,
    depth_mm: float,
    by: AdvisedBy,
    reasons: Iterable[Reason],
) -> DepthAdvice:
    return DepthAdvice(
        low_mm=min(found.low_mm, depth_mm),
        recommended_mm=depth_mm,
        high_mm=max(found.high_mm, depth_mm),
        protocol=_PROTOCOL[by],
        why=(limit_reason(asked.ceiling), *reasons, *narrowing_reason(found)),
        by=by,
    )


_PROTOCOL = {
    AdvisedBy.ZONE: "the shallowest deep end that names this zone and concern",
    AdvisedBy.NEIGHBOUR: "the shallowest of the zones beside it, for none names this one",
    AdvisedBy.SHALLOWEST_SETTING: "the shallowest setting of the dial, as for all pigment",
}


def _words(key: str) -> str:
    return key.replace("_", " ")
