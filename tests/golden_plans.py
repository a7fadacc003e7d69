"""Plans as earlier formats stored them, with the digest that stands on each one's paper."""

import hashlib
from pathlib import Path

from percuta.planning.plan.document import read_plan
from percuta.planning.plan.plan import Plan

FOLDER = Path(__file__).with_name("golden") / "plans"
DOCUMENTS = tuple(sorted(FOLDER.glob("*/*.json")))
"""Every stored plan of every format."""


def name(document: Path) -> str:
    """A short name for a test's listing."""
    return f"{document.parent.name}/{document.stem}"


def digest_on_paper(document: Path) -> str:
    """The digest that was printed when the plan was signed."""
    listing = (document.parent / "SHA256SUMS").read_text(encoding="utf-8")
    sums = {line.split()[1]: line.split()[0] for line in listing.splitlines()}
    return sums[document.name]


def golden_plan(document: Path) -> Plan:
    """A stored plan, held to the digest on its paper."""
    return read_plan(document, sha256=digest_on_paper(document))


def sha256(text: str) -> str:
    """The digest of a whole document."""
    return hashlib.sha256(text.encode()).hexdigest()
