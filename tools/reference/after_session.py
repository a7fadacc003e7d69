"""The page of what is told after a session, made from its models and from the facts."""

from percuta.facts.edition import Facts
from percuta.planning.follow_up.delivered import Delivered
from percuta.planning.recovery.check_in import ClinicCheckIn
from percuta.planning.recovery.check_in_file import reportable_signs
from reference.case_file import fields_of, sections_of
from reference.markdown import Lines, table


def page(facts: Facts) -> Lines:
    """Every field of a delivered session and of a check-in, and what follows from each."""
    schema = Delivered.model_json_schema()
    models = schema["$defs"]
    yield "# After a session"
    yield ""
    yield "What was delivered is a TOML file, read by `percuta next`. Check-ins of a clinic are"
    yield "TOML or CSV, read by `percuta plan --check-ins`. Every fault is named, all at once."
    yield "## What was delivered"
    yield ""
    yield from fields_of(schema, models)
    sections = (
        ("[[zones]]", "ZoneDelivered"),
        ("[[check_ins]]", "CheckIn"),
        ("[[cleared]]", "Clearance"),
    )
    yield from sections_of(sections, models)
    yield "## A clinic's check-ins"
    yield ""
    yield "Each entry also holds the fields of `[[check_ins]]` above, in place of `said`."
    yield ""
    clinic = ClinicCheckIn.model_json_schema()
    yield from fields_of(clinic, clinic["$defs"])
    yield from _signs(facts)
    yield from _follows(facts)


def _signs(facts: Facts) -> Lines:
    rows = {row.key.removeprefix("recovery."): row for row in facts.recovery}
    yield "## Signs"
    yield from table(
        ("key", "sign", "what to do"),
        (
            (f"`{key}`", rows[key].sign, "" if rows[key].action == "none" else rows[key].action)
            for key in reportable_signs(facts)
        ),
    )


def _follows(facts: Facts) -> Lines:
    yield "## What follows"
    yield ""
    yield "Mildest first: `keep`, `lighter`, `wait`, `hold`, `ask_physician`, `stop`. Of several"
    yield "the gravest holds."
    yield from table(
        ("rule", "advice", "reason", "rests on"),
        (
            (f"`{row.key}`", f"`{row.advice}`", row.reason, _behind(row.screening, row.recovery))
            for row in facts.next_session.values()
        ),
    )


def _behind(screening: str | None, recovery: str | None) -> str:
    rows = [f"`screening/{screening}`"] if screening else ["nothing published"]
    rows += [f"`recovery/recovery.{recovery}`"] if recovery else []
    return ", ".join(rows)
