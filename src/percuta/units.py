"""The only unit conversions in Percuta.

At every edge (file, form, JSON, command) a quantity's name carries its unit; inside
``percuta.science`` it is SI. Factors are exact by definition of the units.
"""

from percuta.errors import UnknownUnit

_SI_FACTOR = {
    "1": 1.0,
    "n": 1.0,
    "pct": 1e-2,
    "m": 1.0,
    "cm": 1e-2,
    "mm": 1e-3,
    "um": 1e-6,
    "cm2": 1e-4,
    "kg": 1.0,
    "g": 1e-3,
    "mg": 1e-6,
    "ug": 1e-9,
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "days": 86400.0,
    "weeks": 7 * 86400.0,
    "months": 30.4375 * 86400.0,
    "years": 365.25 * 86400.0,
    "hz": 1.0,
    "mn": 1e-3,
    "mn_per_um": 1e3,
    "mg_per_g": 1e-3,
    "mg_per_kg": 1e-6,
    "g_per_cm2": 10.0,
    "cm2_per_min": 1e-4 / 60.0,
    "per_cm2": 1e4,
    "per_m2": 1.0,
    "cm_per_s": 1e-2,
    "bytes": 1.0,
    "g_per_mol": 1e-3,
    "kda": 1.0,
    "cm2_per_s": 1e-4,
    "per_cm": 1e2,
    "per_s": 1.0,
    "cm_per_h": 1e-2 / 3600.0,
    "mg_per_ml": 1.0,
    "ug_per_ml": 1e-3,
    "mg_per_cm2": 1e-2,
    "mg_per_cm2_per_h": 1e-2 / 3600.0,
    "ml_per_min_per_kg": 1e-6 / 60.0,
    "l_per_kg": 1e-3,
}


def is_known(unit: str) -> bool:
    """Whether ``unit`` can be converted here."""
    return unit in _SI_FACTOR


def known_units() -> tuple[str, ...]:
    """Every unit that a fact column or a field name may carry."""
    return tuple(_SI_FACTOR)


def to_si(value: float, unit: str) -> float:
    """Convert ``value`` in ``unit`` to SI.

    Raises
    ------
    UnknownUnit
        If the unit is not in the table above.
    """
    if unit not in _SI_FACTOR:
        raise UnknownUnit(f"unit '{unit}' is not known; known are {', '.join(_SI_FACTOR)}")
    return value * _SI_FACTOR[unit]


def convert(value: float, *, source: str, target: str) -> float:
    """Convert ``value`` between two units of the same kind, for example weeks to days.

    The caller names both units; mixing kinds (mm to g) is a mistake that the names show.
    """
    return to_si(value, source) / to_si(1.0, target)
