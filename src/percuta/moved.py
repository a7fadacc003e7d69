"""Names that stand somewhere else now: the old ones work for a release, with a warning."""

import warnings
from collections.abc import Callable
from importlib import import_module


def moved(here: str, there: str) -> Callable[[str], object]:
    """What a module answers when a name is asked of it that another module holds now.

    Assigned to ``__getattr__`` of the module ``here``: the name is taken from ``there``.

    Raises
    ------
    AttributeError
        By what is returned, if ``there`` has no such public name either.
    """

    def found(name: str) -> object:
        if name.startswith("_") or not hasattr(module := import_module(there), name):
            raise AttributeError(f"module {here!r} has no attribute {name!r}")
        told = f"{here}.{name} is {there}.{name} now; the old name goes with the next release"
        warnings.warn(told, DeprecationWarning, stacklevel=2)
        return getattr(module, name)

    return found
