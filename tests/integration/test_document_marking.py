"""No page of a draft, or of a plan that has ended, passes for one that may be used."""

import re
from datetime import UTC, datetime

import pypdfium2 as pdfium
import pytest

from percuta.facts.edition import Facts
from percuta.report.marking import DRAFT, Marking, signed
from percuta.report.pdf import pdf_of
from tests.people import a_plan

DIGEST = "0123456789abcdef" * 4
SIGNED = signed(by="Dr Omar Haddad", at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC), sha256=DIGEST)
EXPIRED = SIGNED.model_copy(update={"word": "EXPIRED"})


def texts(content: bytes) -> list[str]:
    """The text of each page, line ends taken for spaces."""
    document = pdfium.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.parametrize(
    ("marking", "words"),
    [
        (DRAFT, ("DRAFT", "Not signed.")),
        (SIGNED, ("Signed in the record by Dr Omar Haddad on 23 Nov 2026 at 09:30", DIGEST)),
        (EXPIRED, ("EXPIRED", "Dr Omar Haddad")),
    ],
    ids=["draft", "signed", "expired"],
)
def test_every_page_says_what_it_is(facts: Facts, marking: Marking, words: tuple[str, ...]) -> None:
    pages = texts(pdf_of(a_plan(facts), marking=marking))
    assert len(pages) == 3
    for page in pages:
        assert [word for word in words if word not in page.replace("- ", "")] == []


def test_a_signed_document_has_no_line_to_sign_and_no_warning(facts: Facts) -> None:
    for page in texts(pdf_of(a_plan(facts), marking=SIGNED)):
        assert "Signature" not in page
        assert "DRAFT" not in page


def test_a_document_outside_the_record_is_signed_by_hand(facts: Facts) -> None:
    first, *others = texts(pdf_of(a_plan(facts)))
    assert re.search(r"Name .*Signature .*Date", first)
    assert "A qualified professional decides whether this is right for this person" in first
    for page in (first, *others):
        assert "DRAFT" not in page
        assert "Signed in the record" not in page
