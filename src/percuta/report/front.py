"""What decides, on one screen or one first page: verdict, findings, questions, zones, dates.

Findings give way to the rest, the mildest first. What stops, refers or defers is never left out:
where it does not fit in a few lines each, it gets one line each.
"""

from collections.abc import Iterator
from textwrap import wrap

from percuta.facts.vocabulary import Level
from percuta.planning.case.case import Frozen
from percuta.planning.plan.plan import Plan
from percuta.planning.recovery.aftercare import Alternative
from percuta.report import plain, wording
from percuta.report.professional import FindingLine, ProfessionalPage, ZoneLine, professional_page

COLUMNS = 100
"""Letters of the widest line."""

ZONE_HEAD = ("Zone", "For", "Advice mm", "Limit mm", "Passes (per cm²)", "min")
GRAVE = frozenset(wording.LEVEL_WORD[level] for level in (Level.STOP, Level.REFER, Level.DEFER))

_MOST_ZONES, _MOST_QUESTIONS = 9, 12
_LINES_INSTEAD = 4
_ENTRIES = ("Numbing", "Numb on", "Never", "Time", "Sessions", "Later", "Downtime")
_LABEL = 10


class LabelledLines(Frozen):
    """A label with the lines that hang on it; ``is_stop`` where the label is an alarm."""

    label: str
    lines: tuple[str, ...]
    is_stop: bool = False


class Front(Frozen):
    """Everything that decides, in lines; ``more`` counts what had no room.

    ``instead`` are alternatives, each whole: what speaks against one stands at its end.
    """

    verdict: str
    person: str
    setting: tuple[str, ...]
    findings: tuple[LabelledLines, ...]
    more_findings: int
    questions_n: int
    questions: tuple[str, ...]
    zones: tuple[tuple[str, ...], ...]
    more_zones: int
    session: tuple[LabelledLines, ...]
    instead: tuple[tuple[str, ...], ...]
    more_instead: int

    @property
    def blocks(self) -> tuple[int, ...]:
        """Lines of each block under the head, without findings; empty ones left out."""
        session = sum(len(entry.lines) for entry in self.session)
        zones = len(self.zones) + bool(self.zones) + bool(self.more_zones)
        asked = len(self.questions) + bool(self.questions) + bool(self.more_questions)
        told = sum(len(entry) for entry in self.instead)
        instead = told + bool(self.more_instead) + bool(told or self.more_instead)
        return tuple(lines for lines in (asked, zones, session, instead) if lines)

    @property
    def more_questions(self) -> int:
        """Questions that had no room."""
        return self.questions_n - len(self.questions)


def front(plan: Plan, lines: int) -> Front:
    """What decides of a plan, on at most ``lines`` lines, blank ones between blocks included."""
    page = professional_page(plan)
    setting = tuple(wrap(page.setting, COLUMNS))
    instead = _instead(plan)
    bare = Front(
        verdict=page.verdict,
        person=page.person,
        setting=setting,
        findings=(),
        more_findings=len(page.findings),
        questions_n=len(page.questions),
        questions=tuple(cut(question, COLUMNS - 2) for question in _asked(page)),
        zones=tuple(_zone(zone) for zone in page.zones[:_MOST_ZONES]),
        more_zones=max(0, len(page.zones) - _MOST_ZONES),
        session=tuple(_session(page)),
        instead=instead,
        more_instead=(0 if plan.is_made else len(plan.alternatives)) - len(instead),
    )
    taken = 1 + len(setting) + sum(1 + block for block in bare.blocks)
    found = tuple(_findings(page.findings, lines - taken - 1))
    return bare.model_copy(
        update={"findings": found, "more_findings": len(page.findings) - len(found)}
    )


def cut(text: str, columns: int) -> str:
    """One line; the rest stands in the whole plan."""
    line = text.rstrip()
    return line if len(line) <= columns else f"{line[: columns - 2].rstrip()} …"


def _findings(findings: tuple[FindingLine, ...], room: int) -> Iterator[LabelledLines]:
    """Findings as far as there is room: every grave one, then duties, then all that is left.

    A line is kept for how many there are more.
    """
    in_full = [_finding(finding, finding.short) for finding in findings]
    if sum(len(entry.lines) for entry in in_full) <= room:
        yield from in_full
        return
    shown = {n: _on_one_line(in_full[n]) for n, f in enumerate(findings) if f.level in GRAVE}
    duties = {n: _finding(f, f.duties) for n, f in enumerate(findings) if f.duties}
    left = room - len(shown) - (len(shown) < len(findings))
    for number, entry in (*duties.items(), *enumerate(in_full)):
        more = len(entry.lines) - len(shown[number].lines if number in shown else ())
        if more <= left:
            shown[number] = entry
            left -= more
        elif number not in shown and number not in duties:
            break
    yield from (shown[number] for number in sorted(shown))


def _on_one_line(entry: LabelledLines) -> LabelledLines:
    line = cut(" ".join(entry.lines), _width(entry.label))
    return entry.model_copy(update={"lines": (line,)})


def _finding(finding: FindingLine, reason: str) -> LabelledLines:
    place = ", ".join(part for part in (finding.where, finding.until) if part)
    where = f"{plain.sentence(place).rstrip('.')}: " if place else ""
    label = f"{finding.level}:"
    lines = tuple(wrap(f"{where}{reason}", _width(label)))
    return LabelledLines(label=label, lines=lines, is_stop=finding.is_stop)


def _width(label: str) -> int:
    return COLUMNS - len(label) - 1


def _asked(page: ProfessionalPage) -> tuple[str, ...]:
    return page.questions[:_MOST_QUESTIONS]


def _zone(zone: ZoneLine) -> tuple[str, ...]:
    return (
        zone.name,
        zone.concern,
        f"chosen {zone.chosen}" if zone.chosen else zone.advice,
        zone.limit,
        zone.passes.removesuffix(" per cm²)") + ")",
        zone.minutes,
    )


def _session(page: ProfessionalPage) -> Iterator[LabelledLines]:
    entries = {entry.label: entry.text for entry in (*page.session, *page.course)}
    for label in _ENTRIES:
        if entries.get(label):
            head = f"{label}:".ljust(_LABEL)
            yield LabelledLines(label=f"{label}:", lines=tuple(wrap(entries[label], _width(head))))


def _instead(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """Alternatives as many as fit whole, a line kept for how many there are more."""
    if plan.is_made:
        return ()
    every = [tuple(wrap(_in_words(other), COLUMNS - 4)) for other in plan.alternatives]
    told = list(every)
    while sum(map(len, told)) + (len(told) < len(every)) > _LINES_INSTEAD:
        told.pop()
    return tuple(told)


def _in_words(other: Alternative) -> str:
    note = f" ({other.note})" if other.note else ""
    return plain.sentence(f"{other.concern.replace('_', ' ')}: {other.alternative}{note}")
