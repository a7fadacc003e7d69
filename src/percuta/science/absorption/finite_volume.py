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
from typing import final

import numpy as np
from numpy.typing import NDArray

from percuta.science.absorption.engine import AbsorptionEngine
from percuta.science.absorption.problem import Absorbed, Body, Channels, Dose, LayeredSkin, Sets
from percuta.science.numerics.grids import graded_times, graded_widths
from percuta.science.numerics.tridiagonal import Cells, solved

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

    ``cleared`` by capillaries; ``between`` neighbours; ``leaving`` is everything that leads out
    of a cell but into the vehicle.
    """

    edges: NDArray[np.int_]
    bottom: Cells
    width: Cells
    capacity: Cells
    cleared: Cells
    between: Cells
    leaving: Cells
    to_vehicle: Sets
    to_sink: Sets


@dataclass
class _State:
    """Concentrations and amounts at one moment; each array has one column a set."""

    skin: Cells
    vehicle: Sets
    cleared: Sets
    passed: Sets
    depot: Sets
    plasma: Sets

    def along(self, rate: "_State", step: float) -> "_State":
        """The state after a step at a rate."""
        return _State(
            *(
                getattr(self, name) + step * getattr(rate, name)
                for name in self.__dataclass_fields__
            )
        )


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
        kept = [(state, wiped)]
        is_on = True
        for start, end in zip(times[:-1], times[1:], strict=True):
            if is_on and start >= dose.removed_at:
                is_on = False
                wiped, state = state.vehicle, replace(state, vehicle=np.zeros_like(wiped))
            stage = _Stage(mesh, dose if is_on else None, channels, shares, body)
            state = stage.step(state, start, end)
            kept.append((state, wiped))
        return _told(times, kept, mesh, has_body=body is not None)


class _Stage:
    """One implicit stage: the rates at its end, found by elimination."""

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

    def step(self, state: _State, start: float, end: float) -> _State:
        """Both stages of one step."""
        length = end - start
        implicit = _GAMMA * length
        first = self._rate(state, start + implicit, implicit)
        halfway = state.along(first, (1 - _GAMMA) * length)
        second = self._rate(halfway, end, implicit)
        return halfway.along(second, implicit)

    def _rate(self, known: _State, time: float, step: float) -> _State:
        """The rate at the state that lies one implicit ``step`` after ``known``."""
        mesh = self._mesh
        drives = self._conductances(time)
        skin, vehicle, entering = self._solved(known, drives, step)
        cleared = np.einsum("ij,ij->j", mesh.cleared, skin)
        passed = mesh.to_sink * skin[-1]
        to_body = cleared + passed
        depot, plasma = self._body_rates(known, to_body, step)
        return _State(
            skin=(skin - known.skin) / step,
            vehicle=-entering,
            cleared=cleared,
            passed=passed,
            depot=depot,
            plasma=plasma,
        )

    def _conductances(self, time: float) -> Cells:
        """From the vehicle to every cell [m/s]: through the surface, and along channels."""
        drives = np.zeros_like(self._mesh.capacity)
        if self._dose is None:
            return drives
        drives[0] = self._mesh.to_vehicle
        if self._channels is not None and self._shares is not None:
            drives += self._channels.at(time) * self._shares
        return drives

    def _solved(self, known: _State, drives: Cells, step: float) -> tuple[Cells, Sets, Sets]:
        """Levels in skin and vehicle, and what enters; skin is ``fixed + driven * vehicle``."""
        mesh = self._mesh
        diagonal = mesh.leaving + drives
        diagonal *= step
        diagonal += mesh.capacity
        beside = -step * mesh.between
        rights = np.empty((len(drives), 1 if self._dose is None else 2, drives.shape[1]))
        np.multiply(mesh.capacity, known.skin, out=rights[:, 0])
        if self._dose is None:
            nothing = np.zeros_like(known.vehicle)
            return solved(diagonal, beside, rights)[:, 0], nothing, nothing
        np.multiply(step, drives, out=rights[:, 1])
        found = solved(diagonal, beside, rights)
        fixed, driven = found[:, 0], found[:, 1]
        given = np.einsum("ij,ij->j", drives, 1 - driven)
        returned = np.einsum("ij,ij->j", drives, fixed)
        undersaturated = (known.vehicle + step * returned) / (self._dose.depth + step * given)
        vehicle = np.minimum(undersaturated, self._dose.saturation)
        return fixed + driven * vehicle, vehicle, given * vehicle - returned

    def _body_rates(self, known: _State, entering: Sets, step: float) -> tuple[Sets, Sets]:
        if self._body is None:
            return np.zeros_like(entering), np.zeros_like(entering)
        body = self._body
        depot = (known.depot + step * body.area * entering) / (1 + step / body.depot)
        elimination = body.clearance / body.volume
        supply = depot / body.depot / body.volume
        plasma = (known.plasma + step * supply) / (1 + step * elimination)
        return (depot - known.depot) / step, (plasma - known.plasma) / step


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
        edges=np.flatnonzero(np.diff(layer, prepend=-1)),
        bottom=np.cumsum(width, axis=0),
        width=width,
        capacity=capacity,
        cleared=cleared,
        between=between,
        leaving=leaving,
        to_vehicle=1 / half[0],
        to_sink=to_sink,
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


def _told(
    times: NDArray[np.float64],
    kept: list[tuple[_State, Sets]],
    mesh: _Mesh,
    *,
    has_body: bool,
) -> Absorbed:
    return Absorbed(
        time=times,
        on_skin=np.array([state.vehicle for state, _ in kept]),
        wiped_off=np.array([wiped for _, wiped in kept]),
        in_layers=np.array(
            [np.add.reduceat(mesh.capacity * state.skin, mesh.edges, axis=0) for state, _ in kept]
        ),
        cleared=np.array([state.cleared for state, _ in kept]),
        passed=np.array([state.passed for state, _ in kept]),
        plasma=np.array([state.plasma for state, _ in kept]) if has_body else None,
    )
