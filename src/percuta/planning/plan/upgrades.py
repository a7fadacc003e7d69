"""From each earlier format of a stored plan to the next, as pure functions of its members.

A format never changes once plans were stored in it. A change to the shape of ``Plan`` is a new
number, an upgrade here, golden plans of the old one, and the new schema among the references.
"""

from collections.abc import Callable, Mapping
from typing import Any

FORMAT = 2
"""The format that is written today."""

Members = dict[str, Any]


def _digest_of_its_own(members: Members) -> Members:
    """Format 2 adds the format's number and a digest, which are no part of the plan itself."""
    return members


UPGRADES: Mapping[int, Callable[[Members], Members]] = {1: _digest_of_its_own}
"""From the format of this number to the one after it."""
