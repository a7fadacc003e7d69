"""Who must notice a planted fault: the slow judge over random cases, or tests that say what is so."""

import subprocess
from pathlib import Path
from typing import NamedTuple, Protocol

from percuta.facts.edition import open_edition
from tests.mutation.planting import Fault, run_on_the_copy
from tests.stress import stressed_edition


class Noticing(Protocol):
    """Somebody who looks at a copy of the product: 0 if it is sound, 1 if something is wrong."""

    def look(self, source: Path) -> subprocess.CompletedProcess[str]:
        """What is found in the copy below a folder."""


class Judge(NamedTuple):
    """The slow judge over random cases, under an edition or under other numbers in its tables."""

    edition: str
    seed: int = 5
    cases: int = 3000
    is_stressed: bool = False

    def look(self, source: Path) -> subprocess.CompletedProcess[str]:
        """What the judge finds; the tables that disagree lie beside the copy."""
        facts = open_edition(self.edition)
        if self.is_stressed:
            facts = stressed_edition(source / "shelf", seed=7, of=facts)
        told = str(self.seed), str(self.cases), str(facts.folder)
        return run_on_the_copy(source, "tests.agreement", *told)


class Specification(NamedTuple):
    """Tests that say what is so, until the first that fails."""

    paths: tuple[str, ...]

    def look(self, source: Path) -> subprocess.CompletedProcess[str]:
        """What the tests find."""
        plain = ("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist")
        return run_on_the_copy(source, "pytest", "-x", "-q", *plain, *self.paths)


class Group(NamedTuple):
    """Faults of one kind, and who must notice each."""

    noticing: Noticing
    faults: tuple[Fault, ...]
