"""The second opinion on labels: what is outside an indication, and whose label a row is of.

It reads the tables alone and imports nothing from ``percuta.planning``.
"""

from typing import Any

Row = dict[str, str]
Tables = dict[str, list[Row]]


def outside(raw: dict[str, Any], zone: str, tables: Tables) -> set[str]:
    """Why the use of a device in a zone is off-label; empty where every concern is indicated."""
    found: set[str] = set()
    sites = set(_one(tables["zones"], zone)["sites"].split(";"))
    family = _one(tables["devices"], raw["setting"]["device"])["family"]
    for stated in raw["concerns"]:
        if zone not in stated["zones"]:
            continue
        rows = [
            row
            for row in tables["indications"]
            if family != "none"
            and row["family"] == family
            and stated["concern"] in row["concern"].split(";")
            and sites & set(row["site"].split(";"))
        ]
        passed = [_passed(row, raw["person"]) for row in rows]
        if not rows:
            found.add("not cleared")
        elif all(passed):
            found |= set(sorted(passed, key=len)[0])
    return found


def _passed(row: Row, person: dict[str, Any]) -> list[str]:
    limits = []
    types = row["phototypes"].split(";")
    if types != ["unknown"] and person.get("phototype") not in types:
        limits.append(f"in skin types {types[0]} to {types[-1]}")
    if row["age_min_years"] != "unknown" and person.get("age", 0) < int(row["age_min_years"]):
        limits.append(f"from age {row['age_min_years']}")
    return limits


def names_of(fact: str, tables: Tables) -> set[str]:
    """Names of the devices whose label a row of ``depths`` is."""
    family = _one(tables["depths"], fact.removeprefix("depths/"))["family"]
    rows = [row for row in tables["catalogue"] if row["family"] == family != "none"]
    return {row["name"].split(",")[0] for row in rows}


def _one(rows: list[Row], key: str) -> Row:
    return next(row for row in rows if row["row"] == key)
