"""The law planned with, frozen: a change of model or facts must be seen and meant.

Made again by ``python -m tests.validation.test_frozen_law`` from the root of the repository.
"""

import json
from pathlib import Path

import pytest

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.depth.reached_depth import reach_of

FILES = {
    edition: Path(__file__).with_name(f"frozen_law_{edition}.json")
    for edition in ("2026-11-23", "2026-11-30")
}
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


@pytest.mark.parametrize("edition", FILES)
def test_the_law_planned_with_gives_what_it_gave(edition: str) -> None:
    frozen = json.loads(FILES[edition].read_text(encoding="utf-8"))
    found = computed(open_edition(edition))
    assert list(found) == list(frozen)
    for name, shares in frozen.items():
        assert found[name] == pytest.approx(shares, abs=1e-9), name


if __name__ == "__main__":
    for edition, file in FILES.items():
        text = json.dumps(computed(open_edition(edition)), indent=1)
        file.write_text(text + "\n", encoding="utf-8")
