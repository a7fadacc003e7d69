"""How the mean of a group follows from sessions, time and the study that looked."""

import numpy as np

from percuta.science.numerics.sampling import Draws


def session_gain(sessions: Draws, half: Draws, *, reference: float) -> Draws:
    """Gain of a number of sessions over the gain of the ``reference`` number.

    Grows ever more slowly with sessions. The data hardly tell where it flattens.

    Parameters
    ----------
    sessions : Float[ndarray, "..."]    sessions had, at least 1
    half : Float[ndarray, "..."]        sessions that give half of what endless ones would
    reference : float                   sessions at which the gain is 1

    Returns
    -------
    Float[ndarray, "..."]               above 0, rising with ``sessions``
    """
    gain: Draws = sessions / (sessions + half) * (reference + half) / reference
    return gain


def matured_share(
    since_last: Draws, maturation: Draws, *, sessions: Draws, interval: Draws
) -> Draws:
    """Share of their gain that evenly spaced sessions have reached, on average over sessions.

    Parameters
    ----------
    since_last : Float[ndarray, "..."]  since the last session [s], not negative
    maturation : Float[ndarray, "..."]  time constant of one session's gain [s]
    sessions : Float[ndarray, "..."]    sessions had, at least 1
    interval : Float[ndarray, "..."]    between sessions [s], above 0 where there are several

    Returns
    -------
    Float[ndarray, "..."]               0 to 1, rising with ``since_last``

    Notes
    -----
    Each session gains ``1 - exp(-t / maturation)`` by itself; their mean is a geometric sum. For
    a mean number of sessions that is not whole, the sum is read between whole numbers.
    """
    step = interval / maturation
    still_to_come = np.exp(-since_last / maturation)
    mean: Draws = 1 - still_to_come * np.expm1(-step * sessions) / (sessions * np.expm1(-step))
    return mean


def group_mean(level: Draws, gain: Draws, matured: Draws, *, is_share: bool | np.ndarray) -> Draws:
    """Mean improvement of a group.

    Parameters
    ----------
    level : Float[ndarray, "..."]       of topic and study, on the scale of the link
    gain, matured : Float[ndarray, "..."]
    is_share : bool                     whether the axis ends at 1

    Returns
    -------
    Float[ndarray, "..."]               grades above 0; or a share within 0 to 1

    Notes
    -----
    Grades grow by factors (logarithmic link); a share cannot pass 1, so its odds do (logit).
    """
    linear = level + np.log(gain) + np.log(matured)
    mean: Draws = np.where(is_share, 1 / (1 + np.exp(-linear)), np.exp(np.minimum(linear, 50.0)))
    return mean
