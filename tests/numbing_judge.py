"""The slow judge of numbing by whole layers and visits: own arithmetic, from the tables alone."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tests.blood import Skin, Vessel

Row = dict[str, str]
_LIMITING = ("label_rate", "label_max", "label_time", "total_max")
_BELOW_FIRST, _BELOW_TOXIC = 0.999, 0.998


class Verdict(NamedTuple):
    """What a plan must say: nothing, no figure, or figures for each visit."""

    kind: str
    grams: float = 0.0
    area_cm2_max: float = 0.0
    minutes: float = 0.0
    visits: tuple[tuple[str, ...], ...] = ()
    limit: float = 0.0
    bound: float = 0.0
    layer: float = 0.0
    together: float = 0.0


def number(cell: str) -> float | None:
    return None if cell in ("none", "unknown") else float(cell)


class NumbingJudge:
    """One person and one product on the planned zones."""

    def __init__(self, tables: dict[str, list[Row]], raw: Any, zones: set[str]) -> None:
        self.tables, self.raw = tables, raw
        self.product = raw["setting"]["numbing"]
        self.agent = self.row("agents", self.product)
        self.use = self.row("numbing_products", self.product)
        self.kg: float = raw["person"]["weight_kg"]
        self.zones = self._ordered(zones)
        self.share, self.other_mg, self.nameless = self._others()

    def row(self, table: str, key: str) -> Row:
        return next(row for row in self.tables[table] if row["row"] == key)

    def answer(self) -> Verdict:
        """The whole answer."""
        rows = [row for row in self.tables["anaesthetics"] if self._speaks(row)]
        layers = [r for row in rows if (r := number(row["rate_g_per_cm2"]))]
        most_on = [
            (g, a)
            for row in rows
            if (g := number(row["grams_max_g"])) and (a := number(row["area_max_cm2"]))
        ]
        layers = layers or [g / a for g, a in most_on]
        timed = [row for row in rows if number(row["dwell_hi_min"])]
        areas = [a for row in rows if (a := number(row["area_max_cm2"]))]
        written = self.raw["setting"].get("numbing_prescription")
        written = written and written["product"] == self.product
        is_lacking = not layers or not timed or not areas or self.use["has_figure"] == "no"
        if is_lacking or self.nameless:
            return Verdict("written" if written else "no figure")
        if self.share >= 1:
            return Verdict("nothing")
        return self._figures(rows, min(layers), timed, areas)

    def _figures(
        self, rows: list[Row], layer: float, timed: list[Row], areas: list[float]
    ) -> Verdict:
        long_row = min(timed, key=lambda row: float(row["dwell_hi_min"]))
        longest = float(long_row["dwell_hi_min"])
        shortest = number(long_row["dwell_lo_min"]) or longest
        label = [*areas, *(g / layer for row in rows if (g := number(row["grams_max_g"])))]
        if self.use["area_most_cm2"] != "none":
            label.append(float(self.use["area_most_cm2"]))
        body = [grams / layer for grams in self._body_grams(rows)]
        caps = label + [area * (1 - self.share) for area in body]
        by_peak = self._first_signs() * _BELOW_FIRST / self.peak(layer, 1.0, shortest, self.zones)
        by_bound = self._area_by_bound(layer, shortest)
        most = min([*caps, by_peak, by_bound])
        visits = self.visits(most)
        if not visits:
            return Verdict("nothing")
        first = self.visits(min(label))
        skin = min([self.area(first[0]) if first else 0.0, *body])
        minutes = shortest
        if skin > 0 and min(by_peak, by_bound) >= skin:
            minutes = self._minutes(layer, skin, shortest, longest)
        area = self.area(visits[0])
        limit = self.peak(layer, area, minutes, visits[0])
        return Verdict(
            "figures",
            grams=layer * area,
            area_cm2_max=most,
            minutes=minutes,
            visits=visits,
            limit=limit,
            bound=self._vessel(area, visits[0]).level(layer * area, minutes),
            layer=layer,
            together=limit + self.other_mg / self._vessel(1.0, visits[0]).litres,
        )

    # -- others ------------------------------------------------------------------------------

    def _others(self) -> tuple[float, float, bool]:
        setting = self.raw["setting"]
        share = total = 0.0
        is_nameless = False
        for dose in setting.get("other_local_anaesthetics", ()):
            most = self._maximum(dose["drug"])
            total += dose["amount_mg"]
            if most is None:
                is_nameless = True
            else:
                share += dose["amount_mg"] / most
        old = setting.get("other_local_anaesthetic_mg") or 0.0
        if old:
            drugs = {row["drug"] for row in self.tables["dose_maxima"]}
            share += old / min(m for drug in drugs if (m := self._maximum(drug)) is not None)
            total += old
        return share, total, is_nameless

    def _maximum(self, drug: str) -> float | None:
        found = []
        for row in self.tables["dose_maxima"]:
            if row["drug"] == drug and row["counts"] == "yes":
                found += [number(row["most_mg"])]
                per_kg = number(row["most_mg_per_kg"])
                found += [None if per_kg is None else per_kg * self.kg]
        return min((most for most in found if most is not None), default=None)

    # -- skin --------------------------------------------------------------------------------

    def _ordered(self, zones: set[str]) -> tuple[str, ...]:
        named = [zone for stated in self.raw["concerns"] for zone in stated["zones"]]

        def work(zone: str) -> int:
            place = zone.replace("left", "").replace("right", "")
            same = [
                int(row["order_n"])
                for row in self.tables["zones"]
                if row["row"].replace("left", "").replace("right", "") == place
            ]
            return min(same)

        away = self.agent["near_eyes"] == "no"
        kept = [z for z in zones if not (away and self.row("zones", z)["near_eye"] == "yes")]
        return tuple(sorted(kept, key=lambda zone: (work(zone), named.index(zone))))

    def area(self, zones: Sequence[str]) -> float:
        return sum(float(self.row("zones", zone)["area_hi_cm2"]) for zone in zones)

    def visits(self, most: float) -> tuple[tuple[str, ...], ...]:
        """Runs in order; whatever does not fit ends a run, and one too large stands on none."""
        found: list[list[str]] = [[]]
        for zone in self.zones:
            if self.area([*found[-1], zone]) > most + 1e-6:
                found.append([])
            if self.area([zone]) <= most + 1e-6:
                found[-1].append(zone)
        return tuple(tuple(run) for run in found if run)

    # -- ceilings ----------------------------------------------------------------------------

    def _speaks(self, row: Row) -> bool:
        if row["agent"] not in (self.product, "any") or row["use"] != "reference":
            return False
        if row["kind"] not in _LIMITING or row["basis"] == "memory":
            return False
        age = self.raw["person"]["age"]
        return _inside(age, row, "age", "years") and _inside(self.kg, row, "weight", "kg")

    def _body_grams(self, rows: list[Row]) -> list[float]:
        share = max(
            float(row["absorbed_share_pct"])
            for row in self.tables["anaesthetics"]
            if row["use"] == "reference" and number(row["absorbed_share_pct"])
        )
        per_gram = float(self.agent["anaesthetic_mg_per_g"]) * share / 100
        found = []
        for row in rows:
            most = number(row["total_max_mg"])
            if most is not None:
                body = min(most, float(row["total_max_mg_per_kg"]) * self.kg)
                found.append(body / per_gram)
        return found

    def _first_signs(self) -> float:
        return float(self.row("absorption", "first_signs.local_anaesthetic")["low"])

    def _number_of_drugs(self) -> int:
        counted = {r["subject"] for r in self.tables["absorption"] if "counts_as" in r["quantity"]}
        return len(counted & set(self.agent["ingredients"].split(";")))

    def peak(self, layer: float, area: float, minutes: float, zones: Sequence[str]) -> float:
        """What one person stays below in ug/mL, by the line of measured levels."""
        drugs = self._number_of_drugs()
        mg_per_cm2 = layer * float(self.agent["anaesthetic_mg_per_g"]) / drugs
        lower = {r["subject"] for r in self.tables["peak_beliefs"] if r["quantity"] == "lower_site"}
        sites = [set(self.row("zones", zone)["sites"].split(";")) for zone in zones]
        values = {
            "base": 1.0,
            "time": math.log(minutes / self._centre("time")),
            "cover": {"yes": 1.0, "no": 0.0}.get(self.use["cover"], 1.0),
            "face": 1.0 if any(not lower & one for one in sites) else 0.0,
            "rate": math.log(mg_per_cm2 / self._centre("rate")),
        }
        middle = sum(v * self._model("coefficient", name) for name, v in values.items())
        variance = (
            self._model("study_spread", "any") ** 2 + self._model("person_spread", "any") ** 2
        )
        for one, value in values.items():
            for other, more in values.items():
                variance += value * more * self._model("covariance", f"{one}:{other}")
        far = self._model("deviations", "any") * math.sqrt(variance)
        scale = area / self._centre("area") * self._centre("mass") / self.kg
        return drugs * math.exp(middle + far) * scale

    def _centre(self, name: str) -> float:
        return float(self.row("peak_beliefs", f"centre.{name}")["value"])

    def _model(self, quantity: str, subject: str) -> float:
        return float(self.row("peak_model", f"{quantity}.{subject.replace(':', '.')}")["value"])

    # -- the outer bound ---------------------------------------------------------------------

    def _vessel(self, area: float, zones: Sequence[str]) -> Vessel:
        sites = [set(self.row("zones", zone)["sites"].split(";")) for zone in zones]
        setting = {"other_local_anaesthetic_mg": self.other_mg}
        raw = {"person": self.raw["person"], "setting": setting}
        skin = Skin(area, sites)
        return Vessel(self.row, self.tables["absorption"], self.agent, skin, raw)

    def _area_by_bound(self, layer: float, minutes: float) -> float:
        vessel = self._vessel(1.0, self.zones)
        others = self.other_mg / vessel.litres
        left = max(0.0, _BELOW_TOXIC * vessel.toxic - others)
        return left / (vessel.level(layer, minutes) - others)

    def _minutes(self, layer: float, skin: float, shortest: float, longest: float) -> float:
        first = self._first_signs() * _BELOW_FIRST
        by_peak = _longest(longest, lambda t: self.peak(layer, skin, t, self.zones) <= first)
        vessel, grams = self._vessel(skin, self.zones), layer * skin
        now, step = vessel.level(grams, shortest), 1e-3
        # Of endless cream, so that the slope is that of the skin.
        slope = (vessel.level(1e6, shortest + step) - vessel.level(1e6, shortest)) / step
        by_bound = shortest + max(0.0, _BELOW_TOXIC * vessel.toxic - now) / slope
        return max(shortest, math.floor(min(longest, by_peak, by_bound) + 1e-5))


def _longest(most: float, holds: Callable[[float], bool]) -> float:
    if holds(most):
        return most
    low, high = 0.0, most
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _inside(value: float, row: Row, name: str, unit: str) -> bool:
    low, high = number(row[f"{name}_lo_{unit}"]), number(row[f"{name}_hi_{unit}"])
    return (low is None or value >= low) and (high is None or value <= high)
