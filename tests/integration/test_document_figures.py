"""The document's figures: each with title, words and numbers, between the two readers' pages."""

from dataclasses import dataclass

import pypdfium2 as pdfium
import pytest

from percuta.facts.edition import Facts
from percuta.planning.plan.plan import Plan
from percuta.report.document_figures import DocumentFigure, document_figures
from percuta.report.marking import DRAFT
from percuta.report.pdf import pdf_of
from tests.people import a_plan, one_concern

ZONES = ("cheek_left", "cheek_right", "temple_left", "abdomen")
A4 = (595, 842)


@dataclass(frozen=True)
class Document:
    """A plan with its figures and the text of each of its pages."""

    plan: Plan
    figures: tuple[DocumentFigure, ...]
    content: bytes
    pages: list[str]


@pytest.fixture(scope="module")
def document(facts: Facts) -> Document:
    """The document of a draft for a face and a trunk."""
    plan = a_plan(facts, concerns=one_concern("wrinkles", *ZONES))
    figures = document_figures(plan, facts)
    content = pdf_of(plan, figures=figures, marking=DRAFT)
    return Document(plan, figures, content, texts(content))


def texts(content: bytes) -> list[str]:
    """The text of each page, line ends taken for spaces."""
    pages = pdfium.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


def test_maps_of_each_needed_view_sections_for_both_sides_the_course_then_groups(
    document: Document,
) -> None:
    assert [figure.title for figure in document.figures] == [
        "Face, front: set depth by zone, in mm",
        "Body, front: set depth by zone, in mm",
        "Cheek, left and right: where needles end, in mm",
        "Temple, left: where needles end, in mm",
        "Abdomen: where needles end, in mm",
        "What happens over time",
        "What groups with wrinkles had in studies, in grades",
    ]
    assert all(len(figure.alt) > 40 for figure in document.figures)


def test_every_figure_stands_with_its_title_and_its_numbers(document: Document) -> None:
    told = " ".join(document.pages[2:-1])
    for place, figure in enumerate(document.figures, start=1):
        assert f"Figure {place}: {figure.title}" in told
        for row in figure.table.rows:
            for cell in row[1:]:
                assert cell in told


def test_the_first_two_and_the_last_page_stand_on_their_own(document: Document) -> None:
    alone = texts(pdf_of(document.plan, marking=DRAFT))
    count = len(document.pages)
    for number in (1, 2):
        expected = alone[number - 1].replace(f"page {number} of 3", f"page {number} of {count}")
        assert document.pages[number - 1] == expected
    assert document.pages[-1] == alone[2].replace("page 3 of 3", f"page {count} of {count}")


def test_every_page_of_figures_says_what_it_is(document: Document) -> None:
    count = len(document.pages)
    for number, page in enumerate(document.pages[1:-1], start=2):
        assert "DRAFT" in page
        assert DRAFT.sentence in page
        assert f"page {number} of {count}" in page


def test_no_figure_leaves_the_sheet(document: Document) -> None:
    for page in pdfium.PdfDocument(document.content):
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        assert min(left for left, _, _, _ in boxes) >= 0
        assert min(bottom for _, bottom, _, _ in boxes) >= 0
        assert max(right for _, _, right, _ in boxes) <= A4[0]
        assert max(top for _, _, _, top in boxes) <= A4[1]


def test_the_same_plan_gives_the_same_bytes(document: Document, facts: Facts) -> None:
    figures = document_figures(document.plan, facts)
    assert pdf_of(document.plan, figures=figures, marking=DRAFT) == document.content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document.content


def test_a_product_without_a_lane_says_why_on_paper_too(facts: Facts) -> None:
    plan = a_plan(facts, numbing="lidocaine_4_cream", glide="hyaluronic_glide_gel")
    assert plan.course is not None
    without = plan.course.no_lane
    figures = document_figures(plan, facts)
    told = " ".join(texts(pdf_of(plan, figures=figures, marking=DRAFT)))
    assert [none.product for none in without] == [
        "lidocaine_4_cream",
        "hyaluronic_glide_gel",
        "kit_hydrogel",
    ]
    for none in without:
        assert none.name in told
        assert none.why.text[:30] in told


def test_an_answer_without_a_plan_has_no_figure(facts: Facts) -> None:
    assert document_figures(a_plan(facts, pregnancy="yes"), facts) == ()


def test_no_two_pieces_of_text_are_printed_over_each_other(facts: Facts) -> None:
    """The longest table is that of the course: it flows on, and its columns hold their words."""
    plan = a_plan(facts, interval_weeks=1.0, numbing="lidocaine_prilocaine_cream")
    pages = pdfium.PdfDocument(pdf_of(plan, figures=document_figures(plan, facts), marking=DRAFT))
    for page in list(pages)[1:-1]:
        text = page.get_textpage()
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        for place, (left, bottom, right, top) in enumerate(boxes):
            for other_left, other_bottom, other_right, other_top in boxes[place + 1 :]:
                wide = min(right, other_right) - max(left, other_left)
                high = min(top, other_top) - max(bottom, other_bottom)
                assert wide < 2 or high < 0.5 * min(top - bottom, other_top - other_bottom)
