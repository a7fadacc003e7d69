"""Decisions as frozen data: person, screening, limits, plan, series."""
