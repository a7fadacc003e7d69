"""The page of the fact tables."""

from percuta.facts.edition import Facts
from percuta.facts.schema import Column
from reference.markdown import Lines, as_code, table


def page(facts: Facts) -> Lines:
    """Every table: title, purpose, row count, columns with unit and range."""
    rows = sum(len(facts.table(name)) for name in facts.table_names)
    yield "# Fact tables"
    yield ""
    yield f"Edition {facts.edition}: {rows} rows in {len(facts.table_names)} tables."
    yield "Each table is a CSV file beside a TOML schema, read whole and clean or not at all."
    yield "A cell is never blank: `unknown` means that the source does not tell, `none` that the"
    yield "question does not apply. Columns marked *optional* may be empty text."
    for name in facts.table_names:
        schema = facts.schema(name)
        count = len(facts.table(name))
        yield f"## {name}"
        yield ""
        yield f"{schema.title}. {schema.about} Rows: {count}."
        yield from table(
            ("column", "means", "type", "unit", "range or words"),
            (
                (f"`{c.name}`", c.about, _type(c), c.unit or "", _range(c))
                for c in schema.columns.values()
            ),
        )


def _type(column: Column) -> str:
    extra = [*sorted(f"or `{word}`" for word in column.allow)]
    if column.optional:
        extra.append("optional")
    return ", ".join((column.type, *extra))


def _range(column: Column) -> str:
    if column.low is not None and column.high is not None:
        return f"{column.low:.10g} to {column.high:.10g}"
    return as_code(column.choices)
