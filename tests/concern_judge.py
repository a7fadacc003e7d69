"""The second opinion on concerns without advice, from the tables alone."""

from typing import Any

Row = dict[str, str]
Tables = dict[str, list[Row]]
Raw = dict[str, Any]


def rules(stated: Raw, tables: Tables) -> list[Row]:
    """The rows that speak of one stated concern."""
    return [
        row
        for row in tables.get("concern_rules", [])
        if row["concern"] == stated["concern"] and row["kind"] in ("any", stated.get("kind"))
    ]


def lacks_a_kind(raw: Raw, tables: Tables) -> bool:
    """Whether a scar that is not from acne was stated without what it came from."""
    scars = [stated for stated in raw["concerns"] if stated["concern"] == "other_scars"]
    return "concern_rules" in tables and any("kind" not in stated for stated in scars)


def referred(raw: Raw, tables: Tables) -> set[str]:
    """Zones that a concern keeps out of the plan for whoever holds the needle."""
    who = "physician" if raw["setting"]["operator"] == "physician" else "others"
    return {
        zone
        for stated in raw["concerns"]
        for row in rules(stated, tables)
        if row[f"level_{who}"] == "refer"
        for zone in stated["zones"]
    }


def without_advice(tables: Tables) -> set[str]:
    """Concerns for which no depth is advised."""
    return {row["concern"] for row in tables.get("concern_rules", [])}
