"""Draw the README's picture: both pages of the first example's document, side by side."""

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from percuta.facts.edition import open_edition
from percuta.planning.case.case_file import read_case
from percuta.planning.plan.plan import make_plan
from percuta.report.pdf import write_pdf

ROOT = Path(__file__).parents[1]
CASE = ROOT / "examples" / "cases" / "01-rolling-scars.toml"
PICTURE = ROOT / "docs" / "images" / "plan.png"
SUNK = (243, 240, 232)
MARGIN, SCALE, COLOURS = 24, 1.55, 64


def main() -> None:
    """Write the picture."""
    facts = open_edition()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.pdf"
        write_pdf(make_plan(read_case(CASE, facts), facts), path)
        document = pypdfium2.PdfDocument(path)
        pages = [page.render(scale=SCALE).to_pil() for page in document]
        document.close()
    width, height = pages[0].size
    sheet = Image.new("RGB", (2 * width + 3 * MARGIN, height + 2 * MARGIN), SUNK)
    for number, page in enumerate(pages):
        sheet.paste(page, (MARGIN + number * (width + MARGIN), MARGIN))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    sheet.convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(PICTURE, optimize=True)
    print(f"written: {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
