"""Colours: the tokens of the look, and the ten-step scale of set depth.

The scale is a straight line in OKLab, so that equal steps look equal; deeper is darker in every
theme, and therefore in grey print too. The page variant names a token and carries the light
colour behind it; the other themes write colours alone, for readers that know no tokens.
"""

import math
from enum import StrEnum
from functools import cache

from percuta.errors import FigureError

DEPTH_STEPS_MM = tuple(step / 4 for step in range(1, 11))

_STEP_MM = DEPTH_STEPS_MM[0]
_DEEPEST_MM = DEPTH_STEPS_MM[-1]
_LEAST_CONTRAST = 4.5

Lab = tuple[float, float, float]


class Theme(StrEnum):
    """Where a figure will stand.

    ``page`` follows the tokens of the page around it; the others stand alone.
    """

    PAGE = "page"
    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


_LIGHT = {
    "paper": "#fbf9f4",
    "sunk": "#f3f0e8",
    "ink": "#1b2420",
    "quiet": "#555f59",
    "line": "#dcd7cb",
    "edge": "#85887f",
    "accent": "#1c5a42",
    "on-accent": "#ffffff",
    "wash": "#e4ede6",
    "alarm": "#a3241a",
    "on-alarm": "#ffffff",
    "hair": "#efebe1",
    "brow": "#858c86",
    "skin": "#fbf9f4",
    "off": "#f3f0e8",
    "feature": "#1b2420",
    "seam": "#fbf9f4",
}
_DARK = {
    "paper": "#141917",
    "sunk": "#1b211e",
    "ink": "#e8e5db",
    "quiet": "#a5ada6",
    "line": "#303834",
    "edge": "#76817b",
    "accent": "#8ecbaa",
    "on-accent": "#0f211a",
    "wash": "#203029",
    "alarm": "#ff9c8c",
    "on-alarm": "#2b0a06",
    "hair": "#222926",
    "brow": "#5d6762",
    "skin": "#cbc9bf",
    "off": "#b3b1a6",
    "feature": "#141917",
    "seam": "#cbc9bf",
}
_PRINT = {
    "paper": "#ffffff",
    "sunk": "#f4f4f2",
    "ink": "#000000",
    "quiet": "#3c3f3d",
    "line": "#c4c4c0",
    "edge": "#777874",
    "accent": "#1c5a42",
    "on-accent": "#ffffff",
    "wash": "#e4ede6",
    "alarm": "#a3241a",
    "on-alarm": "#ffffff",
    "hair": "#f1f1ef",
    "brow": "#8a8d8b",
    "skin": "#ffffff",
    "off": "#f4f4f2",
    "feature": "#000000",
    "seam": "#ffffff",
}
_TOKENS = {Theme.LIGHT: _LIGHT, Theme.DARK: _DARK, Theme.PRINT: _PRINT}

_INK_ON = "#0d1412"
_PAPER_ON = "#ffffff"
_BLACK = "#000000"

# Ends of the scale, as lightness, chroma, hue in OKLCh.
_LIGHT_ENDS = ((0.925, 0.02, 215.0), (0.355, 0.115, 268.0))
_DARK_ENDS = ((0.85, 0.026, 215.0), (0.40, 0.125, 268.0))


def paint(token: str, theme: Theme) -> str:
    """The value of a ``fill`` or ``stroke`` that shows a token of the look."""
    if theme is Theme.PAGE:
        return f"var(--{token},{_LIGHT[token]})"
    return _TOKENS[theme][token]


def depth_paint(depth_mm: float, theme: Theme) -> str:
    """The value of a ``fill`` that shows a set depth.

    Between two steps it is their mixture in OKLab. Shallower than the first step and deeper than
    the last it stays at the end colour: the number printed on it says how deep.
    """
    if theme is not Theme.PAGE:
        return depth_colour(depth_mm, theme)
    lower, share = _place(depth_mm)
    if share == 0.0:
        return _step_paint(lower)
    return (
        f"color-mix(in oklab,{_step_paint(lower)},{_step_paint(lower + 1)} {round(share * 100)}%)"
    )


def number_paint(depth_mm: float, theme: Theme) -> str:
    """The value of a ``fill`` for a number printed on the colour of its depth."""
    if theme is not Theme.PAGE:
        return _number_colour(depth_mm, (theme,))
    lower, share = _place(depth_mm)
    colour = _number_colour(depth_mm, (Theme.LIGHT, Theme.DARK))
    return f"var(--t{_code(lower)},{colour})" if share == 0.0 else colour


def depth_colour(depth_mm: float, theme: Theme) -> str:
    """The colour of a set depth in a theme that stands alone, as #rrggbb."""
    lower, share = _place(depth_mm)
    steps = _ramp(Theme.DARK if theme is Theme.DARK else Theme.LIGHT)
    if share == 0.0:
        return hex_of(steps[lower])
    below, above = steps[lower], steps[lower + 1]
    return hex_of(_mixed(below, above, round(share * 100) / 100))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def page_tokens(theme: Theme) -> dict[str, str]:
    """Every token a page must define for this theme, the scale's steps included."""
    tokens = dict(_TOKENS[theme])
    for step, depth_mm in enumerate(DEPTH_STEPS_MM):
        tokens[f"d{_code(step)}"] = depth_colour(depth_mm, theme)
        tokens[f"t{_code(step)}"] = _number_colour(depth_mm, (theme,))
    return tokens


def token_sheet() -> str:
    """Style rules with every token: light, dark where the device asks for it, white in print."""
    light, dark, paper = (_token_rule(theme) for theme in (Theme.LIGHT, Theme.DARK, Theme.PRINT))
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{color-scheme:dark;{dark}}}}}\n"
        f"@media print{{:root{{color-scheme:light;{paper}}}}}\n"
    )


def _token_rule(theme: Theme) -> str:
    return "".join(f"--{name}:{value};" for name, value in page_tokens(theme).items())


def _place(depth_mm: float) -> tuple[int, float]:
    """The step at or below a depth, and the share of the way to the next."""
    if not (math.isfinite(depth_mm) and depth_mm > 0):
        raise FigureError([f"depth {depth_mm} mm: should be a number above 0"])
    inside = min(max(depth_mm, _STEP_MM), _DEEPEST_MM)
    lower, share = divmod(round(inside / _STEP_MM, 6) - 1, 1)
    return int(lower), round(share, 2) % 1


def _code(step: int) -> str:
    return f"{(step + 1) * 25:03d}"


def _step_paint(step: int) -> str:
    return f"var(--d{_code(step)},{hex_of(_ramp(Theme.LIGHT)[step])})"


def _number_colour(depth_mm: float, themes: tuple[Theme, ...]) -> str:
    """The first of the looks' two inks that can be read in every theme, else plain black."""
    grounds = [depth_colour(depth_mm, theme) for theme in themes]
    for ink in (_INK_ON, _PAPER_ON):
        if all(contrast(ink, ground) >= _LEAST_CONTRAST for ground in grounds):
            return ink
    return _BLACK


@cache
def _ramp(theme: Theme) -> tuple[Lab, ...]:
    first, last = (_lab(*end) for end in (_DARK_ENDS if theme is Theme.DARK else _LIGHT_ENDS))
    count = len(DEPTH_STEPS_MM) - 1
    return tuple(_mixed(first, last, step / count) for step in range(count + 1))


def _lab(lightness: float, chroma: float, hue_degrees: float) -> Lab:
    hue = math.radians(hue_degrees)
    return lightness, chroma * math.cos(hue), chroma * math.sin(hue)


def _mixed(one: Lab, other: Lab, share: float) -> Lab:
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


def hex_of(lab: Lab) -> str:
    """An OKLab colour as #rrggbb (Ottosson's matrices; out of range is cut to the screen's)."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _encoded(part)):02x}" for part in linear)


def _encoded(linear: float) -> float:
    inside = min(max(linear, 0.0), 1.0)
    return 12.92 * inside if inside <= 0.0031308 else 1.055 * inside ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
