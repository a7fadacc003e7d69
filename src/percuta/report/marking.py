"""What every page of a document says about its signature, so that none passes for another."""

from datetime import datetime

from percuta.planning.case.case import Frozen
from percuta.report import wording

_NOT_SIGNED = "Not signed. Nobody may be needled on the word of this draft."


class Marking(Frozen):
    """One word large at the head of each page, and one sentence at its foot.

    ``word`` is empty on a document that may be used.
    """

    word: str
    sentence: str


DRAFT = Marking(word="DRAFT", sentence=_NOT_SIGNED)


def signed(*, by: str, at: datetime, sha256: str, warning: str = "") -> Marking:
    """The marking of a signed plan.

    Parameters
    ----------
    by : str
        Who signed, as the record knows them.
    at : datetime
        When, in the clinic's own time.
    sha256 : str
        Digest of the bytes that were signed.
    warning : str
        One word, where the plan may no longer be used, for example ``EXPIRED``.
    """
    when = f"{wording.day(at.date())} at {at:%H:%M}"
    return Marking(
        word=warning, sentence=f"Signed in the record by {by} on {when}. Digest {sha256}."
    )
