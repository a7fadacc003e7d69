"""With how much force one needle enters skin, and how far it jumps as the skin yields."""

from percuta.errors import OutsideValidity
from percuta.frozen import frozen
from percuta.units import convert


@frozen
class EntryLaw:
    """Force in proportion to the width of the tip, within the widths it was measured with.

    ``per_width`` [N/m]; ``jump`` [m], which skin that dents before it yields gives a blunt needle;
    ``narrowest`` and ``widest`` tip [m].

    References
    ----------
    Two widths in excised human skin, rows ``mechanics/mech.4``, ``mech.5`` and ``mech.12``. Wider
    hollow needles were found to take force in proportion to area: no law holds for both.
    """

    per_width: float
    jump: float
    narrowest: float
    widest: float

    def force(self, tip_width: float) -> float:
        """At which a needle enters [N].

        Raises
        ------
        OutsideValidity
            If no needle with such a tip was measured.
        """
        if not self.narrowest <= tip_width <= self.widest:
            told, least, most = (
                convert(width, source="m", target="um")
                for width in (tip_width, self.narrowest, self.widest)
            )
            raise OutsideValidity(
                f"a tip of {told:g} um: force was measured from {least:g} to {most:g} um"
            )
        return self.per_width * tip_width
