"""An invented copy of the data base of permeability, as long as the row V18 asks for."""

from percuta.facts.edition import Facts

HEAD = '"Compound name","logkp (cm/s)","used layer","LogP","molecular weight"\n'
ON_EPIDERMIS = "invented,-6.0,epidermis,2.0,200\n"
OTHER_LAYER = "other layer,unknown,dermis,unknown,unknown\n"


def invented(facts: Facts, *, more: int = 0) -> str:
    """A file with as many rows on epidermis, or some ``more``; all alike."""
    rows = int(facts.validation_inputs["measurements", "V18"].value) + more
    return HEAD + ON_EPIDERMIS * rows
