"""Writing SVG by hand: escaped elements, placed text, and the frame around every figure.

The text is built as strings, so that the same input gives the same bytes on every machine.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from percuta.report.figures.palette import Theme, paint

_SANS = (
    "'Avenir Next','Seravek','Segoe UI','Helvetica Neue','Roboto','Noto Sans',"
    "'DejaVu Sans','Libertinus Serif',sans-serif"
)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_ID = re.compile(r"[^A-Za-z0-9_-]")

# Advance widths in em, by the widest of the fonts above, so that text never outgrows its place.
_NARROW, _DIGIT, _LOWER, _UPPER, _WIDE = 0.37, 0.64, 0.61, 0.74, 0.98
_BOLD = 1.1
_CAP_HEIGHT = 0.72


def element(tag: str, content: str = "", **attributes: str | float | None) -> str:
    """One SVG element; ``content`` is mark-up already, attributes are escaped here.

    ``stroke_width`` becomes ``stroke-width``, ``class_`` becomes ``class``; an attribute that is
    ``None`` is left out.
    """
    written = "".join(
        f' {_attribute_name(name)}="{escaped(_value(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def escaped(text: str) -> str:
    """Text that can stand in an element or an attribute; what XML forbids becomes U+FFFD."""
    clean = _NOT_XML.sub("\ufffd", text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        clean = clean.replace(sign, entity)
    return clean


def number(value: float) -> str:
    """A coordinate with at most two decimals and no needless zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """About how wide a text is at most, in the units of ``size``."""
    total = sum(_advance(letter) for letter in text)
    return total * size * (_BOLD if is_bold else 1.0)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Lines no wider than ``width``, broken between words, inside a word only if it must be."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, size, width):
            longer = f"{lines[-1]} {piece}".strip()
            if width_of(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line]


@dataclass(frozen=True)
class Pen:
    """Draws in one theme; ``name`` keeps the ids of figures on one page apart."""

    theme: Theme
    name: str

    def colour(self, token: str) -> str:
        """The paint of a token of the look."""
        return paint(token, self.theme)

    def id_of(self, part: str) -> str:
        """An id that no other figure on the page has."""
        return _NOT_ID.sub("-", f"{self.name}-{part}")

    def text(
        self,
        content: str,
        x: float,
        y: float,
        *,
        size: float,
        fill: str | None = None,
        anchor: str | None = None,
        is_bold: bool = False,
        class_: str | None = None,
    ) -> str:
        """One line of text whose baseline starts, or with ``anchor`` ends or centres, at x, y."""
        return element(
            "text",
            escaped(content),
            class_=class_,
            x=x,
            y=y,
            font_size=size,
            font_weight="600" if is_bold else None,
            text_anchor=anchor,
            fill=fill or self.colour("ink"),
        )

    def lines(
        self,
        content: Sequence[str],
        x: float,
        y: float,
        *,
        size: float,
        step: float,
        fill: str | None = None,
    ) -> str:
        """Lines of text under each other, ``step`` apart."""
        return "".join(
            self.text(line, x, y + place * step, size=size, fill=fill)
            for place, line in enumerate(content)
        )

    def centred(
        self, content: str, x: float, y: float, *, size: float, fill: str, is_bold: bool = True
    ) -> str:
        """A text with its middle at x, y."""
        baseline = y + size * _CAP_HEIGHT / 2
        return self.text(
            content, x, baseline, size=size, fill=fill, anchor="middle", is_bold=is_bold
        )

    def hatch(self, part: str, *, gap: float, ground: str, ink: str, weight: float) -> str:
        """A pattern of slanted lines; fill with ``url(#...)`` of the id of ``part``."""
        lines = element("rect", width=gap, height=gap, fill=ground) + element(
            "path", d=f"M0 0V{number(gap)}", stroke=ink, stroke_width=weight
        )
        return element(
            "pattern",
            lines,
            id=self.id_of(part),
            width=gap,
            height=gap,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )

    def filled_with(self, part: str) -> str:
        """The ``fill`` that shows a pattern of this figure."""
        return f"url(#{self.id_of(part)})"

    def figure(
        self,
        body: str,
        *,
        title: str,
        description: str,
        box: tuple[float, float, float, float],
        class_: str,
        definitions: str = "",
        role: str = "img",
    ) -> str:
        """The whole figure, with a name and a description for those who do not see it.

        It is an image, or with ``role="group"`` something whose parts can be reached.
        """
        title_id, description_id = self.id_of("title"), self.id_of("desc")
        x, y, width, height = box
        alone = self.theme is not Theme.PAGE
        ground = element("rect", x=x, y=y, width=width, height=height, fill=self.colour("paper"))
        head = element("title", escaped(title), id=title_id)
        head += element("desc", escaped(description), id=description_id)
        head += element("defs", definitions) if definitions else ""
        return element(
            "svg",
            head + (ground if alone else "") + body,
            xmlns="http://www.w3.org/2000/svg",
            class_=f"figure {class_}",
            viewBox=" ".join(number(value) for value in box),
            width=width if alone else None,
            height=height if alone else None,
            role=role,
            aria_labelledby=f"{title_id} {description_id}",
            font_family=_SANS if alone else f"var(--sans,{_SANS})",
        )


def _pieces(word: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _advance(letter: str) -> float:
    if letter in " .,:;'’|!()[]/ijlIft-":
        return _NARROW
    if letter.isdigit():
        return _DIGIT
    if letter in "mwMW%–²" or ord(letter) > 0x24F:
        return _WIDE
    return _UPPER if letter.isupper() else _LOWER


def _attribute_name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)
