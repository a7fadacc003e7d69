"""The facts in force at this clinic: the newest edition, read once per process."""

from functools import lru_cache

from percuta.facts.edition import Facts, open_edition


@lru_cache(maxsize=1)
def facts_in_force() -> Facts:
    """Today's edition. A signed plan keeps the one that it was made from."""
    return open_edition()


@lru_cache(maxsize=8)
def facts_of(edition: str) -> Facts:
    """The edition that a signed plan names.

    Raises
    ------
    UnknownEdition
        If it is not on this machine.
    """
    return open_edition(edition)
