"""One-dimensional absorption through layers and channels, by conservative finite volumes.

Notes
-----
In each cell ``K dz du/dt = flux in - flux out - k K dz u + G p (u_d - u)`` with ``u`` the
concentration in terms of the vehicle's water, so that fluxes are continuous between layers.
The vehicle drives with ``u_d = min(M / h, S)``: activity is capped at saturation. Time is
stepped by a stiffly accurate, L-stable, two-stage diagonally implicit Runge-Kutta method of
second order; what leaves one place in a stage enters another in the same stage, so that mass is
kept to rounding.

References
----------
Alexander (1977), doi 10.1137/0714068, for the method in time; Dancik et al. (2013),
doi 10.1016/j.addr.2012.01.006, for the layered finite-dose skin.
"""

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import final

import numpy as np
from numpy.typing import NDArray

from percuta.science.absorption.engine import AbsorptionEngine
from percuta.science.absorption.problem import Absorbed, Body, Channels, Dose, LayeredSkin, Sets
from percuta.science.numerics.grids import graded_times, graded_widths
from percuta.science.numerics.tridiagonal import Cells, Factored, solved

_GAMMA = 1.0 - 1.0 / np.sqrt(2.0)


@dataclass(frozen=True)
class Resolution:
    """How finely to compute: cells of each layer with their grading, steps of each stretch."""

    cells: tuple[int, ...]
    grading: tuple[float, ...]
    steps: int
    first_step: float

    def finer(self, factor: int) -> "Resolution":
        """The same with every cell and step split in ``factor``."""
        return replace(
            self,
            cells=tuple(cells * factor for cells in self.cells),
            grading=tuple(ratio ** (1 / factor) for ratio in self.grading),
            steps=self.steps * factor,
            first_step=self.first_step / factor,
        )


@dataclass(frozen=True)
class _Mesh:
    """Capacities and conductances of the cells.

    ``cleared`` by capillaries; ``beside`` is what neighbours let through, below 0 as the systems
    hold it; ``leaving`` is everything that leads out of a cell but into the vehicle.
    """

    layers: tuple[slice, ...]
    bottom: Cells
    width: Cells
    capacity: Cells
    cleared: Cells
    beside: Cells
    leaving: Cells
    to_vehicle: Sets
    to_sink: Sets
    has_clearance: bool


@dataclass
class _State:
    """Concentrations and amounts at one moment; each array has one column a set."""

    skin: Cells
    vehicle: Sets
    cleared: Sets
    passed: Sets
    depot: Sets
    plasma: Sets

    def beyond(self, other: "_State", times: float) -> "_State":
        """The state so many times as far from this one as another is, in its direction."""
        found = []
        for name in self.__dataclass_fields__:
            here, there = getattr(self, name), getattr(other, name)
            if here is there:
                found.append(here)
                continue
            way = there - here
            way *= times
            way += here
            found.append(way)
        return _State(*found)


@final
class FiniteVolumes(AbsorptionEngine):
    """The engine; see the module. ``resolution`` says how finely it computes."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution

    def absorb(
        self,
        skin: LayeredSkin,
        dose: Dose,
        *,
        until: float,
        channels: Channels | None = None,
        body: Body | None = None,
    ) -> Absorbed:
        """What becomes of a dose until a moment [s]."""
        mesh = _mesh(skin, self.resolution)
        shares = _shares(mesh, channels) if channels is not None else None
        times = graded_times(
            until,
            first=self.resolution.first_step,
            steps=self.resolution.steps,
            events=(dose.removed_at,),
        )
        state = _start(mesh, dose)
        wiped = np.zeros_like(state.vehicle)
        told = _untold(times, mesh, has_body=body is not None)
        _tell(told, 0, state, wiped, mesh)
        is_on = True
        stage = _Stage(mesh, dose, channels, shares, body)
        for moment, (start, end) in enumerate(pairwise(times), start=1):
            if is_on and start >= dose.removed_at:
                is_on = False
                wiped, state = state.vehicle, replace(state, vehicle=np.zeros_like(wiped))
                stage = _Stage(mesh, None, channels, shares, body)
            state = stage.step(state, start, end)
            _tell(told, moment, state, wiped, mesh)
        return told


_STAGES = 2
_SAME_STEP = 1e-9
"""Steps that differ by a smaller share of themselves differ by rounding alone."""


@dataclass(frozen=True)
class _Systems:
    """Systems that hold for every stage of one length: taken apart, and driven by the vehicle."""

    step: float
    capacity_over_step: Cells
    factored: Factored
    driven: Cells


class _Stage:
    """One implicit stage: the state at its end, found by elimination."""

    def __init__(
        self,
        mesh: _Mesh,
        dose: Dose | None,
        channels: Channels | None,
        shares: Cells | None,
        body: Body | None,
    ) -> None:
        self._mesh = mesh
        self._dose = dose
        self._channels = channels
        self._shares = shares
        self._body = body
        self._last_step, self._times_in_a_row = 0.0, 0
        self._systems: _Systems | None = None

    def step(self, state: _State, start: float, end: float) -> _State:
        """Both stages of one step; the second ends where the step does."""
        implicit = _GAMMA * (end - start)
        first = self._after(state, start + implicit, implicit)
        halfway = state.beyond(first, (1 - _GAMMA) / _GAMMA)
        return self._after(halfway, end, implicit)

    def _after(self, known: _State, time: float, step: float) -> _State:
        """The state one implicit ``step`` after ``known``."""
        mesh = self._mesh
        skin, vehicle, entering = self._solved(known, time, step)
        passed = mesh.to_sink * skin[-1]
        taken, inwards = known.cleared, passed
        if mesh.has_clearance:
            cleared = np.einsum("ij,ij->j", mesh.cleared, skin)
            taken, inwards = known.cleared + step * cleared, cleared + passed
        depot, plasma = self._in_body(known, inwards, step)
        return _State(
            skin=skin,
            vehicle=known.vehicle - step * entering,
            cleared=taken,
            passed=known.passed + step * passed,
            depot=depot,
            plasma=plasma,
        )

    def _conductances(self, time: float) -> Cells:
        """From the vehicle to the cells that it reaches [m/s], those below left out.

        Through the surface it reaches the first cell alone, along channels every one.
        """
        mesh = self._mesh
        if self._dose is None:
            return mesh.capacity[:0]
        if self._channels is None or self._shares is None:
            return mesh.to_vehicle[None]
        drives = self._channels.at(time) * self._shares
        drives[0] += mesh.to_vehicle
        return drives

    def _solved(self, known: _State, time: float, step: float) -> tuple[Cells, Sets, Sets]:
        """Levels in skin and vehicle, and what enters; skin is ``fixed + driven * vehicle``."""
        drives = self._conductances(time)
        fixed, driven = self._fixed_and_driven(known.skin, drives, step)
        if self._dose is None:
            nothing = np.zeros_like(known.vehicle)
            return fixed, nothing, nothing
        reached = slice(len(drives))
        given = np.einsum("ij,ij->j", drives, 1 - driven[reached])
        returned = np.einsum("ij,ij->j", drives, fixed[reached])
        undersaturated = (known.vehicle + step * returned) / (self._dose.depth + step * given)
        vehicle = np.minimum(undersaturated, self._dose.saturation)
        skin = driven * vehicle
        skin += fixed
        return skin, vehicle, given * vehicle - returned

    def _fixed_and_driven(self, skin: Cells, drives: Cells, step: float) -> tuple[Cells, Cells]:
        """What skin would hold under an empty vehicle, and how much more for each unit in it."""
        mesh, again = self._mesh, self._systems
        if again is not None and _is_same(step, again.step):
            return again.factored.solved(again.capacity_over_step * skin), again.driven
        diagonal = mesh.capacity / step
        rights = np.zeros((len(diagonal), 1 if self._dose is None else 2, diagonal.shape[1]))
        np.multiply(diagonal, skin, out=rights[:, 0])
        diagonal += mesh.leaving
        diagonal[: len(drives)] += drives
        if self._dose is not None:
            rights[: len(drives), 1] = drives
        factored = Factored(diagonal, mesh.beside) if self._comes_again(step) else None
        found = solved(diagonal, mesh.beside, rights)
        fixed, driven = found[:, 0], found[:, -1].copy()
        if factored is not None:
            self._systems = _Systems(step, mesh.capacity / step, factored, driven)
        return fixed, driven

    def _comes_again(self, step: float) -> bool:
        """Whether the systems of this stage are likely to be those of many: steps are even.

        Both stages of one step are as long, so a third says more. Closing channels change the
        systems at every moment.
        """
        is_same = _is_same(step, self._last_step)
        self._last_step = step
        self._times_in_a_row = self._times_in_a_row + 1 if is_same else 1
        return self._channels is None and self._times_in_a_row > _STAGES

    def _in_body(self, known: _State, entering: Sets, step: float) -> tuple[Sets, Sets]:
        if self._body is None:
            return known.depot, known.plasma
        body = self._body
        depot = (known.depot + step * body.area * entering) / (1 + step / body.depot)
        elimination = body.clearance / body.volume
        supply = depot / body.depot / body.volume
        return depot, (known.plasma + step * supply) / (1 + step * elimination)


def _is_same(step: float, other: float) -> bool:
    return abs(step - other) <= _SAME_STEP * step


def _mesh(skin: LayeredSkin, resolution: Resolution) -> _Mesh:
    layer = np.repeat(np.arange(len(resolution.cells)), resolution.cells)
    widths = np.concatenate(
        [
            graded_widths(cells, ratio=ratio)
            for cells, ratio in zip(resolution.cells, resolution.grading, strict=True)
        ]
    )
    width = widths[:, None] * skin.thickness[layer]
    partition = skin.partition[layer]
    half = width / (2 * skin.diffusivity[layer] * partition)
    between = 1 / (half[:-1] + half[1:])
    to_sink = 1 / half[-1] if skin.is_sink_below else np.zeros_like(half[-1])
    capacity = width * partition
    cleared = skin.clearance[layer] * capacity
    leaving = cleared.copy()
    leaving[:-1] += between
    leaving[1:] += between
    leaving[-1] += to_sink
    return _Mesh(
        layers=tuple(
            slice(end - cells, end)
            for cells, end in zip(resolution.cells, accumulate(resolution.cells), strict=True)
        ),
        bottom=np.cumsum(width, axis=0),
        width=width,
        capacity=capacity,
        cleared=cleared,
        beside=-between,
        leaving=leaving,
        to_vehicle=1 / half[0],
        to_sink=to_sink,
        has_clearance=bool(np.any(cleared)),
    )


def _shares(mesh: _Mesh, channels: Channels) -> Cells:
    """Share of what channels carry that each cell receives: even along each channel."""
    top = mesh.bottom - mesh.width
    ends = channels.reach[:, None, :]
    along = np.clip(ends - top, 0.0, mesh.width) / np.maximum(ends, np.finfo(np.float64).tiny)
    shares: Cells = along.mean(axis=0)
    return shares


def _start(mesh: _Mesh, dose: Dose) -> _State:
    nothing = np.zeros_like(dose.amount)
    return _State(
        skin=np.zeros_like(mesh.capacity),
        vehicle=dose.amount,
        cleared=nothing,
        passed=nothing,
        depot=nothing,
        plasma=nothing,
    )


def _untold(times: NDArray[np.float64], mesh: _Mesh, *, has_body: bool) -> Absorbed:
    """Room for every moment."""
    moments, sets, layers = len(times), mesh.capacity.shape[1], len(mesh.layers)
    return Absorbed(
        time=times,
        on_skin=np.empty((moments, sets)),
        wiped_off=np.empty((moments, sets)),
        in_layers=np.empty((moments, layers, sets)),
        cleared=np.empty((moments, sets)),
        passed=np.empty((moments, sets)),
        plasma=np.empty((moments, sets)) if has_body else None,
    )


def _tell(told: Absorbed, moment: int, state: _State, wiped: Sets, mesh: _Mesh) -> None:
    """Write down one moment; cells are not kept, only what each layer holds."""
    told.on_skin[moment] = state.vehicle
    told.wiped_off[moment] = wiped
    told.cleared[moment] = state.cleared
    told.passed[moment] = state.passed
    for layer, cells in enumerate(mesh.layers):
        held = told.in_layers[moment, layer]
        np.einsum("ij,ij->j", mesh.capacity[cells], state.skin[cells], out=held)
    if told.plasma is not None:
        told.plasma[moment] = state.plasma
