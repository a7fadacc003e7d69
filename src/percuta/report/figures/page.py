"""One page of figures, each with its table under it: no script, no network, light, dark, print."""

from collections.abc import Iterable

from percuta.report.figures.figure import Figure
from percuta.report.figures.palette import Theme, token_sheet
from percuta.report.figures.svg import escaped
from percuta.report.figures.table import DataTable

_STYLE = """
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:16px/1.45 var(--sans);
-webkit-text-size-adjust:100%;font-variant-numeric:tabular-nums lining-nums;
--sans:"Avenir Next","Seravek","Segoe UI","Helvetica Neue",Roboto,
"Noto Sans","DejaVu Sans",sans-serif;
--serif:"Iowan Old Style","Charter","Palatino Linotype",Palatino,"DejaVu Serif",serif}
body{max-width:560px;margin:0 auto;padding:24px 16px 48px}
h1{font:400 27px/1.2 var(--serif);margin:0 0 24px}
figure{margin:0 0 48px;break-inside:avoid}
svg{display:block;width:100%;height:auto;max-height:80vh;margin:0 0 12px}
table{border-collapse:collapse;width:100%;font-size:13px}
caption{text-align:left;color:var(--quiet);padding:0 0 4px}
th,td{text-align:right;padding:4px 0 4px 12px;border-top:1px solid var(--line);
font-weight:400;vertical-align:top}
th:first-child,td:first-child{text-align:left;padding-left:0}
thead th{color:var(--quiet);border-top:0}
figure:last-child{margin-bottom:0}
@media print{body{padding:0}svg{max-height:60vh}}
"""


def figures_page(title: str, figures: Iterable[Figure]) -> str:
    """The page as HTML."""
    told = "".join(_figure(figure) for figure in figures)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{token_sheet()}{_STYLE.lstrip()}</style>\n"
        f"</head>\n<body>\n<main>\n<h1>{escaped(title)}</h1>\n"
        f"{told}</main>\n</body>\n</html>\n"
    )


def table_fragment(table: DataTable) -> str:
    """A table as HTML: its caption, its columns named, the first cell of a row its name."""
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in table.header)
    return (
        f"<table>\n<caption>{escaped(table.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{''.join(map(_row, table.rows))}</tbody>\n</table>\n"
    )


def _figure(figure: Figure) -> str:
    drawn, table = figure.draw(Theme.PAGE), table_fragment(figure.table)
    return f'<figure id="{escaped(figure.name)}">\n{drawn}\n{table}</figure>\n'


def _row(cells: tuple[str, ...]) -> str:
    first, *others = map(escaped, cells)
    rest = "".join(f"<td>{cell}</td>" for cell in others)
    return f'<tr><th scope="row">{first}</th>{rest}</tr>\n'
