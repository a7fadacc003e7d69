"""The outcome model reads every arm once, leaves none out in silence, and ships its own draws."""

import hashlib
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from percuta.errors import FactError
from percuta.facts.edition import Facts, open_edition
from percuta.science.outcome import posterior
from percuta.science.outcome.arms import TOPICS, data_digest, fitted_arms, fitted_rows

ROOT = Path(__file__).parents[2]
RESPONSE = "src/percuta/science/outcome/response.py"
FROZEN = {
    "2026-11-23": ("tools/outcome_model.py", RESPONSE),
    "2026-11-30": ("tools/outcome_model.py", "tools/outcome_model_tails.py", RESPONSE),
}
"""The files of each edition's model, frozen before it was fitted."""
CLINICAL = {"grade", "score"}


@pytest.fixture(name="facts", params=FROZEN, scope="module")
def each_sealed_edition(request: pytest.FixtureRequest) -> Facts:
    return open_edition(request.param)


def pointed_to(facts: Facts) -> set[str]:
    return {fact for row in facts.outcome_arms for fact in row.facts}


def test_the_shipped_draws_belong_to_the_rows_of_today(facts: Facts) -> None:
    recipe = facts.schema("outcome_posterior").recipe
    assert recipe["data_sha256"] == data_digest(facts), posterior.REFIT


def test_the_shipped_draws_belong_to_the_model_that_was_frozen(facts: Facts) -> None:
    digest = hashlib.sha256()
    for name in FROZEN[facts.edition]:
        digest.update((ROOT / name).read_bytes())
    recipe = facts.schema("outcome_posterior").recipe
    assert recipe["model_sha256"] == digest.hexdigest(), posterior.REFIT


def test_draws_of_other_rows_are_refused_with_what_to_do(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posterior, "data_digest", lambda _: "other rows")
    with pytest.raises(FactError, match="run tools/fit_outcome.py"):
        posterior.posterior_of.__wrapped__(facts)


def test_the_sampler_had_settled(facts: Facts) -> None:
    recipe = facts.schema("outcome_posterior").recipe
    assert float(recipe["worst_rhat"]) < 1.01
    assert float(recipe["least_effective_draws"]) > 400


def test_every_human_outcome_of_needling_is_fitted_or_says_why_not(facts: Facts) -> None:
    wanted = {
        f"outcomes/{row.key}"
        for row in facts.trials
        if row.species == "human" and row.modality == "needling"
    }
    wanted |= {
        f"healing/{row.key}"
        for row in facts.table("healing")
        if row.cells["unit"] in CLINICAL and row.cells["species"] == "human"
    }
    assert wanted - pointed_to(facts) == set()
    for row in facts.outcome_arms:
        assert row.provenance.note, row.key


def test_every_arm_points_to_rows_of_its_own_paper(facts: Facts) -> None:
    for row in facts.outcome_arms:
        works = {facts.sources[key].work for fact in row.facts for key in sources_of(fact, facts)}
        assert works == {facts.sources[row.study].work}, row.key
        assert {facts.sources[key].work for key in row.sources} == works, row.key


def sources_of(fact: str, facts: Facts) -> tuple[str, ...]:
    return facts.row(fact).provenance.source


def test_the_printed_figures_stand_in_the_rows_that_an_arm_points_to(facts: Facts) -> None:
    for row in fitted_rows(facts):
        cells = [facts.row(fact).cells for fact in row.facts]
        if row.report == "means":
            printed = {value for each in cells for value in each.values()}
            assert {row.followup_mean, row.followup_sd} <= printed, row.key
            assert row.baseline_mean in printed, row.key
        if row.report == "change" and row.change_low is not None:
            heal = next(each for each in cells if "low" in each)
            assert (row.change_mean, row.change_low, row.change_high) == (
                heal["value"],
                heal["low"],
                heal["high"],
            )


def test_bands_hold_every_person_once(facts: Facts) -> None:
    for row in fitted_rows(facts):
        if row.report == "bands":
            told = (row.under_25_n, row.from_25_n, row.from_50_n, row.from_75_n)
            assert sum(count or 0 for count in told) == row.people_n, row.key
        if row.report == "improved":
            assert row.improved_n is not None
            assert row.people_n is not None
            assert row.improved_n <= row.people_n


def test_no_paper_is_pooled_twice_whatever_keys_it_stands_under(facts: Facts) -> None:
    studies = defaultdict(set)
    for row in fitted_rows(facts):
        studies[row.axis, facts.sources[row.study].work].add(row.study)
    assert all(len(keys) == 1 for keys in studies.values())
    seen = defaultdict(list)
    for row in fitted_rows(facts):
        work = facts.sources[row.study].work
        seen[row.axis, row.topic, work, row.since_last_months].append(row.key)
    assert all(len(keys) == 1 for keys in seen.values()), seen


def test_one_address_of_a_paper_is_one_work(facts: Facts) -> None:
    works = defaultdict(set)
    for source in facts.sources.values():
        assert facts.sources[source.work].work == source.work, source.key
        if source.address.startswith("https://doi.org/"):
            works[source.address.lower()].add(source.work)
    assert {address for address, keys in works.items() if len(keys) > 1} == set()


def test_papers_that_stand_under_two_keys_are_known(facts: Facts) -> None:
    twins = [source for source in facts.sources.values() if source.work != source.key]
    assert len(twins) >= 13
    assert {"S62", "S64", "S33"} <= {source.key for source in twins}


def test_every_topic_has_an_arm_and_a_level(facts: Facts) -> None:
    arms = fitted_arms(facts)
    assert set(arms.topic) == set(range(len(TOPICS)))
    draws = posterior.posterior_of(facts)
    for values in draws.level.values():
        assert np.isfinite(values).all()
        assert values.size >= 300


def test_every_fitted_arm_was_left_out_once(facts: Facts) -> None:
    checked = [f"arm.{row.key.removeprefix('check.')}" for row in facts.outcome_checks]
    assert sorted(checked) == sorted(row.key for row in fitted_rows(facts))


def test_what_is_kept_for_later_is_not_fitted() -> None:
    facts = open_edition("2026-11-30")
    fitted = {row.study for row in fitted_rows(facts)}
    assert facts.outcome_later
    assert not fitted & {row.study for row in facts.outcome_later}


def test_another_design_is_other_data() -> None:
    assert data_digest(open_edition("2026-11-30")) != data_digest(open_edition("2026-11-23"))
