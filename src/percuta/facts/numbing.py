"""Numbing products as they are used here, levels measured after them, maxima, and methaemoglobin.

Editions before 2026-11-30 lack these tables: then every one of them is empty, and plans are made
by the rules of that time.
"""

from percuta.facts.doors import Fact
from percuta.frozen import frozen


@frozen
class NumbingProduct(Fact):
    """How a product of the agents table is used: with a figure or not, covered or not, how widely.

    ``area_most_cm2`` is a policy below what a label allows, ``cover`` is ``yes``, ``no`` or
    ``unknown``.
    """

    has_figure: bool
    cover: str
    area_most_cm2: float | None
    needs_prescriber: bool
    remark: str
    why: str


@frozen
class PlasmaPeak(Fact):
    """One published peak of one drug in the blood after an anaesthetic on skin.

    ``statistic`` says what ``peak_ug_per_ml`` is: a mean, a median, the highest of ``people_n``,
    or a level that nobody reached (``below``). ``use`` is fitted, checked or shown.
    """

    study: str
    product: str
    agent: str
    drug: str
    applied_mg_per_cm2: float | None
    area_cm2: float | None
    wait_min: float | None
    cover: str
    site: str
    weight_kg: float | None
    people_n: int | None
    statistic: str
    peak_ug_per_ml: float
    sd_ug_per_ml: float | None
    use: str
    is_area_assumed: bool
    about: str


@frozen
class DoseMaximum(Fact):
    """The most of a local anaesthetic on one day, as one source prints it."""

    drug: str
    most_mg: float | None
    most_mg_per_kg: float | None
    counts: bool


@frozen
class MethaemoglobinDrug(Fact):
    """A drug, or a class of drugs, that can form methaemoglobin."""

    drug: str
    drug_class: str
