"""The page of the thresholds that are ours."""

from percuta.facts.edition import Facts
from percuta.facts.policy import PolicyRow
from reference.markdown import Lines, sentence, table


def page(facts: Facts) -> Lines:
    """Every threshold that is ours, with its reason."""
    yield "# Policy"
    yield ""
    yield f"Edition {facts.edition}. {facts.schema('policy').about}"
    yield "Where the basis is `assumed`, no source names the number: it is open to correction."
    yield from table(
        ("what", "for", "value", "reasonable", "unit", "why", "basis", "sources"),
        (_policy_row(row) for row in facts.policy.values()),
    )


def _policy_row(row: PolicyRow) -> tuple[str, ...]:
    why = sentence(row.about)
    note = f" {sentence(row.provenance.note)}" if row.provenance.note else ""
    return (
        f"`{row.quantity}`",
        row.subject.replace("_", " "),
        f"{row.value:.10g}",
        f"{row.low:.10g} to {row.high:.10g}",
        row.unit,
        f"{why}{note}",
        row.provenance.basis,
        ", ".join(row.sources),
    )
