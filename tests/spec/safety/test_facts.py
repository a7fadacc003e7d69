"""No fact is believed that nobody vouches for."""

from pathlib import Path

import pytest

from percuta.errors import FactError, UnknownEdition
from percuta.facts.edition import BUILT_IN, Facts, open_edition
from percuta.planning.plan.revalidation import recheck
from tests.people import SESSION, a_plan
from tests.spec.safety.reading import a_shelf


def test_silently_changed_facts_are_noticed(facts: Facts, tmp_path: Path) -> None:
    plan = a_plan(facts)
    changed = a_shelf(tmp_path, table="aftercare.csv", before="pat dry", after="Pat dry")
    answer = recheck(plan, own=changed, today=facts, on=SESSION)
    assert any("are not those the plan was made from" in why for why in answer.refusals)
    gone = UnknownEdition("facts edition 'x' is not here")
    assert not recheck(plan, own=gone, today=facts, on=SESSION).may_be_used


def test_a_fact_without_a_source_is_refused(tmp_path: Path) -> None:
    broken = a_shelf(
        tmp_path,
        table="depths.csv",
        before='SKINPEN_CLIN,"clinical study summary, opening",expert',
        after='NOBODY_SAYS_SO,"clinical study summary, opening",expert',
    )
    with pytest.raises(FactError, match="NOBODY_SAYS_SO"):
        broken.check()


def test_the_built_in_facts_are_sound() -> None:
    for name in sorted(path.name for path in BUILT_IN.iterdir() if path.is_dir()):
        open_edition(name).check()
