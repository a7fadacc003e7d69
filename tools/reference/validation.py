"""The page of the validation report, and its figures in light and dark."""

from collections.abc import Mapping

from percuta.facts.validation import Kind
from percuta.report import validation_words as words
from percuta.report.figures.figure import Figure
from percuta.report.figures.of_validation import figure_name, figures_of_validation
from percuta.report.figures.palette import Theme
from percuta.validation.judgement import Judgement
from reference.markdown import Lines, sentence, table

_THEMES = (Theme.LIGHT, Theme.DARK)


def images(told: Judgement) -> Mapping[str, str]:
    """Every figure in both themes, by file name."""
    return {
        _file(figure, theme): figure.draw(theme) + "\n"
        for figure in figures_of_validation(told)
        for theme in _THEMES
    }


def page(told: Judgement) -> Lines:
    """Every row by kind: figure, prediction, tolerance, verdict; misses first."""
    figures = {figure.name: figure for figure in figures_of_validation(told)}
    yield "# Published figures against the models"
    yield ""
    yield "Computed anew by `percuta validate` and whenever this page is written."
    yield "[How to read it](../explanation/validation.md). Kinds are never pooled: a row that a"
    yield "model was made from cannot test it. The figures are rows of the table `validation`."
    yield ""
    yield f"Facts edition {told.edition}. Digest of figures, tolerances and inputs:"
    yield f"`{told.frozen_sha256}`."
    yield from table(
        ("kind", "what it shows", "rows"),
        ((words.KIND[kind], words.MEANS[kind], words.counts(told, kind)) for kind in Kind),
    )
    for kind in Kind:
        yield from _kind(told, kind, figures.get(figure_name(kind)))


def _kind(told: Judgement, kind: Kind, figure: Figure | None) -> Lines:
    rows = told.of(kind)
    if not rows:
        return
    yield f"## {words.KIND[kind]}"
    yield ""
    yield f"{words.MEANS[kind]} {sentence(words.counts(told, kind))}"
    if kind in words.TESTING and told.coverage(kind).of:
        yield sentence(words.coverage(told.coverage(kind)))
    yield ""
    if figure is not None:
        yield from _picture(figure, words.KIND[kind])
    yield from table(
        (*(name.lower() for name in words.COLUMNS), "source"),
        (
            (*words.cells(row)[:-1], _verdict(row.verdict), ", ".join(row.figure.sources))
            for row in rows
        ),
    )
    for line in (*words.reasons(rows), *words.notes(rows)):
        yield f"* {line}"
    yield ""


def _verdict(verdict: str) -> str:
    return f"**{verdict}**" if verdict == "missed" else verdict


def _picture(figure: Figure, title: str) -> Lines:
    light, dark = (f"../images/{_file(figure, theme)}" for theme in _THEMES)
    yield "<picture>"
    yield f'<source media="(prefers-color-scheme: dark)" srcset="{dark}">'
    yield f'<img src="{light}" alt="{title}: predicted over published; the table has the numbers">'
    yield "</picture>"


def _file(figure: Figure, theme: Theme) -> str:
    return f"{figure.name}-{theme}.svg"
