"""``percuta puncture`` and ``percuta depth``: the needling model for engineers."""

import argparse
import csv
import json
import math
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from percuta.cli.exits import PLAN_MADE
from percuta.cli.figures import write_figure
from percuta.cli.output import write
from percuta.errors import Faults, OutsideValidity
from percuta.facts.devices import Device
from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.depth.reached_depth import reach_of
from percuta.planning.dose.density import Density, density_of, passes_like, strikes_per_cm2
from percuta.planning.dose.passes import counted, whole_passes
from percuta.science.puncture.bench import measured_efficiency
from percuta.science.puncture.efficiency import MeasuredEfficiency
from percuta.science.puncture.parameters import bench_of, efficiency_prior, entry_law, reduced_law
from percuta.units import to_si

_COLUMNS = ("set_depth_mm", "reached_depth_mm")


def add_to(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    facts_options: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add both commands."""
    holes = commands.add_parser("puncture", help="holes per cm2 of a device, beside another")
    holes.add_argument("device", help="a key of the device table")
    dose = holes.add_mutually_exclusive_group()
    dose.add_argument("--passes", type=int, default=1, help="sweeps over the skin (1)")
    dose.add_argument(
        "--strikes-per-cm2", type=float, metavar="DENSITY", help="derive whole passes from it"
    )
    holes.add_argument("--against", metavar="DEVICE", help="the same density on another device")
    holes.add_argument(
        "--tip-um", type=float, metavar="WIDTH", help="width of the tip: the force to enter, too"
    )
    holes.add_argument(
        "--figure", type=Path, metavar="FILE.svg", help="draw a square centimetre of each"
    )
    holes.set_defaults(command=_puncture)
    ends = commands.add_parser("depth", help="where needles truly end in a zone")
    ends.add_argument("device", help="a key of the device table")
    ends.add_argument("--zone", type=Zone, required=True, help="a zone, such as cheek_left")
    ends.add_argument("--sex", type=Sex, required=True, help="female or male")
    ends.add_argument("--set-mm", type=float, required=True, help="what the dial says, in mm")
    ends.add_argument(
        "--bench",
        type=Path,
        metavar="CSV",
        help=f"depths measured with this device: columns {', '.join(_COLUMNS)}",
    )
    ends.set_defaults(command=_depth)
    for parser in (holes, ends):
        facts_options(parser)


def _device(key: str, facts: Facts) -> Device:
    if key not in facts.devices:
        raise Faults([f"device '{key}' is not known; there are {', '.join(facts.devices)}"])
    return facts.devices[key]


def _puncture(options: argparse.Namespace) -> int:
    facts = open_edition(options.edition, shelf=options.shelf)
    device = _device(options.device, facts)
    passes = _passes(options, device, facts)
    density = density_of(device, passes, facts)
    answer: dict[str, object] = {"device": device.key, "passes": passes, **density.model_dump()}
    lines = [f"{device.name}, {counted(passes)}", *_density_lines(density)]
    if options.tip_um is not None:
        entry = _entry(options.tip_um, facts)
        answer |= entry
        lines.append(_entry_line(entry))
    doses = [(device, passes)]
    if options.against:
        other = _device(options.against, facts)
        exact = round(passes_like(device, passes, other, facts), 2)
        whole = whole_passes(other, strikes_per_cm2(device, passes, facts), facts)
        there = density_of(other, whole, facts)
        answer |= {"against": other.key, "passes_against": exact, "whole_passes_against": whole}
        answer |= {"density_against": there.model_dump()}
        lines.append(f"As many strikes on {other.name} take {exact:g} passes.")
        lines += [f"{other.name}, {counted(whole)}", *_density_lines(there)]
        doses.append((other, whole))
    if options.figure is not None:
        write_figure(_drawn(doses, facts), options.figure)
    write(json.dumps(answer, indent=2) + "\n" if options.json else "\n".join(lines) + "\n")
    return PLAN_MADE


def _drawn(doses: Iterable[tuple[Device, int]], facts: Facts) -> str:
    """The puncture field of one device, or of two side by side."""
    from percuta.report.figures.palette import Theme
    from percuta.report.figures.puncture_field import density_data, puncture_field
    from percuta.report.figures.puncture_pair import puncture_pair

    one, *others = (
        density_data(device.name, passes, density_of(device, passes, facts), facts)
        for device, passes in doses
    )
    if others:
        return puncture_pair(one, others[0], theme=Theme.LIGHT)
    return puncture_field(one, theme=Theme.LIGHT)


def _passes(options: argparse.Namespace, device: Device, facts: Facts) -> int:
    wanted = options.strikes_per_cm2
    if wanted is None and options.passes < 1:
        raise Faults([f"--passes {options.passes}: at least one"])
    if wanted is None:
        return int(options.passes)
    if not (math.isfinite(wanted) and wanted > 0):
        raise Faults([f"--strikes-per-cm2 {wanted:g}: a number above 0"])
    return whole_passes(device, wanted, facts)


def _density_lines(density: Density) -> Iterator[str]:
    yield (
        f"  {density.strikes_per_cm2:.0f} strikes per cm2 "
        f"({density.strikes_per_cm2_low:.0f} to {density.strikes_per_cm2_high:.0f})"
    )
    yield (
        f"  {density.covered_pct:g}% of the surface under a hole "
        f"({density.covered_pct_low:g} to {density.covered_pct_high:g})"
    )
    yield (
        f"  half of all holes have another within {density.hole_distance_mm:g} mm "
        f"({density.hole_distance_mm_low:g} to {density.hole_distance_mm_high:g})"
    )
    yield (
        f"  {density.twice_the_plan_pct:g}% of square centimetres get more than twice as many "
        f"({density.twice_the_plan_pct_low:g} to {density.twice_the_plan_pct_high:g})"
    )
    yield f"  {density.grade_words}"


def _entry(tip_um: float, facts: Facts) -> dict[str, float]:
    """Force at which one needle enters, with its ends."""
    try:
        low, middle, high = (
            entry_law(facts, end=end).force(to_si(tip_um, "um")) / to_si(1.0, "mn")
            for end in ("low", "value", "high")
        )
    except OutsideValidity as error:
        raise Faults([f"--tip-um {tip_um:g}: {error}"]) from error
    return {
        "tip_um": tip_um,
        "entry_force_mn": round(middle, 1),
        "entry_force_mn_low": round(low, 1),
        "entry_force_mn_high": round(high, 1),
    }


def _entry_line(entry: dict[str, float]) -> str:
    low, middle, high = (entry[f"entry_force_mn{end}"] for end in ("_low", "", "_high"))
    return f"  each needle enters at {middle:g} mN ({low:g} to {high:g})"


def _depth(options: argparse.Namespace) -> int:
    facts = open_edition(options.edition, shelf=options.shelf)
    device = _device(options.device, facts)
    if not device.depth_min_mm <= options.set_mm <= device.depth_max_mm:
        span = f"{device.depth_min_mm:g} to {device.depth_max_mm:g} mm"
        raise Faults([f"--set-mm {options.set_mm:g}: {device.name} can be set to {span}"])
    measured = _measured(options.bench, device, facts) if options.bench else None
    reach = reach_of(options.zone, options.set_mm, device, options.sex, facts, measured=measured)
    if reach is None:
        raise Faults([f"{options.zone}: no usable thickness of this skin was published"])
    answer = reach.model_dump(mode="json")
    lines = [reach.why.text]
    for name in ("reached_mm", "epidermis_mm", "dermis_end_mm"):
        band = getattr(reach, name)
        lines.append(f"  {name}: {band.middle:g} ({band.low:g} to {band.high:g})")
    if measured is not None:
        low, high = measured.interval(0.9)
        answer["bench"] = {"needles": measured.needles, "source": measured.source}
        answer["bench"] |= {"efficiency_low": round(low, 3), "efficiency_high": round(high, 3)}
        lines.append(
            f"  achieved over set depth {low:.2f} to {high:.2f}: {measured.needles} needles"
        )
    write(json.dumps(answer, indent=2) + "\n" if options.json else "\n".join(lines) + "\n")
    return PLAN_MADE


def _measured(path: Path, device: Device, facts: Facts) -> MeasuredEfficiency:
    """The device's own efficiency from its bench data."""
    rows = _bench_rows(path)
    try:
        return measured_efficiency(
            efficiency_prior(device, facts),
            reduced_law(device, facts),
            set_depth=np.array([to_si(set_mm, "mm") for set_mm, _ in rows]),
            reached=np.array([to_si(reached_mm, "mm") for _, reached_mm in rows]),
            bench=bench_of(facts),
            source=path.name,
        )
    except OutsideValidity as error:
        raise Faults([f"{path}: {error}"]) from error


def _bench_rows(path: Path) -> list[tuple[float, float]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            lacking = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if lacking:
                raise Faults([f"{path}: column {name} is missing" for name in lacking])
            rows, faults = [], []
            for line, row in enumerate(reader, start=2):
                try:
                    rows.append((float(row[_COLUMNS[0]]), float(row[_COLUMNS[1]])))
                except (TypeError, ValueError):
                    faults.append(f"{path}, line {line}: {row} holds no two numbers")
    except (OSError, UnicodeDecodeError) as error:
        raise Faults([f"{path}: cannot be read as a table"]) from error
    if faults:
        raise Faults(faults)
    return rows
