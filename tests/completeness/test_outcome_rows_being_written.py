"""The rows, the draws and the model of the edition that is being written belong together."""

import hashlib

import pytest

from percuta.facts.edition import Facts, open_edition
from percuta.science.outcome import posterior
from percuta.science.outcome.arms import data_digest, fitted_rows
from tests.completeness import test_outcome_rows as of_the_edition_in_force

MODEL = (
    "tools/outcome_model.py",
    "tools/outcome_model_tails.py",
    "src/percuta/science/outcome/response.py",
)

RULES = (
    of_the_edition_in_force.test_the_shipped_draws_belong_to_the_rows_of_today,
    of_the_edition_in_force.test_the_sampler_had_settled,
    of_the_edition_in_force.test_every_human_outcome_of_needling_is_fitted_or_says_why_not,
    of_the_edition_in_force.test_every_arm_points_to_rows_of_its_own_paper,
    of_the_edition_in_force.test_the_printed_figures_stand_in_the_rows_that_an_arm_points_to,
    of_the_edition_in_force.test_bands_hold_every_person_once,
    of_the_edition_in_force.test_no_paper_is_pooled_twice_whatever_keys_it_stands_under,
    of_the_edition_in_force.test_one_address_of_a_paper_is_one_work,
    of_the_edition_in_force.test_every_topic_has_an_arm_and_a_level,
    of_the_edition_in_force.test_every_fitted_arm_was_left_out_once,
)


@pytest.fixture(name="draft", scope="module")
def _draft() -> Facts:
    return open_edition("2026-11-30")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rules_of_the_edition_in_force_hold(rule: object, draft: Facts) -> None:
    assert callable(rule)
    rule(draft)


def test_the_draws_belong_to_the_frozen_model(draft: Facts) -> None:
    digest = hashlib.sha256()
    for name in MODEL:
        digest.update((of_the_edition_in_force.ROOT / name).read_bytes())
    assert draft.schema("outcome_posterior").recipe["model_sha256"] == digest.hexdigest()
    assert digest.hexdigest().startswith("7294e9fc881dac7e"), "frozen before it was fitted"


def test_what_is_kept_for_later_is_not_fitted(draft: Facts) -> None:
    fitted = {row.study for row in fitted_rows(draft)}
    assert draft.outcome_later
    assert not fitted & {row.study for row in draft.outcome_later}


def test_another_design_is_other_data(draft: Facts) -> None:
    assert posterior.REFIT
    assert data_digest(draft) != data_digest(open_edition("2026-11-23"))
