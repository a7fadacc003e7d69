"""Planted faults in what a next session may be."""

from tests.mutation.noticing import Group, Specification
from tests.mutation.planting import Fault

FAULTS = (
    Fault("earlier than today", "earliest_date.date_bounds", "max(on, delivered.session)", "delivered.session"),
    Fault("first bound in place of the last", "earliest_date.latest_first", "-bound.day.toordinal()", "bound.day.toordinal()"),
    Fault("interval rounded down", "series.whole_days", "math.ceil", "math.floor"),
    Fault("nothing has to heal", "earliest_date.date_bounds", "delivered.needled", "False"),
    Fault("aftercare of the plan only", "earliest_date._aftercare", "(*planned, *anew)", "(*planned,) or anew"),
    Fault("redness over unless told", "earliest_date._redness", "is_red_at_last(zone, delivered)", "False"),
    Fault("redness in the middle person", "earliest_date._redness", "last.hours.nineteen_in_twenty", "last.hours.middle"),
    Fault("still red does not hold", "earliest_date._reported", "still_h > 0", "False"),
    Fault("days begun not counted", "reported_signs.days_of", "-int(-convert(hours, source='h', target='days') // 1)", "int(convert(hours, source='h', target='days') // 1)"),
    Fault("cleared before it was told", "reported_signs._clearance", "f'recovery.{clearance.sign}' == row.key and clearance.on >= told_on", "f'recovery.{clearance.sign}' == row.key"),
    Fault("any sign can be cleared", "reported_signs.sign_reasons", "sign.cleared is None or not facts.next_session[sign.key].can_be_cleared", "sign.cleared is None"),
    Fault("answers stand against a sign", "reported_signs._is_answer_untrue", "answer is None or answer.status in {'no', 'never', 'unknown'}", "answer is not None and answer.status not in {'no', 'never', 'unknown'}"),
    Fault("cleared or not, act now", "reported_signs.act_now", "sign.cleared is None", "sign.cleared is not None"),
    Fault("signs nobody asked for are none", "next_session._of_the_whole", "delivered.signs is None or unasked_signs(delivered, facts)", "False"),
    Fault("last needling untold is none", "earliest_date.is_last_needling_untold", "is_counted and (not delivered.needled) and (delivered.last_needled is None)", "False"),
    Fault("another device compared", "zone_advice._is_same_device", "delivered.device == whole.case.setting.device", "True"),
    Fault("more than borne", "next_dose.no_more_than_borne", "min(depth, done.depth_mm or depth)", "max(depth, done.depth_mm or depth)"),
    Fault("lighter is heavier", "next_dose.lighter", "borne_mm - steps * (device.depth_step_mm or 0.0)", "borne_mm + steps * (device.depth_step_mm or 0.0)"),
    Fault("lighter than planned, not than borne", "next_dose.lighter", "min(planned.depth_mm_at_most, done.depth_mm or planned.depth_mm_at_most)", "planned.depth_mm_at_most"),
    Fault("today's ceiling forgotten", "next_dose.as_planned", "min(limit_mm, depth.limit)", "depth.limit"),
    Fault("no session left to lighten", "next_dose.lighter", "if passes < 1:\n    return None", ""),
    Fault("passed endpoint unseen", "zone_advice._of_the_session", "_has_passed(plan, done)", "False"),
    Fault("heavy bleeding as planned", "zone_advice._has_passed", "seen.weight > _planned_endpoint(plan).weight or seen is Endpoint.HEAVY_BLEEDING", "seen.weight > _planned_endpoint(plan).weight"),
    Fault("above the ceiling unseen", "zone_advice._of_the_session", "done.depth_mm > plan.depth_mm.limit + _NEAR_MM", "False"),
    Fault("a stop reads as a hold", "rescreening", "Advice.STOP", "Advice.HOLD"),
    Fault("screening of today ignored", "next_session.next_session", "(*sign_reasons(told, plan, case, today), *screening_reasons(fresh, today), *(reason_for('sign_again', today, detail=f\"{text.rstrip('.')}.\") for text in again.refusals), *_of_the_whole(plan, delivered, today))", "(*sign_reasons(told, plan, case, today), *(reason_for('sign_again', today, detail=f\"{text.rstrip('.')}.\") for text in again.refusals), *_of_the_whole(plan, delivered, today))"),
    Fault("deferral of today ignored", "next_session.next_session", "(*bounds, *deferral_bounds(fresh))", "bounds"),
    Fault("refusals of recheck ignored", "next_session.next_session", "again.refusals", "again.refusals[:0]"),
    Fault("mildest advice of all zones", "next_session._overall", "max(going, key=lambda advice: advice.weight)", "min(going, key=lambda advice: advice.weight)"),
    Fault("dates in spite of a hold", "next_session.next_session", "days if advice.may_go_on else ()", "days"),
    Fault("an earliest day in spite of a stop", "next_session.next_session", "None if advice is Advice.STOP else earliest", "earliest"),
    Fault("a session of the future", "next_session.next_session", "refuse_the_future(delivered, on)", ""),
    Fault("a session of another plan", "next_session.next_session", "refuse_another_time(delivered, plan.case.setting.date, today)", ""),
    Fault("a series without end", "zone_advice._series_reasons", "delivered.sessions_done >= sessions", "False"),
)  # fmt: skip

GROUP = Group(
    Specification(("tests/spec/test_next_session.py", "tests/spec/safety/test_next_session.py")),
    FAULTS,
)
