"""The law planned with, frozen: a change of model or facts must be seen and meant.

Made again by ``python -m tests.validation.test_frozen_law`` from the root of the repository.
"""

import json
from pathlib import Path

import pytest

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.needling import reach_of

FILE = Path(__file__).with_name("frozen_law.json")
ZONES = (Zone.PERIORBITAL_LEFT, Zone.TEMPLE_LEFT, Zone.CHEEK_LEFT, Zone.NECK_FRONT)


def computed(facts: Facts) -> dict[str, list[float]]:
    """Share of needles through the dermis [low, middle, high] by device, zone and set depth."""
    found = {}
    for device in ("generic_pen_6", "generic_pen_14", "roller_192_15"):
        for zone in ZONES:
            for set_mm in (1.0, 1.5):
                reach = reach_of(zone, set_mm, facts.devices[device], Sex.FEMALE, facts)
                assert reach is not None
                share = reach.p_through_dermis
                name = f"{device} {zone} {set_mm:g} mm"
                found[name] = [share.low, share.middle, share.high]
    return found


@pytest.mark.parametrize("name", json.loads(FILE.read_text()) if FILE.exists() else ["missing"])
def test_the_law_planned_with_gives_what_it_gave(name: str, facts: Facts) -> None:
    frozen = json.loads(FILE.read_text(encoding="utf-8"))
    assert computed(facts)[name] == pytest.approx(frozen[name], abs=1e-9)


if __name__ == "__main__":
    text = json.dumps(computed(open_edition()), indent=1)
    FILE.write_text(text + "\n", encoding="utf-8")
