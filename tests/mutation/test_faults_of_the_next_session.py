"""Planted faults in what a next session may be: the tests that say what it is must notice each."""

import subprocess
from pathlib import Path

import pytest

from tests.mutation.planting import Fault, copy_of_the_product, named, plant, run_on_the_copy

SAYING = ("tests/spec/test_next_session.py", "tests/spec/safety/test_next_session.py")

FAULTS = (
    Fault("earlier than today", "planning/next_date.py", "day=max(on, delivered.session)", "day=delivered.session"),
    Fault("first bound in place of the last", "planning/next_date.py", "(-bound.day.toordinal(), bound.rule)", "(bound.day.toordinal(), bound.rule)"),
    Fault("interval rounded down", "planning/series.py", "return math.ceil(convert(weeks", "return math.floor(convert(weeks"),
    Fault("nothing has to heal", "planning/next_date.py", "    if delivered.needled:\n        bounds += _aftercare", "    if False:\n        bounds += _aftercare"),
    Fault("aftercare of the plan only", "planning/next_date.py", "max((*planned, *anew), key", "max((*planned,) or anew, key"),
    Fault("redness over unless told", "planning/next_date.py", "if is_red_at_last(zone, delivered)", "if False"),
    Fault("redness in the middle person", "planning/next_date.py", "days_of(last.hours.nineteen_in_twenty)", "days_of(last.hours.middle)"),
    Fault("still red does not hold", "planning/next_date.py", "    if still_h > 0:\n", "    if False:\n"),
    Fault("days begun not counted", "planning/reported.py", "days=-int(-convert(hours, source=\"h\", target=\"days\") // 1)", "days=int(convert(hours, source=\"h\", target=\"days\") // 1)"),
    Fault("cleared before it was told", "planning/reported.py", " and clearance.on >= told_on", ""),
    Fault("any sign can be cleared", "planning/reported.py", " or not facts.next_session[sign.key].can_be_cleared", ""),
    Fault("answers stand against a sign", "planning/reported.py", "return answer is None or answer.status in", "return answer is not None and answer.status not in"),
    Fault("cleared or not, act now", "planning/reported.py", "        for sign in told\n        if sign.cleared is None\n", "        for sign in told\n        if sign.cleared is not None\n"),
    Fault("signs nobody asked for are none", "planning/next_session.py", "(delivered.signs is None or unasked_signs(delivered, facts))", "False"),
    Fault("last needling untold is none", "planning/next_date.py", "return is_counted and not delivered.needled and delivered.last_needled is None", "return False"),
    Fault("another device compared", "planning/zone_advice.py", "return delivered.device == whole.case.setting.device", "return True"),
    Fault("more than borne", "planning/next_dose.py", "depth = min(depth, done.depth_mm or depth)", "depth = max(depth, done.depth_mm or depth)"),
    Fault("lighter is heavier", "planning/next_dose.py", "borne_mm - steps *", "borne_mm + steps *"),
    Fault("lighter than planned, not than borne", "planning/next_dose.py", "borne_mm = min(planned.depth_mm_at_most, done.depth_mm or planned.depth_mm_at_most)", "borne_mm = planned.depth_mm_at_most"),
    Fault("today's ceiling forgotten", "planning/next_dose.py", "limit = min(limit_mm, depth.limit)", "limit = depth.limit"),
    Fault("no session left to lighten", "planning/next_dose.py", "    if passes < 1:\n        return None\n", ""),
    Fault("passed endpoint unseen", "planning/zone_advice.py", "    if _has_passed(plan, done):\n", "    if False:\n"),
    Fault("heavy bleeding as planned", "planning/zone_advice.py", " or seen is Endpoint.HEAVY_BLEEDING", ""),
    Fault("above the ceiling unseen", "planning/zone_advice.py", "done.depth_mm > plan.depth_mm.limit + _NEAR_MM", "False"),
    Fault("a stop reads as a hold", "planning/screened_again.py", "    Level.STOP: Advice.STOP,\n", "    Level.STOP: Advice.HOLD,\n"),
    Fault("screening of today ignored", "planning/next_session.py", "        *screening_reasons(fresh, today),\n", ""),
    Fault("deferral of today ignored", "planning/next_session.py", "latest_first((*bounds, *deferral_bounds(fresh)))", "latest_first(bounds)"),
    Fault("refusals of recheck ignored", "planning/next_session.py", "            for text in again.refusals\n", "            for text in again.refusals[:0]\n"),
    Fault("mildest advice of all zones", "planning/next_session.py", "return max(going, key=lambda advice: advice.weight)", "return min(going, key=lambda advice: advice.weight)"),
    Fault("dates in spite of a hold", "planning/next_session.py", "dates=days if advice.may_go_on else ()", "dates=days"),
    Fault("an earliest day in spite of a stop", "planning/next_session.py", "None if advice is Advice.STOP else earliest", "earliest"),
    Fault("a session of the future", "planning/next_session.py", "    refuse_the_future(delivered, on)\n", ""),
    Fault("a session of another plan", "planning/next_session.py", "    refuse_another_time(delivered, plan.case.setting.date, today)\n", ""),
    Fault("a series without end", "planning/zone_advice.py", "delivered.sessions_done >= sessions", "False"),
)  # fmt: skip


def run_tests(source: Path) -> subprocess.CompletedProcess[str]:
    """The tests over a copy of the product's source, until the first that fails."""
    plain = ("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist")
    return run_on_the_copy(source, "pytest", "-x", "-q", *plain, *SAYING)


def test_the_sound_product_says_what_it_should(tmp_path: Path) -> None:
    copy_of_the_product(tmp_path)
    done = run_tests(tmp_path)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_a_planted_fault_is_told(fault: Fault, tmp_path: Path) -> None:
    plant(fault, tmp_path)
    done = run_tests(tmp_path)
    assert done.returncode == 1, f"{fault.name} went unnoticed: {done.stdout[-500:]}"
