"""A study file says what it asks, or every fault in it: field, value, what is allowed."""

from pathlib import Path
from typing import Any

import pytest

from percuta.errors import StudyError
from percuta.facts.edition import Facts
from percuta.study.reading import MOST_PLANS, parse_study, read_study
from percuta.study.sweep import plans_counted, plans_of
from tests.studies import a_cohort, a_study, read

PLAN = {"device": "generic_pen_12", "depth_mm": 1.0, "passes": 3}


def faults(facts: Facts, **changes: Any) -> tuple[str, ...]:
    with pytest.raises(StudyError) as caught:
        parse_study(a_study(**changes), facts)
    return caught.value.faults


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seed": "one"}, "seed: 'one' is not allowed: input should be a valid integer"),
        ({"seed": -1}, "seed: '-1' is not allowed"),
        ({"name": "Two words"}, "name: 'Two words' is not allowed"),
        ({"people_per_chunk": 1}, "people_per_chunk: '1' is not allowed"),
        ({"sede": 1}, "sede: is not a field of a study file"),
        ({"plans": []}, "plans: is empty; name at least one"),
        ({"cohort": a_cohort(people=0)}, "cohort.people: '0' is not allowed"),
        ({"cohort": a_cohort(sex={"other": 1})}, "cohort.sex.other: 'other' is not allowed"),
        ({"cohort": a_cohort(sex={"male": 0})}, "cohort.sex: no weight is above 0"),
        ({"cohort": a_cohort(zones={"eyelid": 1})}, "cohort.zones.eyelid: 'eyelid'"),
        ({"cohort": a_cohort(age_years=[{"from_years": 60, "to_years": 20}])},
         "cohort.age_years.1.to_years: 20 lies below from_years 60"),
        ({"cohort": a_cohort(zones={"hand_left_dorsal": 1})},
         "cohort: hand_left_dorsal: no usable thickness of this skin was published (female)"),
        ({"plans": [{**PLAN, "zone": "hand_left_dorsal"}]},
         "plans.1: hand_left_dorsal: no usable thickness of this skin was published (female)"),
        ({"cohort": a_cohort(zones={})}, "plans.1.zone: is missing"),
        ({"absorption": "snake_oil"}, "absorption: 'snake_oil' is not known; there are"),
        ({"absorption": 5}, "absorption: '5' is not allowed: input should be a valid string"),
        ({"absorption": "kit_hydrogel"},
         "absorption: 'kit_hydrogel' cannot be followed. What it holds is not published"),
        ({"absorption": "lidocaine_4_cream"}, "absorption: 'lidocaine_4_cream' cannot be followed"),
        ({"plans": [{**PLAN, "device": "laser"}]}, "plans.1.device: 'laser' is not known"),
        ({"plans": [{**PLAN, "device": "roller_192_05"}]},
         "plans.1.depth_mm: 1: roller_192_05 can be set to 0.5 to 0.5 mm"),
        ({"plans": [{**PLAN, "depth_mm": [0.5, "deep"]}]}, "plans.1.depth_mm.2: 'deep'"),
        ({"plans": [{**PLAN, "strikes_per_cm2": 500.0}]},
         "plans.1: name passes or strikes_per_cm2, one of the two"),
        ({"plans": [{"device": "generic_pen_12", "depth_mm": 1.0}]},
         "plans.1: name passes or strikes_per_cm2, one of the two"),
        ({"plans": [{**PLAN, "covered": "yes"}]}, "plans.1.covered.1: 'yes' is not allowed"),
        ({"people_per_chunk": 100_000, "plans": [{**PLAN, "passes": list(range(1, 101))}]},
         "people_per_chunk: 100000 people under 100 plans do not fit in a chunk; at most 50000"),
        ({"plans": [{**PLAN, "depth_mm": [0.5] * 101, "passes": list(range(1, 101))}]},
         f"plans: 10100 combinations; at most {MOST_PLANS} make one study"),
    ],
)  # fmt: skip
def test_a_fault_names_field_value_and_what_is_allowed(
    changes: dict[str, Any], said: str, facts: Facts
) -> None:
    assert any(fault.startswith(said) for fault in faults(facts, **changes))


def test_every_fault_is_named_at_once(facts: Facts) -> None:
    wrong = {"device": "generic_pen_12", "depth_mm": 9.0, "passes": 0}
    unknown = {"device": "laser", "depth_mm": 1.0, "passes": 1}
    old = a_cohort(age_years=[{"from_years": 60, "to_years": 20}])
    named = faults(facts, seed=-1, name="", plans=[wrong, unknown], cohort=old)
    assert [fault.partition(":")[0] for fault in named] == [
        "name",
        "seed",
        "plans.1.depth_mm.1",
        "plans.1.passes.1",
        "cohort.age_years.1.to_years",
        "plans.2.device",
    ]


def test_a_file_that_is_none_is_told(tmp_path: Path, facts: Facts) -> None:
    path = tmp_path / "study.toml"
    for content, said in ((b"name = ", "is not TOML"), (b"\xff", "is not UTF-8 text (byte 0)")):
        path.write_bytes(content)
        with pytest.raises(StudyError, match=r"study\.toml") as caught:
            read_study(path, facts)
        assert said in str(caught.value)
    with pytest.raises(StudyError, match="cannot be read"):
        read_study(tmp_path / "none.toml", facts)


def test_a_sweep_is_every_combination_in_the_order_of_the_file(facts: Facts) -> None:
    sweep = {
        "device": ["generic_pen_12", "generic_pen_14"],
        "depth_mm": [0.5, 1.0],
        "strikes_per_cm2": [200.0, 400.0],
        "zone": "neck_front",
        "covered": [True, False],
    }
    study = read(facts, plans=[sweep, PLAN])
    plans = plans_of(study, facts)
    assert len(plans) == plans_counted(study) == 17
    assert [plan.number for plan in plans] == list(range(1, 18))
    assert [plan.covered for plan in plans[:3]] == [True, False, True]
    assert plans[0].strikes_per_cm2 == 200
    assert plans[-1].zone is None


def test_a_digest_follows_what_is_asked_and_not_how_it_is_spelled(facts: Facts) -> None:
    spelled = a_cohort(sex={"male": 1.0, "female": 3.0})
    assert read(facts).sha256 == read(facts, cohort=spelled).sha256
    assert read(facts).sha256 != read(facts, seed=2).sha256
