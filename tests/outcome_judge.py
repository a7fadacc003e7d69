"""A slow, obvious sampler that judges the outcome model: one parameter moved at a time.

Written apart from ``tools/outcome_model*.py`` and without their library. Many data sets, or many
chains of one, are sampled side by side: every array has a first axis ``rows``.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from percuta.facts.edition import Facts
from percuta.science.outcome.arms import AXES, TOPICS, Arms, fitted_arms
from percuta.units import to_si

Array = NDArray[np.float64]
MONTH = to_si(1.0, "months")
AIM = 0.44


@dataclass
class Judge:
    """The model of some arms under some beliefs, and what every row observed."""

    facts: Facts
    arms: Arms
    mean: Array
    counts: Array
    passed: NDArray[np.bool_]
    at: dict[str, slice] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.prior = {name: (p.middle, p.spread) for name, p in self.facts.outcome_priors.items()}
        self.is_by_design = bool(self.facts.outcome_designs)
        self.tails = self.prior["studies_df_n"][0] if "studies_df_n" in self.prior else None
        sizes = {"maturation_months": 1, "half_sessions_n": 1}
        sizes |= {"unblinded": 2, "alone": 2} if self.is_by_design else {"optimism_grades": 1}
        sizes |= {"level": 2}
        sizes |= {"topics": 2, "studies": 2, "person_sd": 2}
        sizes |= {"topic_z": len(TOPICS), "study_z": len(self.arms.studies)}
        sizes |= {"unknown_months": int(np.isnan(self.arms.since_last).sum())}
        sizes |= {"unknown_sessions_n": int(np.isnan(self.arms.sessions).sum())}
        start = 0
        for name, size in sizes.items():
            self.at[name] = slice(start, start + size)
            start += size
        self.size = start
        self.topic_axis = np.array([AXES.index(axis) for axis, _ in TOPICS])
        self.study_axis = np.array([AXES.index(axis) for axis, _ in self.arms.studies])
        self.centre, self.width = np.zeros(start), np.ones(start)
        for name in (
            "maturation_months",
            "half_sessions_n",
            "unknown_months",
            "unknown_sessions_n",
        ):
            self.centre[self.at[name]] = np.log(self.prior[name][0])
            self.width[self.at[name]] = self.prior[name][1]
        if not self.is_by_design:
            self.centre[self.at["optimism_grades"]] = self.prior["optimism_grades"][0]
            self.width[self.at["optimism_grades"]] = self.prior["optimism_grades"][1]
        plain = ("level", "unblinded", "alone") if self.is_by_design else ("level",)
        for place, axis in enumerate(AXES):
            for name in plain:
                self._believe(name, place, *self.prior[f"{name}_{axis}"])
            middle, spread = self.prior[f"person_sd_{axis}"]
            self._believe("person_sd", place, float(np.log(middle)), spread)
            for name in ("topics", "studies"):
                # Half-normal: a normal whose sign does not matter.
                self._believe(name, place, 0.0, self.prior[f"{name}_{axis}"][1])

    def _believe(self, name: str, place: int, centre: float, width: float) -> None:
        self.centre[self.at[name].start + place] = centre
        self.width[self.at[name].start + place] = width

    def believed(self, rows: int, rng: np.random.Generator) -> Array:
        """Parameters drawn from the beliefs before any arm is read."""
        drawn: Array = self.centre + self.width * rng.standard_normal((rows, self.size))
        if self.tails is not None:
            of_studies = drawn[:, self.at["study_z"]]
            # A t is a normal over the root of a chi-squared by its degrees of freedom.
            of_studies /= np.sqrt(rng.chisquare(self.tails, of_studies.shape) / self.tails)
        return drawn

    def told(self, theta: Array) -> dict[str, Array]:
        """What a reader asks for, by name, one value a row."""
        level = self._levels(theta)
        found = {f"level {axis} {topic}": level[:, n] for n, (axis, topic) in enumerate(TOPICS)}
        for name in ("maturation_months", "half_sessions_n"):
            found[name] = np.exp(theta[:, self.at[name]][:, 0])
        if not self.is_by_design:
            found["optimism_grades"] = theta[:, self.at["optimism_grades"]][:, 0]
        for place, axis in enumerate(AXES):
            found[f"studies_{axis}"] = np.abs(theta[:, self.at["studies"]][:, place])
            found[f"person_sd_{axis}"] = np.exp(theta[:, self.at["person_sd"]][:, place])
        return found

    def _levels(self, theta: Array) -> Array:
        middle, topics = theta[:, self.at["level"]], np.abs(theta[:, self.at["topics"]])
        level: Array = middle[:, self.topic_axis] + (
            topics[:, self.topic_axis] * theta[:, self.at["topic_z"]]
        )
        return level

    def means(self, theta: Array) -> tuple[Array, Array]:
        """Mean of every arm, and how far its people differ."""
        arms = self.arms
        studies = np.abs(theta[:, self.at["studies"]])
        effect = studies[:, self.study_axis] * theta[:, self.at["study_z"]]
        sessions = self._completed(arms.sessions, theta, "unknown_sessions_n")
        months = self._completed(arms.since_last / MONTH, theta, "unknown_months")
        slow = np.exp(theta[:, self.at["maturation_months"]])
        half = np.exp(theta[:, self.at["half_sessions_n"]])
        four = self.prior["reference_sessions_n"][0]
        gain = (sessions / (sessions + half)) / (four / (four + half))
        step = np.exp(-(arms.interval / MONTH) / slow)
        matured = 1 - np.exp(-months / slow) * (1 - step**sessions) / (1 - step) / sessions
        linear = self._levels(theta)[:, arms.topic] + effect[:, arms.study] / np.sqrt(arms.pooled)
        linear += np.log(gain * np.maximum(matured, 1e-300))
        if self.is_by_design:
            linear += theta[:, self.at["unblinded"]][:, arms.axis] * arms.is_unblinded
            linear += theta[:, self.at["alone"]][:, arms.axis] * arms.is_alone
        mean = np.where(arms.is_share, expit(linear), np.exp(np.minimum(linear, 50)))
        if not self.is_by_design:
            helped = ~arms.is_share & ~arms.is_contrast
            mean = mean + theta[:, self.at["optimism_grades"]] * helped
        return mean, np.exp(theta[:, self.at["person_sd"]])[:, arms.axis]

    def _completed(self, known: Array, theta: Array, name: str) -> Array:
        full = np.tile(known, (len(theta), 1))
        full[:, np.isnan(known)] = np.exp(theta[:, self.at[name]])
        return full

    def density(self, theta: Array) -> Array:
        """Logarithm of the posterior density of each row, but for a constant."""
        mean, person = self.means(theta)
        believed = self._of_beliefs(theta)
        printed = ~self.arms.has_counts & (self.arms.tested == 0)
        error = self.errors(person)[:, printed]
        off = (self.mean[:, printed] - mean[:, printed]) / error
        of_means = (-0.5 * off**2 - np.log(error)).sum(axis=1)
        total: Array = (
            believed + of_means + self._of_counts(mean, person) + self._of_tests(mean, person)
        )
        return np.where(np.isfinite(total), total, -np.inf)

    def _of_beliefs(self, theta: Array) -> Array:
        squares = ((theta - self.centre) / self.width) ** 2
        logs = -0.5 * squares
        if self.tails is not None:
            mine = self.at["study_z"]
            logs[:, mine] = -(self.tails + 1) / 2 * np.log1p(squares[:, mine] / self.tails)
        found: Array = logs.sum(axis=1)
        return found

    def _of_counts(self, mean: Array, person: Array) -> Array:
        counted = self.arms.has_counts
        off = self.arms.edges[counted] - mean[:, counted, None]
        chance = np.diff(ndtr(off / person[:, counted, None]), axis=2)
        logs = np.log(np.maximum(chance, 1e-12))
        found: Array = (self.counts[:, counted] * logs).sum(axis=(1, 2))
        return found

    def _of_tests(self, mean: Array, person: Array) -> Array:
        """Of trials that printed only whether their gain was significant at 5 %."""
        tested = self.arms.tested != 0
        off = mean[:, tested] / self.errors(person)[:, tested]
        chance = np.clip(ndtr(off - 1.96), 1e-12, 1 - 1e-12)
        logs = np.log(np.where(self.passed[:, tested], chance, 1 - chance))
        found: Array = logs.sum(axis=1)
        return found

    def errors(self, person: Array) -> Array:
        """Standard error of every arm's mean, from its people where none is printed."""
        printed = self.arms.error
        found: Array = np.where(np.isnan(printed), person / np.sqrt(self.arms.people), printed)
        return found


def judge_of(facts: Facts, *, rows: int) -> Judge:
    """The real arms, ``rows`` chains side by side."""
    arms = fitted_arms(facts)
    return Judge(
        facts,
        arms,
        np.tile(arms.mean, (rows, 1)),
        np.tile(arms.counts, (rows, 1, 1)),
        np.tile(arms.tested > 0, (rows, 1)),
    )


def simulated(
    facts: Facts, *, sets: int, chains: int, rng: np.random.Generator
) -> tuple[Judge, Array]:
    """Data sets with the real design but invented outcomes, and the truth behind each.

    The rows of the judge are the data sets, one after the other, ``chains`` times.
    """
    judge = judge_of(facts, rows=sets)
    truth = judge.believed(sets, rng)
    mean, person = judge.means(truth)
    observed = mean + np.nan_to_num(judge.errors(person)) * rng.standard_normal(mean.shape)
    off = judge.arms.edges - mean[:, :, None]
    chance = np.diff(ndtr(off / person[:, :, None]), axis=2)
    counts = np.zeros_like(judge.counts)
    for arm in np.flatnonzero(judge.arms.has_counts):
        people = int(judge.arms.counts[arm].sum())
        counts[:, arm] = rng.multinomial(
            people, chance[:, arm] / chance[:, arm].sum(axis=1)[:, None]
        )
    # The mean of a trial that printed only a test's outcome is invented like all, then tested.
    passed = observed > 1.96 * np.nan_to_num(judge.errors(person))
    often = (np.tile(observed, (chains, 1)), np.tile(counts, (chains, 1, 1)))
    return (
        replace(judge, mean=often[0], counts=often[1], passed=np.tile(passed, (chains, 1)), at={}),
        truth,
    )


def sample(judge: Judge, rng: np.random.Generator, *, warm_up: int, sweeps: int) -> Array:
    """Draws, Float[ndarray, "sweeps rows parameters"], by moving along one direction at a time.

    First along each parameter; from the middle of the warm-up along the main directions in which
    rows have spread so far.
    """
    rows = len(judge.mean)
    theta = judge.centre + 0.3 * judge.width * rng.standard_normal((rows, judge.size))
    for name in ("topics", "studies"):
        theta[:, judge.at[name]] = 0.8 * judge.width[judge.at[name]]
    directions, width = np.diag(judge.width), np.full((rows, judge.size), 0.5)
    here = judge.density(theta)
    kept: list[Array] = []
    for sweep in range(warm_up + sweeps):
        if sweep == warm_up // 2:
            directions = main_directions(np.array(kept[warm_up // 6 :]))
            width, kept = np.full((rows, judge.size), 1.5), []
        rate = 1 / np.sqrt(sweep % max(warm_up // 2, 1) + 1) if sweep < warm_up else 0.0
        for place in range(judge.size):
            step = width[:, place] * rng.standard_normal(rows)
            there = theta + step[:, None] * directions[place]
            density = judge.density(there)
            is_taken = np.log(rng.random(rows)) < density - here
            theta[is_taken], here[is_taken] = there[is_taken], density[is_taken]
            width[:, place] *= np.exp((is_taken - AIM) * rate)
        if sweep == warm_up:
            kept = []
        kept.append(theta.copy())
    return np.array(kept)


def main_directions(history: Array) -> Array:
    """Directions, one a row, as long as rows have spread along them around their own middle."""
    around = (history - history.mean(axis=0)).reshape(-1, history.shape[2])
    values, vectors = np.linalg.eigh(np.cov(around.T))
    longest: Array = (vectors * np.sqrt(np.maximum(values, 1e-12))).T
    return longest
