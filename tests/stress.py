"""Editions with other numbers: labels that disagree, more dose rows, other waiting times.

The built-in facts happen to agree in places (every face label says 1.5 mm), where a planner
that picks the wrong one would go unnoticed. Here they differ.
"""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from percuta.facts.edition import Facts, open_edition

Row = dict[str, str]
_DEPTHS = ("0.5", "0.75", "1.0", "1.25", "1.5", "2.0", "2.5")


def stressed_edition(shelf: Path, seed: int, *, of: Facts | None = None) -> Facts:
    """A checked edition on ``shelf`` whose numbers are random but allowed.

    It is made from the edition in force, or from ``of``.
    """
    folder = shelf / f"2026-12-{seed % 28 + 1:02d}"
    shutil.copytree((of or open_edition()).folder, folder)
    rng = Random(seed)
    for name, change in _CHANGES.items():
        _rewrite(folder / f"{name}.csv", rng, change)
    facts = Facts(folder)
    facts.check()
    return facts


def _rewrite(path: Path, rng: Random, change: Callable[[Random, list[Row]], list[Row]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = change(rng, rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)


def _depths(rng: Random, rows: list[Row]) -> list[Row]:
    labels = [row for row in rows if row["kind"] == "label_limit"]
    for row in labels:
        row["depth_mm_hi"] = rng.choice(_DEPTHS[-3:] if row["site"] == "any" else _DEPTHS)
    for number in range(6):
        extra = {**rng.choice(labels), "row": f"extra.{number}"}
        extra["family"] = rng.choice(("skinpen", "exceed", "skinstylus", "rejuvapen"))
        extra["concern"] = rng.choice(("wrinkles", "texture;laxity", "stretch_marks", "any"))
        extra["site"] = rng.choice(("face", "cheek;nose", "body", "neck", "thigh;abdomen"))
        extra["depth_mm_hi"] = rng.choice(_DEPTHS)
        extra["basis"] = rng.choice(("expert", "expert", "memory"))
        rows.append(extra)
    rows += _naming(rng, rows)
    for row in rows:
        if row["kind"] == "studied_protocol" and row["site"] == "any":
            row["concern"] = "texture;laxity;enlarged_pores"
    return rows


def _naming(rng: Random, rows: list[Row]) -> list[Row]:
    """Rows that name a zone and a concern, where the edition advises by such rows."""
    if "phototypes" not in rows[0]:
        return []
    named = [row for row in rows if row["kind"] in ("studied_protocol", "vendor_chart")]
    extra = []
    for number in range(32):
        low, high = sorted(rng.choices(_DEPTHS, k=2), key=float)
        extra.append(
            {
                **rng.choice(named),
                "row": f"naming.{number}",
                "kind": rng.choice(("studied_protocol", "vendor_chart", "expert", "memory")),
                "modality": "needling",
                "concern": rng.choice(("texture;laxity", "wrinkles", "acne_scars", "any")),
                "site": rng.choice(("cheek", "chin;jawline", "forehead;nose", "face", "abdomen")),
                "depth_mm_lo": rng.choice((low, low, "unknown")),
                "depth_mm_hi": high,
                "phototypes": rng.choice(("I;II;III", "IV;V", "V;VI", "unknown")),
            }
        )
    return extra


def _anaesthetics(rng: Random, rows: list[Row]) -> list[Row]:
    maxima = [row for row in rows if row["kind"] == "label_max" and row["use"] == "reference"]
    for number in range(8):
        extra = {**rng.choice(maxima), "row": f"extra.{number}"}
        extra["agent"] = rng.choice(
            ("lidocaine_4_cream", "lidocaine_prilocaine_cream", "lidocaine_tetracaine_peel")
        )
        extra["age_lo_years"], extra["age_hi_years"] = rng.choice((("18", "none"), ("12", "40")))
        extra["weight_lo_kg"], extra["weight_hi_kg"] = rng.choice((("none", "60"), ("45", "none")))
        extra["grams_max_g"] = str(rng.choice((20, 40, 60)))
        extra["area_max_cm2"] = str(rng.choice((100, 250, 400)))
        extra["dwell_lo_min"], extra["dwell_hi_min"] = rng.choice((("15", "30"), ("60", "120")))
        extra["use"] = rng.choice(("reference", "reference", "do_not_use"))
        extra["basis"] = rng.choice(("expert", "expert", "memory"))
        rows.append(extra)
    return rows


def _policy(rng: Random, rows: list[Row]) -> list[Row]:
    for row in rows:
        if row["quantity"] == "thin_site_ceiling_mm":
            row["value"] = rng.choice(("0.25", "0.5", "0.6", "1.0"))
            row["low"], row["high"] = "0.25", "1.0"
        if row["quantity"] == "passes_n":
            row["value"] = row["low"]
        if row["quantity"] == "passes_most_n":
            row["value"] = rng.choice(("20", "30") if row["subject"] == "roller" else ("4", "5"))
            row["low"], row["high"] = "4", "60"
        if row["quantity"] == "strikes_per_cm2_most":
            # Below what the fewest most passes of a pen leave, so that both bounds bite.
            row["value"] = rng.choice(("2100", "2500"))
            row["low"] = "2000"
        if row["quantity"] == "strikes_per_cm2_upper_most":
            # For the same reason; a time gets less than passes do, as in our own tables.
            row["value"] = rng.choice(
                ("9000", "9500") if row["subject"] == "passes" else ("5000", "7000")
            )
            row["low"] = "3000"
    return rows


def _absorption(rng: Random, rows: list[Row]) -> list[Row]:
    """Early signs at levels that bind, fluxes by site the other way round, other ends of people."""
    for row in rows:
        if row["quantity"] == "toxic_level":
            row["low"] = rng.choice(("3", "3.5"))
            row["value"] = rng.choice(("4", "5"))
        if row["row"] == "volume.lidocaine":
            row["low"] = rng.choice(("1.0", "1.2"))
        if row["row"] == "flux.thigh":
            row["value"] = row["low"] = row["high"] = rng.choice(("0.03", "0.25"))
        if row["row"] == "flux_spread.any":
            row["value"] = rng.choice(("1.4", "1.9"))
    return rows


def _screening(rng: Random, rows: list[Row]) -> list[Row]:
    for row in rows:
        if row["defer_days"] != "none" and row["caution_days"] != "none":
            row["defer_days"] = str(rng.randint(1, 200))
            row["caution_days"] = str(rng.randint(201, 400))
    return rows


_CHANGES = {
    "absorption": _absorption,
    "depths": _depths,
    "anaesthetics": _anaesthetics,
    "policy": _policy,
    "screening": _screening,
}
