"""A plan as a PDF: what decides on one A4 page, its reasons, figures, a page for the patient.

The pages go to typst as one JSON string, so that nothing in a plan can be read as mark-up.
The same plan gives the same bytes: the document has no date of making, and the fonts are those
inside the typst wheel.
"""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import typst

from percuta.errors import PlanError
from percuta.planning.case.case import Frozen
from percuta.planning.plan.plan import Plan
from percuta.report import wording
from percuta.report.document_figures import DocumentFigure
from percuta.report.front import ZONE_HEAD, Front, front
from percuta.report.marking import Marking
from percuta.report.patient import PatientPage, patient_page
from percuta.report.professional import ProfessionalPage, professional_page

_TEMPLATES = Path(__file__).parent
_FRONT_LINES = 35
"""Lines of the first page for what decides: with its head, its foot and its marks they are 40."""

_DOCUMENT = _TEMPLATES / "document.typ"


class Pages(Frozen):
    """Every page, the document's title, and what is said of its signature, if anything."""

    title: str
    day: str
    marking: Marking | None
    front: Front
    zone_head: tuple[str, ...] = ZONE_HEAD
    professional: ProfessionalPage
    figures: tuple[DocumentFigure, ...]
    patient: PatientPage


def write_pdf(plan: Plan, path: Path, *, figures: Iterable[DocumentFigure] = ()) -> None:
    """Write the pages of a plan to ``path``, all of it or nothing.

    Parameters
    ----------
    plan : Plan
        A plan, or an answer without one; both have three pages.
    path : Path
        The file; one of that name is replaced. Its folder must exist.
    figures : iterable of DocumentFigure
        What the professional's pages show; see ``document_figures``.

    Raises
    ------
    PlanError
        If the pages cannot be set, for example for a letter no font has, or the file cannot
        be written.
    """
    target = path.resolve()
    if not target.parent.is_dir():
        raise PlanError([f"{path}: the folder {path.parent} does not exist; make it first"])
    if target.exists() and not target.is_file():
        raise PlanError([f"{path}: is not a file; name one ending in .pdf"])
    _replace(target, pdf_of(plan, figures=figures))


def pdf_of(
    plan: Plan, *, marking: Marking | None = None, figures: Iterable[DocumentFigure] = ()
) -> bytes:
    """The pages of a plan as the bytes of a PDF.

    Parameters
    ----------
    plan : Plan
        A plan, or an answer without one; both have three pages.
    marking : Marking, optional
        What each page says about its signature; without it there are lines to sign by hand.
    figures : iterable of DocumentFigure
        What the professional's pages show; see ``document_figures``.

    Raises
    ------
    PlanError
        If the pages cannot be set, for example for a letter no font has.
    """
    told = pages(plan, marking=marking, figures=figures)
    try:
        return typst.compile(
            _DOCUMENT,
            root=_TEMPLATES,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"pages": told.model_dump_json()},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        sentence = error.message.strip().partition("\n")[0]
        raise PlanError([f"the PDF cannot be made: {sentence}"]) from error


def pages(
    plan: Plan, *, marking: Marking | None = None, figures: Iterable[DocumentFigure] = ()
) -> Pages:
    """What the pages say, worded and in order."""
    day = wording.day(plan.case.setting.date)
    return Pages(
        title=f"Micro-needling: {'plan' if plan.is_made else 'answer'} of {day}",
        day=day,
        marking=marking,
        front=front(plan, _FRONT_LINES),
        professional=professional_page(plan),
        figures=tuple(figures),
        patient=patient_page(plan),
    )


@cache
def _fonts() -> typst.Fonts:
    """The fonts inside the typst wheel: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _replace(target: Path, content: bytes) -> None:
    """Write beside the target, then take its place, so that no reader meets half a file."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        raise PlanError([f"{target}: cannot be written: {error.strerror}"]) from error
    finally:
        part.unlink(missing_ok=True)
