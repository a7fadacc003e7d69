"""A plan on one screen: the answer, what must be decided, zones, numbing, dates; no more."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from percuta.planning.plan import Plan
from percuta.report import plain
from percuta.report.professional import FindingLine, ProfessionalPage, ZoneLine, professional_page

LINES, COLUMNS = 40, 100
"""The most that is printed: one screen of a terminal."""

_INDENT = "  "
_MOST_ZONES, _MOST_QUESTIONS, _MOST_ALTERNATIVES = 9, 12, 4
_ENTRIES = ("Numbing", "Numb on", "Never", "Time", "Sessions", "Later", "Downtime")
_LABEL = 10
_MORE = "Reasons, sources, what to expect afterwards: --full"


def brief(plan: Plan) -> tuple[str, ...]:
    """The lines of a plan on one screen; findings give way to the rest, the mildest first.

    What stops, refers or defers is never left out: it comes before every caution and note.
    """
    page = professional_page(plan)
    head = [f"{page.verdict}. {page.person}", *_wrapped(page.setting)]
    tail = [*_questions(page), *_zones(page.zones), *_session(page), *_instead(plan), "", _MORE]
    room = LINES - len(head) - len(tail)
    return (*head, *_findings(page.findings, room), *tail)


def _findings(findings: tuple[FindingLine, ...], room: int) -> Iterator[str]:
    """A blank line, then findings as far as there is room, and how many there are more."""
    if not findings:
        return
    yield ""
    left, told = room - 1, 0
    for finding in findings:
        lines = _finding(finding)
        is_last = finding is findings[-1]
        if len(lines) > left - (not is_last):
            break
        yield from lines
        left, told = left - len(lines), told + 1
    if told < len(findings):
        yield f"{_INDENT}and {len(findings) - told} more"


def _finding(finding: FindingLine) -> list[str]:
    place = ", ".join(part for part in (finding.where, finding.until) if part)
    where = f"{plain.sentence(place).rstrip('.')}: " if place else ""
    return _hanging(f"{finding.level}:", f"{where}{finding.short}")


def _questions(page: ProfessionalPage) -> Iterator[str]:
    if page.questions:
        yield from ("", f"Still to ask: {len(page.questions)}")
        for question in page.questions[:_MOST_QUESTIONS]:
            yield f"{_INDENT}{_cut(question)}"
        if len(page.questions) > _MOST_QUESTIONS:
            yield f"{_INDENT}and {len(page.questions) - _MOST_QUESTIONS} more"


_HEAD = ("Zone", "For", "Advice mm", "Limit mm", "Passes (per cm²)", "min")


def _zones(zones: tuple[ZoneLine, ...]) -> Iterator[str]:
    if not zones:
        return
    rows = [
        (
            zone.name,
            zone.concern,
            f"chosen {zone.chosen}" if zone.chosen else zone.advice,
            zone.limit,
            zone.passes.removesuffix(" per cm²)") + ")",
            zone.minutes,
        )
        for zone in zones[:_MOST_ZONES]
    ]
    widths = [max(len(row[place]) for row in (_HEAD, *rows)) for place in range(len(_HEAD))]
    yield ""
    for row in (_HEAD, *rows):
        yield _cut("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
    if len(zones) > _MOST_ZONES:
        yield f"{_INDENT}and {len(zones) - _MOST_ZONES} more zones"


def _session(page: ProfessionalPage) -> Iterator[str]:
    entries = {entry.label: entry.text for entry in (*page.session, *page.course)}
    told = [label for label in _ENTRIES if entries.get(label)]
    if told:
        yield ""
    for label in told:
        yield from _hanging(f"{label}:".ljust(_LABEL), entries[label])


def _instead(plan: Plan) -> Iterator[str]:
    if plan.is_made or not plan.alternatives:
        return
    yield from ("", "What else there is")
    for other in plan.alternatives[:_MOST_ALTERNATIVES]:
        yield _cut(f"{_INDENT}{other.concern.replace('_', ' ')}: {other.alternative}")


def _hanging(label: str, text: str) -> list[str]:
    """A label with its text, later lines under the text."""
    indent = " " * (len(label) + 1)
    return wrap(f"{label} {text}", COLUMNS, subsequent_indent=indent)


def _wrapped(text: str) -> Iterable[str]:
    return wrap(text, COLUMNS)


def _cut(text: str) -> str:
    """One line; the rest stands in the whole plan."""
    line = text.rstrip()
    return line if len(line) <= COLUMNS else f"{line[: COLUMNS - 2].rstrip()} …"
