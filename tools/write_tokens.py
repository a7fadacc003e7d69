"""Write the style sheet of colours from the palette of the figures, so that page and figure agree.

With ``--check`` nothing is written; the status is 1 if the sheet is out of date.
"""

import argparse
import sys
from pathlib import Path

from percuta.report.figures.palette import token_sheet

SHEET = Path(__file__).resolve().parents[1] / "src/percuta/web/static/percuta/tokens.css"


def main(arguments: list[str] | None = None) -> int:
    """Write the sheet, or check that it is as it would be written now."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if it is stale")
    options = parser.parse_args(arguments)
    text = style_sheet()
    if SHEET.is_file() and SHEET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{'stale' if options.check else 'written'}: {SHEET.name}")
    if options.check:
        return 1
    SHEET.write_text(text, encoding="utf-8")
    return 0


def style_sheet() -> str:
    """Light by default, dark where the device asks for it, white paper in print."""
    return f"/* Written by ./dev docs from the palette of the figures. */\n{token_sheet()}"


if __name__ == "__main__":
    sys.exit(main())
