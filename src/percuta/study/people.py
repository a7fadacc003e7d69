"""Who the virtual people of a chunk are: number, sex, age, zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from percuta.facts.vocabulary import Sex, Zone
from percuta.science.numerics.sampling import stream
from percuta.study.design import AgeBand, Study

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class People:
    """Each ``Int[ndarray, "people"]``: ``number`` counts from 1 over the whole study.

    ``sex`` and ``zone`` are positions in their vocabularies; ``zone`` is empty where the cohort
    has none.
    """

    number: NDArray[np.int64]
    sex: Indices
    age_years: NDArray[np.int64]
    zone: Indices

    def first(self, count: int) -> "People":
        """The first of them."""
        return People(*(getattr(self, each.name)[:count] for each in fields(self)))


def people_in(study: Study, chunk: int) -> People:
    """The people of a whole chunk, counted from 0, even if the cohort ends within it."""
    cohort, size = study.cohort, study.people_per_chunk
    names = ("people", str(chunk))
    return People(
        number=chunk * size + np.arange(1, size + 1),
        sex=_chosen(Sex, cohort.sex, size, stream(study.seed, *names, "sex")),
        age_years=_ages(cohort.age_years, size, stream(study.seed, *names, "age")),
        zone=_chosen(Zone, cohort.zones, size, stream(study.seed, *names, "zone")),
    )


def people_counted(study: Study, chunk: int) -> int:
    """How many people of a chunk the cohort has."""
    return min(study.people_per_chunk, study.cohort.people - chunk * study.people_per_chunk)


def _chosen(
    vocabulary: Iterable[Sex | Zone],
    weights: Mapping[Sex, float] | Mapping[Zone, float],
    size: int,
    rng: np.random.Generator,
) -> Indices:
    """Positions of words by weight, the same in whatever order a file lists them."""
    given = {str(word): weight for word, weight in weights.items()}
    shares = np.array([given.get(str(word), 0.0) for word in vocabulary])
    if not shares.any():
        return np.zeros(0, dtype=np.intp)
    return rng.choice(shares.size, size=size, p=shares / shares.sum())


def _ages(bands: tuple[AgeBand, ...], size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    shares = np.array([band.weight for band in bands])
    which = rng.choice(len(bands), size=size, p=shares / shares.sum())
    low = np.array([band.from_years for band in bands])[which]
    high = np.array([band.to_years for band in bands])[which]
    return rng.integers(low, high + 1)
