"""The page of figures: each figure once, with its table, and nothing from elsewhere."""

import re
from html.parser import HTMLParser

from percuta.facts.edition import Facts
from percuta.report.figures.of_plan import figures_of
from percuta.report.figures.page import figures_page, table_fragment
from percuta.report.figures.palette import Theme
from percuta.report.figures.table import DataTable
from tests.people import a_plan


class Seen(HTMLParser):
    """Start tags, and the ids that were given."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]


def test_each_figure_stands_over_its_table(facts: Facts) -> None:
    figures = figures_of(a_plan(facts, zone_passes={"cheek_left": 2}), facts)
    seen = Seen(figures_page("Figures", figures))
    marks = [tag for tag in seen.tags if tag in {"svg", "table"}]
    assert marks == ["svg", "table"] * len(figures)
    assert len(set(seen.ids)) == len(seen.ids)
    assert {"field_2_passes", "field_3_passes"} <= {figure.name for figure in figures}


def test_it_needs_no_script_and_no_network(facts: Facts) -> None:
    page = figures_page("Figures", figures_of(a_plan(facts), facts))
    assert not re.search(r"<script|<link|src=|href=|@import|url\((?!#)", page)
    assert "prefers-color-scheme:dark" in page
    assert "@media print" in page


def test_every_figure_stands_alone_too(facts: Facts) -> None:
    for figure in figures_of(a_plan(facts), facts):
        assert "var(" not in figure.draw(Theme.LIGHT)


def test_cells_are_escaped_and_named() -> None:
    html = table_fragment(DataTable(caption="<b>", header=("What", "&"), rows=(("a<", "1"),)))
    assert "<b>" not in html
    assert '<th scope="row">a&lt;</th><td>1</td>' in html
