"""A day that somebody types after an option."""

import argparse
from datetime import date

from percuta.planning.case import as_day


def day(text: str) -> date:
    """The day, or what is wrong with it in words."""
    try:
        return as_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' {error}") from error
