"""From fact rows to parameters: the figures that the literature prints."""

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.science.absorption.parameters import (
    body,
    cautious_blood,
    corneum_partition,
    dermis,
    layered_skin,
    permeability,
    permeability_at,
    substance,
)
from percuta.science.absorption.retained import stays_in_vehicle
from percuta.units import to_si

# diffusivity [cm2/s] and clearance [1/s] in the dermis: fact rows trans.58 to trans.66
DERMIS = [
    ("lidocaine", 1.23e-6, 1.09e-3),
    ("ascorbic_acid", 2.39e-6, 2.03e-5),
    ("tranexamic_acid", 2.58e-6, 2.07e-5),
]


@pytest.mark.parametrize(("name", "diffusivity", "clearance"), DERMIS)
def test_the_dermis_of_the_research(
    name: str, diffusivity: float, clearance: float, facts: Facts
) -> None:
    tissue = dermis(facts).tissue(substance(name, facts))
    assert tissue.diffusivity == pytest.approx(to_si(diffusivity, "cm2_per_s"), rel=0.02)
    assert tissue.clearance == pytest.approx(clearance, rel=0.02)


def test_the_free_diffusivity_of_lidocaine(facts: Facts) -> None:
    free = dermis(facts).free_diffusivity(substance("lidocaine", facts))
    assert free == pytest.approx(to_si(1.99e-6, "cm2_per_s"), rel=0.01)


def test_potts_and_guy_for_lidocaine(facts: Facts) -> None:
    """log10 of -5.89 in cm/s by the relation (validation list V17), against -5.96 and -6.08."""
    lidocaine = substance("lidocaine", facts)
    found = np.log10(dermis(facts).walls.permeability(lidocaine) / to_si(1, "cm_per_s"))
    assert found == pytest.approx(-6.0, abs=0.12)


def test_testosterone_in_horny_layer_and_unbound(facts: Facts) -> None:
    testosterone = substance("testosterone", facts)
    assert corneum_partition(facts).of(testosterone) == pytest.approx(51.87, abs=0.01)
    assert testosterone.unbound == pytest.approx(0.0608, abs=0.0001)


def test_measured_flux_before_measured_permeability_before_the_relation(facts: Facts) -> None:
    on_face = permeability("lidocaine", facts, site="face")
    assert on_face.fact == "flux.face"
    flux = on_face.median * substance("lidocaine", facts).solubility
    assert flux == pytest.approx(to_si(0.125, "mg_per_cm2_per_h"))
    assert permeability("lidocaine", facts).fact == "log_permeability.lidocaine"
    assert permeability("ascorbic_acid", facts, site="face").fact == "potts_guy_intercept.any"


def test_a_relation_is_told_with_more_spread_than_a_measurement(facts: Facts) -> None:
    assert permeability("ascorbic_acid", facts).spread > 2 * permeability("lidocaine", facts).spread


def test_lidocaine_passes_as_base(facts: Facts) -> None:
    acid, tissue, base = permeability_at("lidocaine", np.array([4.0, 7.4, 10.0]), facts)
    assert acid < tissue < base
    split = permeability("lidocaine", facts, vehicle_ph=4.0)
    assert split.median == pytest.approx(acid)


def test_resistance_of_the_horny_layer_is_that_of_the_permeability(facts: Facts) -> None:
    skin = layered_skin("lidocaine", facts, corneum_permeability=np.array([1e-8, 2e-8]))
    through = skin.diffusivity[0] * skin.partition[0] / skin.thickness[0]
    assert through == pytest.approx([1e-8, 2e-8])


def test_a_diffusion_cell_clears_nothing(facts: Facts) -> None:
    cell = layered_skin(
        "lidocaine", facts, corneum_permeability=np.array([1e-8]), is_sink_below=True
    )
    assert cell.is_sink_below
    assert not cell.clearance.any()


def test_clearance_and_volume_scale_with_mass_and_have_cautious_ends(facts: Facts) -> None:
    mass, area, depot = (np.array([value]) for value in (70.0, 0.02, 60.0))
    middle = body(facts, mass=mass, area=area, depot=depot)
    cautious = body(facts, mass=mass, area=area, depot=depot, end="low")
    assert middle.volume[0] == pytest.approx(0.091)
    assert cautious.volume[0] == pytest.approx(0.042)
    assert cautious.clearance[0] < middle.clearance[0]
    blood = cautious_blood(facts, mass=70.0)
    assert (blood.volume, blood.clearance) == pytest.approx(
        (cautious.volume[0], cautious.clearance[0])
    )


def test_large_hyaluronic_acid_stays_in_the_vehicle(facts: Facts) -> None:
    limit = facts.absorption["retained_above", "hyaluronic_acid"].value
    answer = stays_in_vehicle("hyaluronic acid", 1200, limit=limit)
    assert answer is not None
    assert answer.reason == (
        "hyaluronic acid of 1200 kDa stays in the vehicle: above 50 kDa no passage through skin "
        "can be stated."
    )
    assert stays_in_vehicle("hyaluronic acid", 50, limit=limit) is None


def test_a_hydrated_horny_layer_is_thicker_and_as_permeable(facts: Facts) -> None:
    """Under long occlusion it swells threefold; what it lets through is the same input."""
    entering = np.array([1e-9])
    partly, fully = (
        layered_skin("dpgme", facts, corneum_permeability=entering, is_hydrated=is_hydrated)
        for is_hydrated in (False, True)
    )
    assert fully.thickness[0] == pytest.approx(43.365e-6)
    assert partly.thickness[0] == pytest.approx(13.365e-6)
    for skin in (partly, fully):
        through = skin.diffusivity[0] * skin.partition[0] / skin.thickness[0]
        assert through == pytest.approx(entering)
    assert fully.partition[0] == pytest.approx(1.996, rel=1e-3), "as the code of another says"
