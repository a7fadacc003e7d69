"""Substances too large to leave their vehicle: an answer in words instead of a number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StaysInVehicle:
    """A molar mass [kg/mol] above the ``limit`` of what was ever seen to pass."""

    substance: str
    molar_mass: float
    limit: float

    @property
    def reason(self) -> str:
        """The answer."""
        return (
            f"{self.substance} of {self.molar_mass:g} kDa stays in the vehicle: above "
            f"{self.limit:g} kDa no passage through skin can be stated."
        )


def stays_in_vehicle(substance: str, molar_mass: float, *, limit: float) -> StaysInVehicle | None:
    """The answer for a substance above the limit; ``None`` below, where no flux is known either."""
    return StaysInVehicle(substance, molar_mass, limit) if molar_mass > limit else None
