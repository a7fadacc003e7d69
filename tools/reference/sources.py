"""The page of the bibliography."""

from percuta.facts.edition import Facts
from reference.markdown import Lines, table


def page(facts: Facts) -> Lines:
    """The bibliography, with how each work was read and how many rows cite it."""
    citing: dict[str, int] = dict.fromkeys(facts.sources, 0)
    for name in facts.table_names:
        for row in facts.table(name):
            for key in row.provenance.source:
                citing[key] += 1
    yield "# Sources"
    yield ""
    yield f"Edition {facts.edition}: {len(facts.sources)} works. *Read* says how much of each we"
    yield "saw: mostly an abstract or the opening of a page. No drug label, manual or article was"
    yield "read in full unless the line says so."
    yield from table(
        ("key", "kind", "work", "read", "rows"),
        (
            (
                f"`{source.key}`",
                source.kind.value.replace("_", " "),
                source.citation,
                source.read,
                str(citing[source.key]),
            )
            for source in sorted(facts.sources.values(), key=lambda source: source.key)
        ),
    )
