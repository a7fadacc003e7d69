"""What absorption is asked: a skin in layers, a dose on it, channels through it, a body behind it.

Every quantity has one value a parameter set, so that an ensemble is one call. Concentrations are
in terms of the vehicle's water: a layer holds ``partition`` times that.
"""

import numpy as np
from numpy.typing import NDArray

from percuta.errors import OutsideValidity
from percuta.frozen import frozen

Sets = NDArray[np.float64]
"""``Float[ndarray, "sets"]``."""

PerLayer = NDArray[np.float64]
"""``Float[ndarray, "layers sets"]``, from the surface down."""


@frozen
class LayeredSkin:
    """Layers from the surface down.

    ``thickness`` [m], ``diffusivity`` [m2/s], ``partition`` over the vehicle's water,
    ``clearance`` into capillaries [1/s]. ``is_sink_below``: a diffusion cell with a perfect sink
    under the last layer; otherwise nothing leaves there.
    """

    thickness: PerLayer
    diffusivity: PerLayer
    partition: PerLayer
    clearance: PerLayer
    is_sink_below: bool = False

    def __post_init__(self) -> None:
        above_zero = {
            "thickness": self.thickness,
            "diffusivity": self.diffusivity,
            "partition": self.partition,
        }
        for name, values in above_zero.items():
            if not np.all(values > 0):
                raise OutsideValidity(f"{name} must be above 0 in every layer")
        if not np.all(self.clearance >= 0):
            raise OutsideValidity("clearance must be 0 or more in every layer")


@frozen
class Dose:
    """What lies on the skin.

    ``amount`` per area [kg/m2], ``depth`` of the vehicle [m], ``saturation`` [kg/m3]: above it
    more substance drives no harder. ``removed_at`` [s], when it is wiped off; infinite if never.
    """

    amount: Sets
    depth: Sets
    saturation: Sets
    removed_at: float = float("inf")

    def __post_init__(self) -> None:
        if not (
            np.all(self.amount >= 0) and np.all(self.depth > 0) and np.all(self.saturation > 0)
        ):
            raise OutsideValidity("a dose needs amount 0 or more, depth and saturation above 0")


@frozen
class Channels:
    """Channels through the outer layers, closing in time.

    ``conductance`` at the start [m/s]: open area times permeability of a channel. ``closing``
    time constant [s]. ``reach`` : Float[ndarray, "ends sets"], depths at which channels end [m];
    the substance is handed over along them, down to each end.
    """

    conductance: Sets
    closing: Sets
    reach: NDArray[np.float64]

    def at(self, time: float) -> Sets:
        """Conductance at a moment [m/s]; never rising."""
        return self.conductance * np.exp(-time / self.closing)


@frozen
class Body:
    """One compartment behind a depot in the skin.

    ``area`` treated [m2], ``depot`` time constant [s], ``volume`` [m3], ``clearance`` [m3/s].
    """

    area: Sets
    depot: Sets
    volume: Sets
    clearance: Sets


@frozen
class Absorbed:
    """What became of a dose, at every moment of ``time`` [s].

    Amounts per area [kg/m2], ``Float[ndarray, "times sets"]``: ``on_skin``, ``wiped_off``,
    ``in_layers`` (with a layer axis before sets), ``cleared`` into capillaries, ``passed`` into
    the sink. ``plasma`` [kg/m3] where a body was given.
    """

    time: NDArray[np.float64]
    on_skin: NDArray[np.float64]
    wiped_off: NDArray[np.float64]
    in_layers: NDArray[np.float64]
    cleared: NDArray[np.float64]
    passed: NDArray[np.float64]
    plasma: NDArray[np.float64] | None

    @property
    def absorbed(self) -> NDArray[np.float64]:
        """Everything that left the skin inwards [kg/m2]."""
        return self.cleared + self.passed

    @property
    def imbalance(self) -> NDArray[np.float64]:
        """Share of the dose that is unaccounted for, at every moment."""
        total = self.on_skin + self.wiped_off + self.in_layers.sum(axis=1) + self.absorbed
        lost: NDArray[np.float64] = np.abs(total - total[0])
        return lost / np.where(total[0] > 0, total[0], 1.0)
