"""Names of zones in a row, told apart although a name holds a comma."""

from collections.abc import Iterable


def sides_together(names: Iterable[str]) -> str:
    """Names of zones in a row, the sides of each place told together."""
    sides: dict[str, list[str]] = {}
    for name in names:
        place, _, side = name.partition(", ")
        sides.setdefault(place[:1].lower() + place[1:], []).extend([side] if side else [])
    return "; ".join(
        f"{place}, {_listed(told)}" if told else place for place, told in sides.items()
    )


def _listed(sides: list[str]) -> str:
    *others, last = sides
    return f"{', '.join(others)} and {last}" if others else last
