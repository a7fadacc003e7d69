"""How often something may happen that was seen in some of a few people, or in none."""

import math

from percuta.frozen import frozen


@frozen
class RateInterval:
    """Shares of people, 0 to 1, that the count leaves possible."""

    low: float
    high: float


def exact_interval(events: int, people: int, *, level: float = 0.95) -> RateInterval:
    """The exact binomial interval of Clopper and Pearson.

    "None seen" is not "none possible": the upper end says what so few people cannot rule out.

    Parameters
    ----------
    events : int        people with the event, 0 to ``people``
    people : int        people looked at, at least 1
    level : float       chance at least that the interval holds the true share, whatever it is

    Returns
    -------
    RateInterval        low 0 where nobody had it, high 1 where everybody had

    Raises
    ------
    ValueError          if more events than people, or nobody was looked at

    Notes
    -----
    Its ends are the shares at which so many, or so few, would be seen with chance
    ``(1 - level) / 2``. They are found by halving, since the chance is monotone in the share.

    References
    ----------
    Clopper and Pearson, Biometrika 26 (1934) 404-413
    """
    if people < 1 or not 0 <= events <= people:
        raise ValueError(f"{events} events in {people} people cannot be")
    tail = (1 - level) / 2
    low = 0.0 if events == 0 else _share_where(events - 1, people, 1 - tail)
    high = 1.0 if events == people else _share_where(events, people, tail)
    return RateInterval(low, high)


def chance_of_at_most(events: int, people: int, share: float) -> float:
    """Chance that at most ``events`` of ``people`` have what a ``share`` of all have."""
    return _chance(_log_ways(events, people), people, share)


def _log_ways(events: int, people: int) -> tuple[float, ...]:
    """Logarithm of how many choices of none, one, up to ``events`` of the people there are."""
    return tuple(
        math.lgamma(people + 1) - math.lgamma(n + 1) - math.lgamma(people - n + 1)
        for n in range(events + 1)
    )


def _chance(log_ways: tuple[float, ...], people: int, share: float) -> float:
    """Chance of any of these counts; by logarithms, since powers of small shares vanish."""
    if share in {0.0, 1.0}:
        return 1.0 if share == 0.0 or len(log_ways) > people else 0.0
    none, odds = people * math.log1p(-share), math.log(share) - math.log1p(-share)
    return min(1.0, math.fsum(math.exp(ways + none + n * odds) for n, ways in enumerate(log_ways)))


def _share_where(events: int, people: int, chance: float) -> float:
    """The share at which ``chance_of_at_most`` falls to ``chance``."""
    log_ways = _log_ways(events, people)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _chance(log_ways, people, middle) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2
