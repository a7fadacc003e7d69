"""A topical over channels: an ensemble as one call, one person a set, beside intact skin."""

import numpy as np
import pytest

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.science.absorption.finite_volume import FiniteVolumes
from percuta.science.absorption.over_channels import (
    Film,
    GoneIn,
    NeedledSkin,
    draw_film,
    draw_skin,
    gone_in,
)
from percuta.science.absorption.resolutions import WHAT_IF
from percuta.science.channels.parameters import barrier_clock
from percuta.units import to_si

SETS, SEED = 64, 3
DAY = to_si(24, "h")
NAME = "tranexamic_acid"


def skin(facts: Facts, name: str = NAME, **changes: object) -> NeedledSkin:
    told = {
        "density": to_si(229, "per_cm2"),
        "reach": np.full((1, SETS), to_si(0.7, "mm")),
        "clock": barrier_clock(facts, covered=True, site="cheek", length_mm=1.0),
        "sets": SETS,
        "seed": SEED,
        **changes,
    }
    return draw_skin(name, facts, **told)  # type: ignore[arg-type]


def film(facts: Facts) -> Film:
    return draw_film(facts, concentration=5.0, sets=SETS, seed=SEED, removed_at=DAY)


def told(facts: Facts, found: NeedledSkin, *, is_needled: bool = True) -> GoneIn:
    return gone_in(
        NAME,
        facts,
        skin=found,
        film=film(facts),
        until=DAY,
        engine=FiniteVolumes(WHAT_IF),
        is_needled=is_needled,
    )


def test_needled_skin_lets_in_more_than_the_same_skin_intact_in_every_person(facts: Facts) -> None:
    needled = told(facts, skin(facts))
    intact = told(facts, skin(facts), is_needled=False)
    assert (needled.share[1:] > intact.share[1:]).all()
    low, middle, high = np.quantile(needled.share[-1] / intact.share[-1], [0.05, 0.5, 0.95])
    assert 1 < low < middle < high
    assert high > 30 * low  # wide, and told so


def test_the_share_stays_between_nothing_and_all_and_what_passed_has_gone_in(facts: Facts) -> None:
    found = told(facts, skin(facts))
    assert found.share[0] == pytest.approx(np.zeros(SETS))
    assert (found.share <= 1 + 1e-12).all()
    assert (np.diff(found.share, axis=0) >= 0).all()
    assert (found.through <= found.share + 1e-12).all()


def test_a_person_alone_has_what_they_have_in_a_crowd(facts: Facts) -> None:
    crowd = skin(facts)
    alone = NeedledSkin(
        corneum_permeability=crowd.corneum_permeability[7:8],
        dermis=crowd.dermis[7:8],
        open_area=crowd.open_area[7:8],
        closing=crowd.closing[7:8],
        reach=crowd.reach[:, 7:8],
    )
    layer = film(facts)
    one = gone_in(
        NAME,
        facts,
        skin=alone,
        film=Film(layer.concentration[7:8], layer.depth[7:8], layer.removed_at),
        until=DAY,
        engine=FiniteVolumes(WHAT_IF),
    )
    assert one.share[:, 0] == pytest.approx(told(facts, crowd).share[:, 7], rel=1e-9)


def test_sites_beside_each_other_are_one_call(facts: Facts) -> None:
    thin = skin(facts, dermis_thickness=np.full(SETS, to_si(1, "mm")))
    both = skin(facts).beside(thin)
    assert both.reach.shape == (1, 2 * SETS)
    assert both.dermis[SETS:] == pytest.approx(thin.dermis)
    assert both.open_area[:SETS] == pytest.approx(both.open_area[SETS:])


def test_density_may_differ_from_person_to_person(facts: Facts) -> None:
    density = to_si(1, "per_cm2") * np.linspace(10, 1000, SETS)
    few, each = skin(facts, density=density[0]), skin(facts, density=density)
    assert each.open_area[0] == pytest.approx(few.open_area[0])
    assert (each.open_area[1:] > few.open_area[1:]).all()


def test_moments_between_are_read_straight(facts: Facts) -> None:
    found = told(facts, skin(facts))
    middle = (found.time[4] + found.time[5]) / 2
    asked = found.at(np.array([found.time[4], middle]))
    assert asked[0] == pytest.approx(found.share[4])
    assert asked[1] == pytest.approx((found.share[4] + found.share[5]) / 2)


@pytest.mark.parametrize("name", ["lidocaine", "prilocaine", "tetracaine"])
def test_an_anaesthetic_is_never_put_over_channels(name: str, facts: Facts) -> None:
    with pytest.raises(OutsideValidity, match="never put on needled skin"):
        gone_in(
            name,
            facts,
            skin=skin(facts, name),
            film=film(facts),
            until=DAY,
            engine=FiniteVolumes(WHAT_IF),
        )


def test_a_film_of_nothing_has_no_share(facts: Facts) -> None:
    empty = Film(np.zeros(SETS), np.full(SETS, 1e-5))
    with pytest.raises(OutsideValidity, match="no share"):
        gone_in(
            NAME,
            facts,
            skin=skin(facts),
            film=empty,
            until=DAY,
            engine=FiniteVolumes(WHAT_IF),
        )
