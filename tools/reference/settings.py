"""The page of the server's settings, made from the model that reads them."""

from percuta.facts.edition import Facts
from percuta.site.configuration import Configuration, told, variable
from reference.markdown import Lines, table


def page(facts: Facts) -> Lines:
    """Every setting with its default and what is allowed."""
    yield "# Settings"
    yield ""
    yield (
        "`percuta serve` reads its settings from environment variables. Every one may be left "
        "out. A variable that begins with `PERCUTA_` and is not in this table stops the start, "
        "as does a value that is not allowed; all faults are named together."
    )
    rows = (_row(field) for field in Configuration.model_fields)
    yield from table(("variable", "if left out", "allowed", "what it is for"), rows)


def _row(field: str) -> tuple[str, ...]:
    words = told(field)
    return (f"`{variable(field)}`", _default(field), words.allowed, words.about)


def _default(field: str) -> str:
    default = Configuration.model_fields[field].default
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, tuple):
        return f"`{','.join(default)}`"
    return "-" if default is None else f"`{default}`"
