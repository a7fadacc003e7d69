"""How fast the plan page answers a what-if: one press saved and everything drawn anew.

Django's client in process, a real SQLite file, a plan of eight zones. Depths, passes and devices
move in turn over values not seen before as long as there are any, so that cold caches count.
The alternatives in the same run: reading the whole page without saving, and the same press with
no kept figure or puncture. Processor time stands beside wall time, as a busy machine only
lengthens the second.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

if TYPE_CHECKING:
    from django.test import Client

    from percuta.clinic.accounts.models import User
    from percuta.clinic.plans.models import Plan

PRESSES = 300
BARE = 40
ZONES = 8


class Took(NamedTuple):
    """Seconds on the clock and seconds of the processor."""

    wall: float
    busy: float


def main() -> None:
    """Print the middle and the 95th percentile of a press, and the ratio to the alternatives."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PERCUTA_DATA_FOLDER"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "percuta.site.settings")
        import django

        django.setup()
        _measure()


def _measure() -> None:
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    plan, professional = _opened()
    client = Client()
    client.force_login(professional, backend="django.contrib.auth.backends.ModelBackend")
    pressed = _Presses(client, plan)
    warm = [pressed.next() for _ in range(PRESSES)]
    whole = [_seconds(lambda: client.get(pressed.address)) for _ in range(BARE)]
    bare = []
    for _ in range(BARE):
        _forget()
        bare.append(pressed.next())
    _print(warm, whole, bare)


class _Presses:
    """Presses one after another, each on what the one before saved."""

    def __init__(self, client: "Client", plan: "Plan") -> None:
        self.client, self.plan = client, plan
        self.address = f"/plans/{plan.pk}/"
        self.moves = _moves()

    def next(self) -> Took:
        """The seconds of the next press that changes something; the first ones start cold."""
        fields = {**next(self.moves), "seen": str(self._revision())}
        headers = {"HX-Request": "true"}
        answers = []
        took = _seconds(
            lambda: answers.append(self.client.post(self.address, fields, headers=headers))
        )
        if answers[0].status_code not in {200, 422}:
            raise SystemExit(f"a press was answered with {answers[0].status_code}")
        return took

    def _revision(self) -> int:
        newest = self.plan.versions.first()
        if newest is None:
            raise SystemExit("the plan lost its draft")
        return newest.revision


def _moves() -> Iterator[dict[str, str]]:
    """Depths of every zone, passes of every zone, and devices, in an order of chance."""
    from percuta.clinic.edition import facts_in_force

    rng, zones = random.Random(1), _zones()
    pens = [key for key, device in facts_in_force().devices.items() if device.depth_step_mm]
    while True:
        zone = rng.choice(zones)
        yield {"what": "depth", "zone": zone, "depth_mm": f"{rng.randint(1, 6) / 4:g}"}
        yield {"what": "passes", "zone": zone, "passes": str(rng.randint(1, 4))}
        yield {
            "what": "setting",
            "zone": zone,
            "device": rng.choice(pens),
            "operator": "physician",
            "date": "2026-11-23",
            "numbing": "lidocaine_prilocaine_cream",
        }


def _zones() -> list[str]:
    return [
        "cheek_left",
        "cheek_right",
        "forehead",
        "temple_left",
        "temple_right",
        "nose",
        "chin",
        "upper_lip",
    ]


def _opened() -> "tuple[Plan, User]":
    from tests.integration.clinic.people import NOW, consult, draft, open_practice

    from percuta.clinic.consults import actions as consults
    from percuta.facts.edition import open_edition
    from percuta.facts.vocabulary import Concern, Zone

    practice = open_practice("bench")
    consultation = consult(practice, open_edition())
    for zone in _zones()[2:]:
        consults.state_concern(
            by=practice.practitioner,
            at=NOW,
            consultation=consultation,
            concern=Concern.FINE_LINES,
            zone=Zone(zone),
            severity=2,
            kind=None,
            seen=0,
        )
    return draft(practice, consultation), practice.professional


def _forget() -> None:
    """Nothing kept: figures, punctures and words are all made anew."""
    from percuta.planning.depth import reached_depth as needling
    from percuta.web.plans import figures, why

    for kept in (
        figures.drawn_map,
        figures.drawn_thumb,
        figures.drawn_section,
        figures.drawn_ruler,
        why._provenance,
        needling._punctures,
    ):
        kept.cache_clear()


def _seconds(run: Callable[[], object]) -> Took:
    wall, busy = time.perf_counter(), time.process_time()
    run()
    return Took(time.perf_counter() - wall, time.process_time() - busy)


def _print(presses: list[Took], whole: list[Took], bare: list[Took]) -> None:
    print(f"what-if on {ZONES} zones, {len(presses)} presses from cold:")
    for what, place in (("wall", 0), ("processor", 1)):
        times = [took[place] for took in presses]
        middle, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        read, without = (statistics.median(t[place] for t in other) for other in (whole, bare))
        print(
            f"  {what}: median {1000 * middle:.0f} ms, 95th percentile {1000 * late:.0f} ms, "
            f"slowest {1000 * max(times):.0f} ms; {middle / read:.1f} x reading the whole page, "
            f"{middle / without:.2f} x a press with nothing kept"
        )


if __name__ == "__main__":
    main()
