"""The newest edition in force at a clinic, be it sealed or still a draft."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from percuta.clinic import edition
from percuta.facts.edition import Facts, editions, open_edition


@contextmanager
def in_force(monkeypatch: pytest.MonkeyPatch) -> Iterator[Facts]:
    """Pages and actions read the newest edition until it ends."""
    newest = open_edition(editions()[-1])
    monkeypatch.setattr(edition, "open_edition", lambda *_: newest)
    edition.facts_in_force.cache_clear()
    yield newest
    edition.facts_in_force.cache_clear()
