"""The validation report as readable terminal text, kind by kind."""

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from percuta.facts.validation import Kind
from percuta.report import validation_words as words
from percuta.validation.judgement import Judgement, Verdict

_STYLE = {Verdict.MISSED: "bold", Verdict.NOT_COMPUTED: "dim"}


def show_judgement(console: Console, told: Judgement) -> None:
    """Every row with figure, prediction and verdict; misses first in each kind."""
    console.print(Text(f"Facts {told.edition}, tolerances {told.frozen_sha256[:12]}", style="bold"))
    for kind in Kind:
        console.print()
        console.print(Text(f"{words.KIND[kind]}: {words.counts(told, kind)}", style="bold"))
        console.print(Text(words.MEANS[kind], style="dim"))
        if told.of(kind):
            console.print(_table(told, kind))
        for line in (*words.reasons(told.of(kind)), *words.notes(told.of(kind))):
            console.print(Text(line, style="dim"))
        if kind in words.TESTING and told.coverage(kind).of:
            console.print(Text(f"{words.coverage(told.coverage(kind))}."))


def _table(told: Judgement, kind: Kind) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in words.COLUMNS:
        table.add_column(name, overflow="fold")
    for row in told.of(kind):
        *told_cells, verdict = words.cells(row)
        table.add_row(*told_cells, Text(verdict, style=_STYLE.get(row.verdict, "")))
    return table
