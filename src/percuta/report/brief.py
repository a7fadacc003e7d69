"""A plan on one screen of a terminal: what decides, and no more."""

from collections.abc import Iterator

from percuta.planning.plan.plan import Plan
from percuta.report.front import COLUMNS, ZONE_HEAD, Front, LabelledLines, cut, front

LINES = 40
"""The most that is printed: one screen of a terminal."""

_INDENT = "  "
_LABEL = 10
_MORE = "Reasons, sources, what to expect afterwards: --full"


def brief(plan: Plan) -> tuple[str, ...]:
    """The lines of a plan on one screen; see ``front`` for what gives way."""
    page = front(plan, LINES - 2)
    return (
        f"{page.verdict}. {page.person}",
        *page.setting,
        *_findings(page),
        *_questions(page),
        *_zones(page),
        *_session(page),
        *_instead(page),
        "",
        _MORE,
    )


def _findings(page: Front) -> Iterator[str]:
    if page.findings or page.more_findings:
        yield ""
    for finding in page.findings:
        yield from _hanging(finding.label, finding)
    if page.more_findings:
        yield f"{_INDENT}and {page.more_findings} more"


def _questions(page: Front) -> Iterator[str]:
    if page.questions:
        yield from ("", f"Still to ask: {page.questions_n}")
        yield from (f"{_INDENT}{question}" for question in page.questions)
        if page.more_questions:
            yield f"{_INDENT}and {page.more_questions} more"


def _zones(page: Front) -> Iterator[str]:
    if not page.zones:
        return
    rows = (ZONE_HEAD, *page.zones)
    widths = [max(len(row[place]) for row in rows) for place in range(len(ZONE_HEAD))]
    yield ""
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield cut("  ".join(cells), COLUMNS)
    if page.more_zones:
        yield f"{_INDENT}and {page.more_zones} more zones"


def _session(page: Front) -> Iterator[str]:
    if page.session:
        yield ""
    for entry in page.session:
        yield from _hanging(entry.label.ljust(_LABEL), entry)


def _instead(page: Front) -> Iterator[str]:
    if page.instead or page.more_instead:
        yield from ("", "What else there is")
    for first, *others in page.instead:
        yield f"{_INDENT}{first}"
        yield from (f"{_INDENT * 2}{line}" for line in others)
    if page.more_instead:
        yield f"{_INDENT}and {page.more_instead} more"


def _hanging(label: str, entry: LabelledLines) -> Iterator[str]:
    """A label with its lines, later ones under the first."""
    first, *others = entry.lines or ("",)
    yield f"{label} {first}"
    yield from (f"{' ' * (len(label) + 1)}{line}" for line in others)
