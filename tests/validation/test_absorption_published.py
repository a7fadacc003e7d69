"""Published figures of absorption against the model, as frozen in ``absorption_rows.csv``."""

import csv
import math
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from percuta.facts.agents import Agent
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.blood_level import NumbedSkin, blood_level
from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.parameters import (
    body,
    dermis,
    layered_skin,
    permeability,
    permeability_at,
    potts_guy,
    saturated_dose,
    substance,
)
from percuta.science.channels.open_area import conductance
from percuta.science.numerics.sampling import stream
from percuta.units import to_si

Row = dict[str, str]
TEXT = Path(__file__).with_name("absorption_rows.csv").read_text(encoding="utf-8")
ROWS: dict[str, Row] = {row["row"]: row for row in csv.DictReader(TEXT.splitlines())}
MIDDLES = {
    "V21": 0.142,
    "V22": 0.172,
    "V23": 0.089,
    "V24": 0.623,
    "V25": 0.312,
    "V27a": 0.029,
    "V27b": 0.235,
}
"""What the model said when the rows were first computed [ug/mL], as the documentation prints."""

PLASMA = tuple(MIDDLES)
DRAWS, MASS = 400, 70.0
ENGINE = FiniteVolumes(Resolution((12, 4, 14), (1.2, 1.3, 1.25), 60, 2.0))


class Told(NamedTuple):
    """The 5 to 95 % band of the model, with its middle."""

    low: float
    middle: float
    high: float


def plasma(row: Row, facts: Facts) -> Told:
    """The highest blood level of 400 people of 70 kg [ug/mL], lidocaine alone."""
    rng = stream(1, row["row"])
    site = row["site"] or None
    entering = permeability("lidocaine", facts, site=site).draw(DRAWS, rng)
    area, depot = np.full(DRAWS, to_si(float(row["area_cm2"]), "cm2")), 0.0
    if site is not None:
        depot = facts.absorption["depot_time", site].si()
    mass = to_si(float(row["grams"]), "g") * to_si(float(row["mg_per_g"]), "mg_per_g")
    dose = saturated_dose(
        "lidocaine",
        facts,
        amount=mass / area,
        depth=np.full(DRAWS, 1e-3),
        removed_at=to_si(float(row["minutes"]), "min"),
    )
    person = body(
        facts, mass=np.full(DRAWS, MASS), area=area, depot=np.full(DRAWS, max(depot, 1.0))
    )
    done = ENGINE.absorb(
        layered_skin("lidocaine", facts, corneum_permeability=entering),
        dose,
        until=86400.0,
        body=person,
    )
    assert done.plasma is not None
    peaks = done.plasma.max(axis=0) / to_si(1, "ug_per_ml")
    return Told(*(float(value) for value in np.quantile(peaks, [0.05, 0.5, 0.95])))


def is_met(row: Row, predicted: float) -> bool:
    published, tolerance = float(row["published"]), float(row["tolerance"])
    if row["kind"] == "within":
        return abs(predicted - published) <= tolerance
    if row["kind"] == "at_most":
        return predicted <= published * tolerance
    return published / tolerance <= predicted <= published * tolerance


@pytest.mark.parametrize("name", PLASMA)
def test_the_middle_of_the_blood_level(name: str, facts: Facts) -> None:
    told = plasma(ROWS[name], facts)
    assert is_met(ROWS[name], told.middle), told
    assert told.middle == pytest.approx(MIDDLES[name], rel=0.02)


def test_v27_the_study_said_less_than_the_middle_of_the_model(facts: Facts) -> None:
    """A known failure that stays visible: inside the factor of 3, above the figure itself."""
    told = plasma(ROWS["V27b"], facts)
    assert told.middle > 2 * float(ROWS["V27b"]["published"])
    assert told.low > float(ROWS["V27b"]["published"])


@pytest.mark.parametrize(("name", "ph"), [("V15a", 6.0), ("V15b", 7.8)])
def test_v15_lidocaine_between_the_fitted_ends(name: str, ph: float, facts: Facts) -> None:
    found = permeability_at("lidocaine", np.array([ph]), facts)[0]
    predicted = math.log10(found / to_si(1, "cm_per_s"))
    assert is_met(ROWS[name], predicted)


@pytest.mark.parametrize("name", ["V17a", "V17b"])
def test_v17_potts_and_guy_for_lidocaine(name: str, facts: Facts) -> None:
    found = potts_guy(facts).permeability(substance("lidocaine", facts))
    predicted = math.log10(found / to_si(1, "cm_per_s"))
    assert is_met(ROWS[name], predicted)


def test_v29_naloxone_at_twice_the_length(facts: Facts) -> None:
    """Fitted to 37 times at 250 um: the acting area; the same channels, 500 um needles."""
    naloxone = substance("naloxone", facts)
    through = permeability("naloxone", facts).median
    carried = conductance(
        np.ones(1),
        diffusivity=dermis(facts).free_diffusivity(naloxone),
        length=facts.absorption["channel_diffusion_length", "any"].si(),
    )[0]
    fitted = (37 - 1) * through / carried
    predicted = 1 + fitted * carried / through
    assert is_met(ROWS["V29"], predicted)


def alone(row: Row, facts: Facts) -> Agent:
    """A product with lidocaine alone, as strong as that of the study."""
    agent = facts.agents["lidocaine_4_cream"]
    return Agent(**{**vars(agent), "anaesthetic_mg_per_g": float(row["mg_per_g"])})


def bound(row: Row, agent: Agent, facts: Facts) -> float:
    zones = {"face": (Zone.CHEEK_LEFT,), "thigh": (Zone.THIGH_LEFT,)}.get(row["site"], ())
    skin = NumbedSkin(zones=zones, area_cm2=float(row["area_cm2"]), minutes=float(row["minutes"]))
    return blood_level(
        agent, skin, facts, grams=float(row["grams"]), weight_kg=MASS, other_mg=0.0
    ).plasma_ug_per_ml_upper


@pytest.mark.parametrize("name", PLASMA)
def test_the_mean_of_every_study_lies_below_the_bound(name: str, facts: Facts) -> None:
    row = ROWS[name]
    assert float(row["published"]) <= bound(row, alone(row, facts), facts)


def test_v24_the_highest_of_52_people_lies_above_the_bound_of_lidocaine_alone(
    facts: Facts,
) -> None:
    """A known failure: 3.4 ug/mL under a compounded 23% ointment, where 2.4 is the bound.

    Counting its tetracaine in, as plans do, the bound is above. No plan holds such a product.
    """
    row = ROWS["V24"]
    assert bound(row, alone(row, facts), facts) < float(row["highest"])
    peel = facts.agents["lidocaine_tetracaine_peel"]
    assert bound(row, peel, facts) > float(row["highest"])
