"""How much of a topical gets into living skin that was needled, set by set, beside intact skin.

A set is one person, or one draw of what is not known. Nothing here is for anaesthetics: they are
never put on needled skin, and what they give to the blood is bounded instead (``upper_bound``).
"""

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.frozen import frozen
from percuta.science.absorption.engine import AbsorptionEngine
from percuta.science.absorption.parameters import (
    dermis,
    layered_skin,
    permeability,
    saturated_dose,
    substance,
)
from percuta.science.absorption.problem import Absorbed, Channels, Sets
from percuta.science.channels.closure import BarrierClock
from percuta.science.channels.open_area import apparent_open_area, conductance
from percuta.science.channels.parameters import effectiveness
from percuta.science.numerics.normal import even_normals
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.parameters import hole_radius


@frozen
class NeedledSkin:
    """Skin under a topical just after needling: every field has one value a set.

    ``corneum_permeability`` of the intact horny layer for water [m/s], ``dermis`` thickness [m],
    ``open_area`` that acts, a share of the surface in 0..1, ``closing`` time constant [s],
    ``reach`` : Float[ndarray, "ends sets"], depths at which channels end [m], above 0.
    """

    corneum_permeability: Sets
    dermis: Sets
    open_area: Sets
    closing: Sets
    reach: NDArray[np.float64]

    def beside(self, *others: "NeedledSkin") -> "NeedledSkin":
        """These sets and those of others, so that all are one call."""
        every = (self, *others)
        return NeedledSkin(
            **{
                field.name: np.concatenate([getattr(one, field.name) for one in every], axis=-1)
                for field in fields(self)
            }
        )


@frozen
class Film:
    """A topical as it is put on: one value a set.

    ``concentration`` of the substance [kg/m3], ``depth`` [m]; ``removed_at`` [s], infinite if
    it is never washed off.
    """

    concentration: Sets
    depth: Sets
    removed_at: float = float("inf")

    def repeated(self, times: int) -> "Film":
        """The same film on as many skins beside each other."""
        return Film(np.tile(self.concentration, times), np.tile(self.depth, times), self.removed_at)


@frozen
class GoneIn:
    """Shares of the dose that had got past the horny layer, and past the whole skin.

    Each ``Float[ndarray, "times sets"]`` in 0..1, never falling with ``time`` [s]: ``share`` is
    the most that had been in living skin or beyond by then, ``through`` what the blood had taken.
    What the horny layer itself holds has not gone in.
    """

    time: NDArray[np.float64]
    share: NDArray[np.float64]
    through: NDArray[np.float64]

    def at(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shares at moments [s], straight between those that were computed."""
        after = np.clip(np.searchsorted(self.time, times), 1, len(self.time) - 1)
        start, end = self.time[after - 1], self.time[after]
        along = np.clip((times - start) / (end - start), 0.0, 1.0)[:, None]
        asked: NDArray[np.float64] = (1 - along) * self.share[after - 1] + along * self.share[after]
        return asked


def draw_skin(
    name: str,
    facts: Facts,
    *,
    density: float | Sets,
    reach: NDArray[np.float64],
    clock: BarrierClock,
    sets: int,
    seed: int,
    dermis_thickness: Sets | None = None,
    own_overlap: float = 0.0,
) -> NeedledSkin:
    """An ensemble of needled skin for a substance: draws of everything that is not known of it.

    Parameters
    ----------
    name : str
        The substance, as the table ``absorption`` spells it.
    density : float or Float[ndarray, "sets"]
        Strikes per area [1/m2].
    reach : Float[ndarray, "ends sets"]
        Depths at which channels end [m]; one row is enough.
    clock : BarrierClock
        How the barrier closes at the site, under its cover.
    sets, seed : int
        How many, and of which seed. Permeability, what acts of the open area, and closing come
        from streams of their own, at even steps of probability in random order: two sites share
        the same people, and few draws already tell the ends of a band.
    dermis_thickness : Float[ndarray, "sets"]
        Of the site [m]; the usual one if left out.
    own_overlap : float
        Share of a hole that its own needle had opened just before; see ``Motion``.
    """
    opened = apparent_open_area(
        density,
        hole_radius=hole_radius(facts),
        effectiveness=effectiveness(facts).at(even_normals(sets, stream(seed, "effectiveness"))),
        own_overlap=own_overlap,
    )
    usual = np.full(sets, facts.absorption["thickness", "dermis"].si())
    deviations = even_normals(sets, stream(seed, "permeability", name))
    return NeedledSkin(
        corneum_permeability=permeability(name, facts).at(deviations),
        dermis=usual if dermis_thickness is None else dermis_thickness,
        open_area=opened,
        closing=clock.at(even_normals(sets, stream(seed, "closing"))),
        reach=reach,
    )


def draw_film(
    facts: Facts, *, concentration: float | Sets, sets: int, seed: int, removed_at: float
) -> Film:
    """A topical of a strength [kg/m3] in a film as thick as people put on; see ``draw_skin``."""
    row = facts.absorption["film", "any"]
    spread = row.log_spread * even_normals(sets, stream(seed, "film"))
    return Film(
        concentration=np.broadcast_to(np.asarray(concentration, dtype=np.float64), (sets,)),
        depth=row.si() * np.exp(spread),
        removed_at=removed_at,
    )


def gone_in(
    name: str,
    facts: Facts,
    *,
    skin: NeedledSkin,
    film: Film,
    until: float,
    engine: AbsorptionEngine,
    is_needled: bool = True,
) -> GoneIn:
    """What has gone in until a moment [s], in every set.

    Rises with open area and closing time, but for what the horny layer then takes up more from
    the walls of channels: about a hundredth of the dose where very much is open. What is in the
    skin at all never falls by more than a ten-thousandth of the dose, given back to an empty film.

    ``is_needled=False`` tells the same skin without its channels: with the same draws, the ratio
    of both is what needling adds, set by set.

    Raises
    ------
    OutsideValidity
        If there is nothing in the film, or the substance is a local anaesthetic.

    Notes
    -----
    Channels conduct ``A D / L``: open area that acts, free diffusivity in water, and the length
    ``L`` of the table, whatever the needle: channels act alike at two needle lengths (V29 of the
    published figures), and a longer needle hands over deeper, not less.
    """
    if ("counts_as_lidocaine", name) in facts.absorption:
        raise OutsideValidity(f"{name} is never put on needled skin: it has an upper bound only")
    if not np.all(film.concentration > 0):
        raise OutsideValidity(f"a film without {name} has no share that goes in")
    amount = film.concentration * film.depth
    done = engine.absorb(
        layered_skin(
            name,
            facts,
            corneum_permeability=skin.corneum_permeability,
            dermis_thickness=skin.dermis,
        ),
        saturated_dose(name, facts, amount=amount, depth=film.depth, removed_at=film.removed_at),
        until=until,
        channels=_channels(name, facts, skin) if is_needled else None,
    )
    return _shares(done, amount)


def _channels(name: str, facts: Facts, skin: NeedledSkin) -> Channels:
    return Channels(
        conductance=conductance(
            skin.open_area,
            diffusivity=dermis(facts).free_diffusivity(substance(name, facts)),
            length=facts.absorption["channel_diffusion_length", "any"].si(),
        ),
        closing=skin.closing,
        reach=skin.reach,
    )


def _shares(done: Absorbed, amount: Sets) -> GoneIn:
    below = (done.in_layers[:, 1:].sum(axis=1) + done.absorbed) / amount
    # The horny layer and an emptied film take a little back: what had gone in is not undone.
    return GoneIn(
        time=done.time,
        share=np.maximum.accumulate(below, axis=0),
        through=done.absorbed / amount,
    )
