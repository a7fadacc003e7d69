"""What every engine of absorption does, so that one can judge another."""

from abc import ABC, abstractmethod

from percuta.science.absorption.problem import Absorbed, Body, Channels, Dose, LayeredSkin


class AbsorptionEngine(ABC):
    """Computes what becomes of a dose. Engines are passed as objects, never named by a word."""

    @abstractmethod
    def absorb(
        self,
        skin: LayeredSkin,
        dose: Dose,
        *,
        until: float,
        channels: Channels | None = None,
        body: Body | None = None,
    ) -> Absorbed:
        """What becomes of a dose until a moment [s].

        Every argument's arrays have the same number of sets. Channels carry nothing once the
        dose is wiped off.
        """
