"""How right and how fast absorption is, against other solvers on the same case, and how it grows.

Part of ``./dev bench``, or alone as ``python -m benchmarks.absorption`` from the root. Every figure
that has a bar says ``met`` or ``MISSED``. Peers run where they can be imported; where not, that is
said. The port of the finite-dose calculator runs where ``PERCUTA_DANCIK_PORT`` names the folder
that holds its package ``skin_perm``. How to get each: ``docs/explanation/absorption.md``.
"""

import contextlib
import importlib
import io
import math
import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np
from tests.layers_by_laplace import UNLIKE
from tests.slab_by_lsoda import by_odeint, by_solve_ivp

from percuta.facts.edition import Facts, open_edition
from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.parameters import (
    body,
    layered_skin,
    permeability,
    saturated_dose,
)
from percuta.science.absorption.problem import Absorbed, Dose
from percuta.science.absorption.resolutions import FINE, WHAT_IF
from percuta.science.numerics.sampling import stream
from percuta.validation.finite_doses import (
    AS_CODES,
    SLAB_DIFFUSIVITY,
    SLAB_END,
    SLAB_THICKNESS,
    slab_passed,
    slab_series,
    slabs_passed,
    testosterone,
)

Found = TypeVar("Found")
PORT = "PERCUTA_DANCIK_PORT"
RUNS, INTERLEAVED = 5, 15
STUDY = Resolution((8, 6, 16), (1.0, 1.0, 1.15), 80, 1.0)

LAGS = 4
ERROR_BAR = 1e-4
TESTOSTERONE_BAR = 0.05
SOLVER_BAR, PORT_BAR = 20, 50
LOOPED, LOOP_BAR = 20, 50
SLABS = SLAB_DIFFUSIVITY * np.linspace(0.8, 1.25, 1000)
SETS_BAR_S, SETS_BAR_MB = 2.0, 500.0


def bar(is_met: bool, words: str) -> str:
    """What a figure had to come to, and whether it did."""
    return f"(bar {words}: {'met' if is_met else 'MISSED'})"


def seconds(run: Callable[[], Found], runs: int = RUNS) -> tuple[float, Found]:
    """Wall time of the fastest of several calls after a first one, and what it gave."""
    found = run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        found = run()
        times.append(time.perf_counter() - start)
    return min(times), found


def fipy_slab() -> float:
    """The same slab by FiPy, implicit; passed is the flow out of the last cell."""
    fipy = importlib.import_module("fipy")
    cells, steps = 200, 400
    mesh = fipy.Grid1D(nx=cells, dx=SLAB_THICKNESS / cells)
    level = fipy.CellVariable(mesh=mesh, value=0.0)
    level.constrain(1.0, mesh.facesLeft)
    level.constrain(0.0, mesh.facesRight)
    equation = fipy.TransientTerm() == fipy.DiffusionTerm(coeff=SLAB_DIFFUSIVITY)
    passed, step, before = 0.0, SLAB_END / steps, 0.0
    for _ in range(steps):
        equation.solve(var=level, dt=step)
        flow = 2 * SLAB_DIFFUSIVITY * float(level.value[-1]) / (SLAB_THICKNESS / cells)
        passed += step * (flow + before) / 2
        before = flow
    return passed


def pypde_slab() -> float:
    """The same slab by py-pde, explicit and adaptive; passed follows from the flow at the end."""
    pde = importlib.import_module("pde")
    cells = 100
    grid = pde.CartesianGrid([[0, 1]], [cells])
    state = pde.ScalarField(grid, 0.0)
    equation = pde.DiffusionPDE(1.0, bc={"x-": {"value": 1}, "x+": {"value": 0}})
    storage = pde.MemoryStorage()
    reduced = SLAB_DIFFUSIVITY * SLAB_END / SLAB_THICKNESS**2
    equation.solve(
        state, t_range=reduced, dt=1e-6, adaptive=True, tracker=storage.tracker(reduced / 400)
    )
    flows = np.array([2 * cells * field[-1] for field in storage.data])
    return float(np.trapezoid(flows, np.array(storage.times))) * SLAB_THICKNESS


def slab() -> None:
    """Slab at four lag times: error and time beside LSODA, FiPy and py-pde."""
    true = slab_series()
    mine, found = seconds(slab_passed)
    mine_missed_by = abs(found / true - 1)
    print(
        f"slab, {LAGS} lag times: {1000 * mine:.0f} ms, error {mine_missed_by:.1e} "
        f"{bar(mine_missed_by < ERROR_BAR, f'under {ERROR_BAR:g}')}"
    )
    slab_by_lsoda(mine_missed_by, true)
    for name, module, peer in (("FiPy", "fipy", fipy_slab), ("py-pde", "pde", pypde_slab)):
        try:
            importlib.import_module(module)
        except ImportError as error:
            print(
                f"  {name}: NOT RUN, it cannot be imported here ({error}): no ratio is claimed, "
                f"its bar of {SOLVER_BAR} x is not judged"
            )
            continue
        theirs, said = seconds(peer, 1)
        missed_by = abs(said / true - 1)
        is_met = theirs >= SOLVER_BAR * mine and mine_missed_by <= missed_by
        print(
            f"  {name}: {theirs:.2f} s, error {missed_by:.1e}; ours is {theirs / mine:.0f} x as "
            f"fast {bar(is_met, f'{SOLVER_BAR} x at no larger error')}"
        )


def interleaved(*runs: Callable[[], object]) -> list[float]:
    """Median times by the clock, taken in turn, so that a slow moment meets all of them."""
    told = [[seconds(run, 1)[0] for run in runs] for _ in range(INTERLEAVED)]
    return [statistics.median(column) for column in zip(*told, strict=True)]


def slab_by_lsoda(mine_missed_by: float, true: float) -> None:
    """What an engineer would pick: SciPy's LSODA with a banded Jacobian; one slab, then 1,000."""
    peers = {"solve_ivp": by_solve_ivp, "odeint": by_odeint}
    mine, *others = interleaved(slab_passed, *peers.values())
    for (name, peer), theirs in zip(peers.items(), others, strict=True):
        missed_by = abs(peer() / true - 1)
        is_met = mine <= theirs and mine_missed_by <= missed_by
        print(
            f"  LSODA, banded, by {name}: {1000 * theirs:.1f} ms, error {missed_by:.1e}; ours is "
            f"{theirs / mine:.1f} x as fast {bar(is_met, 'no slower at no larger error')}"
        )
    together, _ = seconds(lambda: slabs_passed(SLABS))
    few = SLABS[:: len(SLABS) // LOOPED]
    one_by_one, _ = seconds(lambda: [by_odeint(each) for each in few], 3)
    ratio = one_by_one / len(few) * len(SLABS) / together
    print(
        f"  {len(SLABS):,} slabs at once: {1000 * together:.0f} ms, {ratio:.0f} x as fast as LSODA "
        f"one by one, told from {len(few)} of them {bar(ratio >= LOOP_BAR, f'{LOOP_BAR} x')}"
    )


def layers() -> None:
    """Three unlike layers at four lag times: error against an inverted Laplace solution."""
    until = LAGS * UNLIKE.lag
    true = UNLIKE.passed(until)
    endless = Dose(np.array([1e9]), np.array([1.0]), np.array([1.0]))
    for name, grid in (("finest grid", FINE), ("grid beside other codes", AS_CODES)):
        engine = FiniteVolumes(grid)
        took, told = seconds(partial(engine.absorb, UNLIKE.skin, endless, until=until))
        error = abs(float(told.passed[-1, 0]) / true - 1)
        print(
            f"three layers, {LAGS} lag times, {name}: {1000 * took:.0f} ms, error {error:.1e} "
            f"{bar(error < ERROR_BAR, f'under {ERROR_BAR:g}')}"
        )


def port_case() -> float:
    """What the port itself says is absorbed [ug/cm2]; it tells its progress, which is dropped."""
    chemistry = importlib.import_module("skin_perm.chem_data")
    skins = importlib.import_module("skin_perm.skin_data")
    constants = importlib.import_module("skin_perm.constants")
    orchestrator = importlib.import_module("skin_perm.orchestrator")
    chemical = chemistry.ChemDat()
    chemical.set_formula("C19H28O2")
    chemical.set_mw(288.43)
    chemical.set_logkow(3.32)
    chemical.set_melting_point(155.0)
    chemical.set_boiling_point(433.0)
    chemical.set_vapour_pressure(5.75e-8, scale=constants.TORR_TO_PA)
    chemical.set_density(1.12)
    chemical.set_density_temperature(30.0)
    chemical.set_water_solubility(0.0389)
    chemical.set_water_solubility_temperature(35.0)
    chemical.grain_class = constants.GRAIN_HYDROCARBON
    chemical.n_double_bonds, chemical.n_triple_bonds, chemical.n_ring_systems = 2, 0, 4
    skin = skins.SkinProp()
    skin.set_hydration(constants.PARTIALLY_HYDRATED)
    skin.dermis_thickness = 500.0
    dose = skins.DosageDat()
    dose.set_permeant_amount(0.53)
    dose.set_area(1.0)
    asked = skins.OutputParameters()
    asked.max_duration = 24.0
    asked.min_output_step_size = 1.0
    place = skins.EnvOpt(temperature=30.0, wind_speed=0.168)
    with contextlib.redirect_stdout(io.StringIO()):
        result = orchestrator.setup_and_run(
            chemical, skin, place, dose, vv=skins.VehicleDat(1), out_par=asked
        )
    return float(result.Qabs[-1])


def against_the_port(facts: Facts) -> None:
    """Testosterone beside the port of the finite-dose calculator."""
    permeable = np.array([facts.absorption["corneum_permeability", "testosterone"].si()])
    mine, done = seconds(lambda: testosterone(facts, permeable, is_sink_below=True, grid=AS_CODES))
    amount = 1e5 * done.absorbed[-1, 0]
    published = facts.validation["V19a"].published_lo
    is_near = abs(amount / published - 1) < TESTOSTERONE_BAR
    print(
        f"testosterone, 24 h: {1000 * mine:.0f} ms, {amount:.4f} ug/cm2 absorbed "
        f"{bar(is_near, f'within {100 * TESTOSTERONE_BAR:.0f} % of {published:g}')}"
    )
    folder = os.environ.get(PORT)
    if not folder:
        print(
            f"  the port: NOT RUN, {PORT} names no folder: no ratio is claimed, "
            f"its bar of {PORT_BAR} x is not judged"
        )
        return
    sys.path.insert(0, folder)
    theirs, said = seconds(port_case, 1)
    print(
        f"  the port: {theirs:.2f} s, {said:.4f} ug/cm2, ours {100 * (amount / said - 1):+.1f} %; "
        f"ours is {theirs / mine:.0f} x as fast "
        f"{bar(theirs >= PORT_BAR * mine, f'{PORT_BAR} x')}"
    )


def ensemble(facts: Facts, sets: int, resolution: Resolution) -> Absorbed:
    """Finite doses of lidocaine on a face for a day."""
    rng = stream(1, "bench")
    entering = permeability("lidocaine", facts, site="face").draw(sets, rng)
    dose = saturated_dose(
        "lidocaine",
        facts,
        amount=np.full(sets, 0.03),
        depth=np.full(sets, 1e-3),
        removed_at=3600.0,
    )
    blood = body(
        facts, mass=np.full(sets, 70.0), area=np.full(sets, 0.02), depot=np.full(sets, 60.0)
    )
    skin = layered_skin("lidocaine", facts, corneum_permeability=entering)
    return FiniteVolumes(resolution).absorb(skin, dose, until=86400.0, body=blood)


def many(facts: Facts) -> None:
    """1,000 sets for a day, a what-if of 256, and growth with cells and sets."""
    took, _ = seconds(lambda: ensemble(facts, 1000, STUDY), 3)
    tracemalloc.start()
    ensemble(facts, 1000, STUDY)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(
        f"1,000 sets, 24 h, {sum(STUDY.cells)} cells: {took:.2f} s "
        f"{bar(took < SETS_BAR_S, f'{SETS_BAR_S:g} s')}, at most {peak:.0f} MB more memory "
        f"{bar(peak < SETS_BAR_MB, f'{SETS_BAR_MB:g} MB')}"
    )
    wish, _ = seconds(lambda: ensemble(facts, 256, WHAT_IF))
    print(f"what-if, 256 sets, 25 cells: {1000 * wish:.0f} ms for one agent and site")
    by_sets = [seconds(partial(ensemble, facts, n, STUDY), 2)[0] for n in (250, 1000)]
    by_cells = [seconds(partial(ensemble, facts, 100, cells_of(f)), 2)[0] for f in (2, 8)]
    print(
        f"growth: sets^{math.log(by_sets[1] / by_sets[0], 4):.2f}, "
        f"cells^{math.log(by_cells[1] / by_cells[0], 4):.2f} (same steps)"
    )


def cells_of(factor: int) -> Resolution:
    """More cells, the same steps."""
    return Resolution((8 * factor, 6 * factor, 16 * factor), (1.0, 1.0, 1.0), 80, 1.0)


def main() -> None:
    facts = open_edition()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"absorption, load average {load:.1f}")
    slab()
    layers()
    against_the_port(facts)
    many(facts)


if __name__ == "__main__":
    main()
