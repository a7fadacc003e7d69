"""The page of the study file and of the table that comes of it, made from models and columns."""

from percuta.facts.edition import Facts
from percuta.study.columns import COURSE, UPTAKE, WHAT, WHO, Figure
from percuta.study.design import Study
from reference.case_file import fields_of, sections_of
from reference.markdown import Lines, table


def page(facts: Facts) -> Lines:
    """Every field of a study file, and every column of its table."""
    schema = Study.model_json_schema()
    models = schema["$defs"]
    yield "# The study file"
    yield ""
    yield "A study is a TOML file. A fault anywhere is named; nothing undeclared is read over."
    yield "[How to run one](../how-to/run-a-study.md) has an example."
    yield "Zones and devices are those of [the case file](case-file.md)."
    yield "## The whole"
    yield ""
    yield from fields_of(schema, models)
    sections = (
        ("[cohort]", "Cohort"),
        ("[cohort] age_years: one entry", "AgeBand"),
        ("[[plans]]", "PlanSweep"),
    )
    yield from sections_of(sections, models)
    yield "## The table"
    yield ""
    yield "One row for each virtual person under each plan: chunk by chunk, plan by plan, person by"
    yield "person. Units and grades are in the file as well. The last two are there where the study"
    yield "names an `absorption`."
    yield from table(
        ("column", "is", "unit", "grade"),
        (
            (
                f"`{column.name}`",
                column.about,
                column.unit or "",
                column.grade.value if isinstance(column, Figure) else "",
            )
            for column in (*WHO, *WHAT, *COURSE, *UPTAKE)
        ),
    )
