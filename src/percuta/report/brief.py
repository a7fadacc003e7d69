"""A plan on one screen of a terminal: what decides, and no more."""

from collections.abc import Iterator

from percuta.planning.plan import Plan
from percuta.report.front import COLUMNS, ZONE_HEAD, Front, Told, cut, front

LINES = 40
"""The most that is printed: one screen of a terminal."""

_INDENT = "  "
_LABEL = 10
_MORE = "Reasons, sources, what to expect afterwards: --full"


def brief(plan: Plan) -> tuple[str, ...]:
    """The lines of a plan on one screen; see ``front`` for what gives way."""
    told = front(plan, LINES - 2)
    return (
        f"{told.verdict}. {told.person}",
        *told.setting,
        *_findings(told),
        *_questions(told),
        *_zones(told),
        *_session(told),
        *_instead(told),
        "",
        _MORE,
    )


def _findings(told: Front) -> Iterator[str]:
    if told.findings or told.more_findings:
        yield ""
    for finding in told.findings:
        yield from _hanging(finding.label, finding)
    if told.more_findings:
        yield f"{_INDENT}and {told.more_findings} more"


def _questions(told: Front) -> Iterator[str]:
    if told.questions:
        yield from ("", f"Still to ask: {told.questions_n}")
        yield from (f"{_INDENT}{question}" for question in told.questions)
        if told.more_questions:
            yield f"{_INDENT}and {told.more_questions} more"


def _zones(told: Front) -> Iterator[str]:
    if not told.zones:
        return
    rows = (ZONE_HEAD, *told.zones)
    widths = [max(len(row[place]) for row in rows) for place in range(len(ZONE_HEAD))]
    yield ""
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield cut("  ".join(cells), COLUMNS)
    if told.more_zones:
        yield f"{_INDENT}and {told.more_zones} more zones"


def _session(told: Front) -> Iterator[str]:
    if told.session:
        yield ""
    for entry in told.session:
        yield from _hanging(entry.label.ljust(_LABEL), entry)


def _instead(told: Front) -> Iterator[str]:
    if told.instead:
        yield from ("", "What else there is")
        yield from (f"{_INDENT}{other}" for other in told.instead)


def _hanging(label: str, told: Told) -> Iterator[str]:
    """A label with its lines, later ones under the first."""
    first, *others = told.lines or ("",)
    yield f"{label} {first}"
    yield from (f"{' ' * (len(label) + 1)}{line}" for line in others)
