"""Open the record in the data folder on the day it was made, and print what its pages answer."""

import sys
from pathlib import Path
from unittest import mock

from percuta.site.configuration import configuration
from percuta.site.database import open_record

BACKEND = "django.contrib.auth.backends.ModelBackend"


def main() -> None:
    """Read the signed plan in every way that a clinic does."""
    open_record(Path(configuration().database_path))
    from django.test import Client

    from percuta.clinic.edition import facts_of
    from percuta.clinic.plans.models import PlanVersion
    from percuta.clinic.plans.standings import standing

    version = PlanVersion.objects.get(signed_at__isnull=False)
    by, at = version.signed_by, version.signed_at
    assert by is not None
    assert at is not None
    # Its own edition in force: what later editions are stricter in is another question.
    own = facts_of(version.facts_edition)
    with (
        mock.patch("percuta.clinic.plans.standings.facts_in_force", return_value=own),
        mock.patch("django.utils.timezone.now", return_value=at),
    ):
        answer = standing(version, by=by, on=at.date())
        say(f"may be used: {answer.may_be_used} {answer.refusals}")
        say(f"recomputed: {answer.recomputed}")
        client = Client(HTTP_HOST="localhost")
        client.force_login(by, backend=BACKEND)
        address = f"/plans/{version.plan.pk}"
        page = client.get(f"{address}/versions/1/")
        say(f"page {page.status_code}, signed: {'Still stands' in page.content.decode()}")
        pdf = client.get(f"{address}/versions/1/document.pdf")
        say(f"pdf {pdf.status_code}, signed: {version.sha256 in _text_of(pdf.content)}")
        text = client.get(f"{address}/versions/1/plan.json")
        say(f"json {text.status_code}, as signed: {text.content.decode() == version.document}")
        say(f"sign page of the draft {client.get(f'{address}/sign/').status_code}")


def say(line: str) -> None:
    """One line of the answer."""
    sys.stdout.write(f"{line}\n")


def _text_of(pdf: bytes) -> str:
    import pypdfium2

    pages = pypdfium2.PdfDocument(pdf)
    words = "".join(page.get_textpage().get_text_bounded() for page in pages)
    return "".join(words.split())


if __name__ == "__main__":
    main()
