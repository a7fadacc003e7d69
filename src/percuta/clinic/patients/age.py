"""Ages that somebody can have, and what is wrong with a date of birth that gives another."""

from datetime import date

from percuta.planning.case.case import OLDEST_YEARS


def age(born: date | None, on: date) -> int | None:
    """Whole years on a day, or ``None`` where the date of birth is not known or cannot be right."""
    return None if born is None or _wrong(born, on) else _years(born, on)


def doubt(born: date | None, on: date) -> str:
    """Why a stored date of birth cannot be right on a day; empty if it can, or is not known."""
    wrong = "" if born is None else _wrong(born, on)
    return f"date of birth {born} {wrong}" if wrong else ""


def birth_date_fault(born: date | None, on: date) -> str:
    """Why a date of birth is refused on a day; empty if it is not."""
    wrong = "" if born is None else _wrong(born, on)
    return f"date of birth: '{born}' is not allowed: {wrong}" if wrong else ""


def _wrong(born: date, on: date) -> str:
    if born > on:
        return f"lies after {on}; should not"
    years = _years(born, on)
    if years > OLDEST_YEARS:
        return f"makes {years} years on {on}; should make {OLDEST_YEARS} at most"
    return ""


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
