"""When new collagen is made: pulses that peak when they should, and no scale anywhere."""

from dataclasses import fields

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import stream
from percuta.science.remodelling.parameters import beliefs, maturing_of, pulse_of
from percuta.science.remodelling.stimulus import Curve, Maturing, Pulse, Stimulus, stimulus
from percuta.units import to_si

DAY = to_si(1.0, "days")


def days(end: float, step: float = 2.0) -> Curve:
    return np.asarray(np.arange(0, end, step) * DAY, np.float64)


def test_a_pulse_peaks_at_its_peak_and_starts_at_nothing() -> None:
    times = np.linspace(-5, 60, 6501) * DAY
    making = Pulse(peak=7 * DAY, shape=3).making(times)
    assert times[making.argmax()] == pytest.approx(7 * DAY, abs=0.02 * DAY)
    assert making.max() == pytest.approx(1.0)
    assert (making[times <= 0] == 0).all()


def test_a_pulse_is_over_when_its_law_says_so() -> None:
    """(t/7)^2 exp(2 (1 - t/7)) = 0.05 at 26.9 days, solved by hand with Newton."""
    assert Pulse(peak=7 * DAY, shape=3).over_after(0.05) / DAY == pytest.approx(26.86, abs=0.1)


@pytest.mark.parametrize("share", [0.999, 0.5, 0.05, 1e-6])
@pytest.mark.parametrize("shape", [1.01, 3.0, 40.0])
def test_a_pulse_is_over_where_making_has_fallen_to_the_share(share: float, shape: float) -> None:
    pulse = Pulse(peak=7 * DAY, shape=shape)
    over = pulse.over_after(share)
    assert over > pulse.peak
    assert pulse.making(np.array([over]))[0] == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1])
def test_a_pulse_is_never_over_below_nothing_or_its_peak(share: float) -> None:
    with pytest.raises(OutsideValidity, match="above 0, below 1"):
        Pulse(peak=7 * DAY, shape=3).over_after(share)


def test_curves_are_relative_and_carry_no_scale(facts: Facts) -> None:
    times, sessions = days(240), np.array([0, 28, 56]) * DAY
    found = stimulus(times, sessions, pulse=pulse_of(facts), maturing=maturing_of(facts))
    assert {field.name for field in fields(Stimulus)} == {"making", "young"}
    for curve in (found.making, found.young):
        assert curve.max() == pytest.approx(1.0)
        assert (curve >= 0).all()


def test_what_was_made_matures_as_its_equation_says(facts: Facts) -> None:
    """Against an adaptive solver of another library."""
    pulse, maturing = pulse_of(facts), maturing_of(facts)
    times, sessions = days(200, 0.5), np.array([0, 28]) * DAY
    rate = np.log(2) / maturing.half_life
    solved = solve_ivp(
        lambda t, young: pulse.making(t - sessions).sum() - rate * young,
        (0, times[-1]),
        [0.0],
        t_eval=times,
        rtol=1e-9,
        atol=1e-6,
        max_step=DAY,
    ).y[0]
    found = stimulus(times, sessions, pulse=pulse, maturing=maturing).young
    assert found == pytest.approx(solved / solved.max(), abs=2e-3)


def test_young_collagen_comes_after_making(facts: Facts) -> None:
    times = days(400)
    found = stimulus(times, np.array([0.0]), pulse=pulse_of(facts), maturing=maturing_of(facts))
    assert found.young.argmax() > found.making.argmax()


def test_beliefs_keep_the_ranges_of_their_rows(facts: Facts) -> None:
    drawn = beliefs(facts, 2000, stream(1, "beliefs"))
    peaks = np.array([pulse.peak for pulse, _ in drawn]) / DAY
    row = facts.remodelling["peak_time", "any"]
    assert np.mean((row.low <= peaks) & (peaks <= row.high)) == pytest.approx(0.9, abs=0.03)
    assert all(pulse.shape > 1 for pulse, _ in drawn)


def test_nothing_to_draw_is_refused(facts: Facts) -> None:
    with pytest.raises(OutsideValidity):
        stimulus(
            days(5, 1),
            np.array([100 * DAY]),
            pulse=pulse_of(facts),
            maturing=maturing_of(facts),
        )
    with pytest.raises(OutsideValidity):
        Pulse(peak=DAY, shape=1.0)


def test_type_iii_never_falls_below_that_of_normal_skin() -> None:
    maturing = Maturing(early_share=0.4, normal_share=0.2, half_life=180 * DAY)
    shares = [maturing.share(age * DAY) for age in (0, 30, 180, 3000)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] >= 0.2
