"""Pure functions of arrays and frozen parameters, in SI units: what needles do to skin."""
