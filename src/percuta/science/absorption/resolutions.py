"""How finely absorption is computed: for a what-if while somebody waits, and to judge that."""

from percuta.science.absorption.finite_volume import Resolution

WHAT_IF = Resolution(cells=(10, 3, 12), grading=(1.25, 1.3, 1.3), steps=32, first_step=2.0)
"""Stratum corneum, living epidermis, dermis; cells are finest where a layer begins.

Its error against ``FINE`` stays below 1 % of the highest value plotted; a test holds it to that.
"""

LANES = Resolution(cells=(8, 2, 6), grading=(1.3, 1.5, 1.7), steps=24, first_step=30.0)
"""For what is read off hour by hour, as topicals are: no first minutes, hence a coarser grid.

Held to the same 1 % against ``FINE``, by a test over sparse, dense, shallow and deep channels that
close. With a first step of 90 s wide open skin took up 1.5 % more than it keeps, for 15 minutes.
"""

FINE = Resolution(cells=(60, 20, 60), grading=(1.03, 1.05, 1.05), steps=320, first_step=0.2)
"""Ten times as many steps, six times as many cells."""
