"""A slow, obvious bound on the blood level: anaesthetic poured into one vessel that leaks.

Written from the tables, without the formula that planning uses: the vessel is filled in short
pours at the highest rate until all that skin lets in is in; limits are found by trying.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

Row = dict[str, str]
_POURS, _TRIES = 40, 48
_ABOVE = 1.644853627  # deviations above the middle that 95 of 100 people stay below


class Skin(NamedTuple):
    """What is covered: its largest area, and for each zone the sites that it belongs to."""

    area_cm2: float
    sites: list[set[str]]


class Vessel:
    """One person's blood under one product on one skin."""

    def __init__(
        self, row: Callable[[str, str], Row], rows: list[Row], agent: Row, skin: Skin, raw: Any
    ) -> None:
        def middle(key: str) -> float:
            return float(row("absorption", key)["value"])

        def low(key: str) -> float:
            return float(row("absorption", key)["low"])

        kg: float = raw["person"]["weight_kg"]
        self.other_mg: float = raw["setting"].get("other_local_anaesthetic_mg", 0.0)
        self.litres = low("volume.lidocaine") * kg
        self.litres_per_min = low("clearance.lidocaine") * kg / 1000
        self.mg_per_g = float(agent["anaesthetic_mg_per_g"])
        kinds = {r["subject"] for r in rows if r["quantity"] == "counts_as_lidocaine"}
        number = len(kinds & set(agent["ingredients"].split(";")))
        fluxes = {r["subject"]: float(r["value"]) for r in rows if r["quantity"] == "flux"}
        anywhere = max(fluxes.values())
        here = [
            max((fluxes[site] for site in zone if site in fluxes), default=anywhere)
            for zone in skin.sites
        ]
        highest = max(here, default=anywhere) * middle("flux_spread.any") ** _ABOVE
        self.mg_per_min = number * skin.area_cm2 * highest / 60
        held = float(row("absorption", "reservoir.any")["high"])
        self.reservoir_mg = number * skin.area_cm2 * held
        self.toxic = low("toxic_level.local_anaesthetic")

    def level(self, grams: float, minutes: float) -> float:
        """The highest level in ug/mL, which is mg per litre."""
        all_mg = min(grams * self.mg_per_g, self.mg_per_min * minutes + self.reservoir_mg)
        pour = all_mg / self.mg_per_min / _POURS
        kept = math.exp(-self.litres_per_min / self.litres * pour)
        steady = self.mg_per_min / self.litres_per_min
        found = 0.0
        for _ in range(_POURS):
            found = found * kept + steady * (1 - kept)
        return found + self.other_mg / self.litres

    def grams(self, most: float, minutes: float) -> float:
        """The most grams up to ``most`` that stay within early signs."""
        return self._tried(most, lambda grams: self.level(grams, minutes))

    def minutes(self, grams: float, shortest: float, longest: float) -> float:
        """The longest whole minutes, between the label's ends."""
        found = self._tried(longest, lambda minutes: self.level(grams, minutes))
        return longest if found >= longest else max(shortest, math.floor(found + 1e-6))

    def _tried(self, most: float, level: Callable[[float], float]) -> float:
        if level(most) <= self.toxic:
            return most
        low, high = 0.0, most
        for _ in range(_TRIES):
            middle = (low + high) / 2
            low, high = (middle, high) if level(middle) <= self.toxic else (low, middle)
        return low
