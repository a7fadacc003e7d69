"""Absorption with each layer as one stirred vessel, exact in time: the judge of the fast engine.

Notes
-----
Between two moments the amounts obey ``dy/dt = R y`` with constant rates, and
``y(t + h) = exp(R h) y(t)`` holds exactly. A saturated vehicle is a constant supply; the moment
at which it stops being saturated is found by halving the step. Channels that close are held at
their mean over each step, which is of second order in the step.

Layers are stirred and meet at half their resistance, so that it agrees with diffusion where
layers are thin or time is long, and only there.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from percuta.science.absorption.engine import AbsorptionEngine
from percuta.science.absorption.problem import Absorbed, Body, Channels, Dose, LayeredSkin, Sets
from percuta.science.numerics.grids import graded_times

Rates = NDArray[np.float64]
"""``Float[ndarray, "sets amounts amounts"]``."""

_HALVINGS = 50
_SUPPLY = -1
"""The last amount is a constant 1 that saturated supply is taken from."""


@dataclass(frozen=True)
class _Places:
    """Where each amount stands in the vector of one set."""

    layers: int

    @property
    def vehicle(self) -> int:
        return 0

    @property
    def skin(self) -> slice:
        return slice(1, 1 + self.layers)

    @property
    def cleared(self) -> int:
        return 1 + self.layers

    @property
    def passed(self) -> int:
        return 2 + self.layers

    @property
    def depot(self) -> int:
        return 3 + self.layers

    @property
    def plasma(self) -> int:
        return 4 + self.layers

    @property
    def size(self) -> int:
        return 6 + self.layers


@final
class WellStirred(AbsorptionEngine):
    """The engine; see the module. ``steps`` between events, the first of ``first_step`` [s]."""

    def __init__(self, *, steps: int, first_step: float) -> None:
        self.steps = steps
        self.first_step = first_step

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
        vessels = _Vessels(skin, dose, channels, body)
        times = graded_times(
            until, first=self.first_step, steps=self.steps, events=(dose.removed_at,)
        )
        amounts = vessels.start()
        wiped = np.zeros_like(dose.amount)
        kept = [(amounts, wiped)]
        is_on = True
        for start, end in zip(times[:-1], times[1:], strict=True):
            if is_on and start >= dose.removed_at:
                is_on = False
                amounts = amounts.copy()
                wiped = amounts[:, vessels.places.vehicle].copy()
                amounts[:, vessels.places.vehicle] = 0.0
            amounts = vessels.carried(amounts, start, end, is_on=is_on)
            kept.append((amounts, wiped))
        return vessels.told(times, kept)


class _Vessels:
    """The rates between vehicle, layers, blood and what has left."""

    def __init__(
        self, skin: LayeredSkin, dose: Dose, channels: Channels | None, body: Body | None
    ) -> None:
        self.places = _Places(skin.thickness.shape[0])
        self._skin = skin
        self._dose = dose
        self._channels = channels
        self._body = body
        self._capacity = skin.thickness * skin.partition
        half = skin.thickness / (2 * skin.diffusivity * skin.partition)
        self._surface = 1 / half[0]
        self._between = 1 / (half[:-1] + half[1:])
        self._sink = 1 / half[-1] if skin.is_sink_below else np.zeros_like(half[-1])
        self._shares = None if channels is None else _shares(skin, channels)

    def start(self) -> NDArray[np.float64]:
        """All of the dose in the vehicle."""
        amounts = np.zeros((self._dose.amount.size, self.places.size))
        amounts[:, self.places.vehicle] = self._dose.amount
        amounts[:, _SUPPLY] = 1.0
        return amounts

    def carried(
        self, amounts: NDArray[np.float64], start: float, end: float, *, is_on: bool
    ) -> NDArray[np.float64]:
        """Amounts at the end of a step, whatever the vehicle does meanwhile."""
        drives = self._drives(start, end) if is_on else np.zeros_like(self._capacity)
        falling = self._rates(drives, saturated=False)
        span = end - start
        full = self._dose.saturation * self._dose.depth
        above = amounts[:, self.places.vehicle] > full
        if not (is_on and above.any()):
            return _after(falling, amounts, np.full(full.shape, span))
        steady = self._rates(drives, saturated=True)
        saturated_for = self._saturated_for(steady, amounts, np.where(above, span, 0.0), full)
        halfway = _after(steady, amounts, saturated_for)
        return _after(falling, halfway, span - saturated_for)

    def _saturated_for(
        self, rates: Rates, amounts: NDArray[np.float64], longest: Sets, full: Sets
    ) -> Sets:
        """How long of a step the vehicle stays saturated, by halving."""
        vehicle = self.places.vehicle
        stays = _after(rates, amounts, longest)[:, vehicle] >= full
        if np.all(stays | (longest == 0)):
            return longest
        low, high = np.zeros_like(longest), longest.copy()
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            is_early = _after(rates, amounts, middle)[:, vehicle] >= full
            low, high = np.where(is_early, middle, low), np.where(is_early, high, middle)
        return np.where(stays, longest, low)

    def _drives(self, start: float, end: float) -> NDArray[np.float64]:
        """From the vehicle to every layer [m/s], the mean over a step."""
        drives = np.zeros_like(self._capacity)
        drives[0] = self._surface
        if self._channels is not None and self._shares is not None:
            closing = self._channels.closing
            mean = (self._channels.at(start) - self._channels.at(end)) * closing / (end - start)
            drives += mean * self._shares
        return drives

    def _rates(self, drives: NDArray[np.float64], *, saturated: bool) -> Rates:
        places, capacity = self.places, self._capacity
        rates = np.zeros((self._dose.amount.size, places.size, places.size))
        source = _SUPPLY if saturated else places.vehicle
        level = self._dose.saturation if saturated else 1 / self._dose.depth
        for layer in range(places.layers):
            at = places.skin.start + layer
            _move(rates, places.vehicle, at, drives[layer] * level, source=source)
            _move(rates, at, places.vehicle, drives[layer] / capacity[layer])
            _move(rates, at, places.cleared, self._skin.clearance[layer])
            if layer + 1 < places.layers:
                _move(rates, at, at + 1, self._between[layer] / capacity[layer])
                _move(rates, at + 1, at, self._between[layer] / capacity[layer + 1])
        last = places.skin.stop - 1
        _move(rates, last, places.passed, self._sink / capacity[-1])
        if self._body is not None:
            self._add_body(rates, self._body)
        return rates

    def _add_body(self, rates: Rates, body: Body) -> None:
        """Blood sees a copy of what leaves the skin, times the area treated."""
        places = self.places
        arriving = rates[:, places.cleared] + rates[:, places.passed]
        rates[:, places.depot] += body.area[:, None] * arriving
        leaving = 1 / body.depot
        rates[:, places.depot, places.depot] -= leaving
        rates[:, places.plasma, places.depot] += leaving / body.volume
        rates[:, places.plasma, places.plasma] -= body.clearance / body.volume

    def told(
        self, times: NDArray[np.float64], kept: list[tuple[NDArray[np.float64], Sets]]
    ) -> Absorbed:
        """The history in the terms of every engine."""
        places = self.places
        amounts = np.array([state for state, _ in kept])
        return Absorbed(
            time=times,
            on_skin=amounts[:, :, places.vehicle],
            wiped_off=np.array([wiped for _, wiped in kept]),
            in_layers=np.moveaxis(amounts[:, :, places.skin], 2, 1),
            cleared=amounts[:, :, places.cleared],
            passed=amounts[:, :, places.passed],
            plasma=amounts[:, :, places.plasma] if self._body is not None else None,
        )


def _move(
    rates: Rates, giver: int, taker: int, rate: NDArray[np.float64], *, source: int | None = None
) -> None:
    """What one amount loses another gains, in proportion to a source: the giver, if not told."""
    at = giver if source is None else source
    rates[:, giver, at] -= rate
    rates[:, taker, at] += rate


def _after(rates: Rates, amounts: NDArray[np.float64], span: Sets) -> NDArray[np.float64]:
    from scipy.linalg import expm

    moved: NDArray[np.float64] = np.einsum("sij,sj->si", expm(rates * span[:, None, None]), amounts)
    return moved


def _shares(skin: LayeredSkin, channels: Channels) -> NDArray[np.float64]:
    """Share of what channels carry that each layer receives: even along each channel."""
    bottom = np.cumsum(skin.thickness, axis=0)
    top = bottom - skin.thickness
    ends = channels.reach[:, None, :]
    along = np.clip(ends - top, 0.0, skin.thickness) / ends
    shares: NDArray[np.float64] = along.mean(axis=0)
    return shares
