"""An edition that notes which of its rows are looked up, cited afterwards or not."""

from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

from percuta.facts.doors import Fact
from percuta.facts.edition import DOORS, Facts


class WatchedFacts(Facts):
    """The same facts; ``looked_up`` gathers every row found by its key since it was cleared.

    A plan may turn on a row's mere presence and name another: numbing by rule, a neighbour's depth.
    Rows that are gone through one after the other are not noted: all of them would be.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.looked_up: set[str] = set()
        self._people = 0

    def for_next_person(self) -> None:
        """Forget what was looked up so far."""
        self.looked_up.clear()
        self._people += 1

    def __hash__(self) -> int:
        # Answers kept by edition would hide from the next person what was looked up to make them:
        # kept under another hash, they are made again.
        return hash((id(self), self._people))

    def __eq__(self, other: object) -> bool:
        return self is other

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - any attribute
        found = super().__getattribute__(name)
        if name in DOORS and type(found) is dict:
            found = vars(self)[name] = _Noting(name, found, self._typed.items(), self.looked_up)
        return found


class _Noting(dict[Any, Any]):
    """Rows by key, each noted when it is asked for and there."""

    def __init__(
        self,
        door: str,
        rows: dict[Any, Any],
        typed: Iterable[tuple[str, tuple[Fact, ...]]],
        notes: set[str],
    ) -> None:
        super().__init__(rows)
        tables = {id(row): table for table, held in typed for row in held}
        self._notes = notes
        self._names = {
            # A door that gives only a cell of its rows carries the name of their table.
            key: f"{tables[id(row)]}/{row.key}" if isinstance(row, Fact) else f"{door}/{key}"
            for key, row in rows.items()
        }

    def _note(self, key: object) -> None:
        if key in self._names:
            self._notes.add(self._names[key])

    def __getitem__(self, key: Hashable) -> Any:  # noqa: ANN401 - as a dict
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: Hashable, default: Any = None) -> Any:  # noqa: ANN401 - as a dict
        """The row, noted if it is there."""
        self._note(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return super().__contains__(key)
