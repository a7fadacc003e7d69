"""Planted faults in what a plan tells of studies."""

from tests.mutation.noticing import Group, Specification
from tests.mutation.planting import Fault

FAULTS = (
    Fault("events of every site", "adverse_event_rates.seen_events", "ours & set(alone.get(seen.fact, ()))", "seen.fact in alone"),
    Fault("events of products", "adverse_event_rates.seen_events", "{fact: s.sites for fact, s in scopes.items() if s.procedure == 'needling_alone'}", "{fact: s.sites for fact, s in scopes.items()}"),
    Fault("nothing counted is nothing seen", "adverse_event_rates.seen_events", "any((not any((own & set(sites) for sites in alone.values())) for own in words))", "False and any((not any((own & set(sites) for sites in alone.values())) for own in words))"),
    Fault("a curve against its measurement", "topicals._contrary_measurement", "low <= row.value <= high", "low <= row.value or high"),
    Fault("a handful of draws", "collagen_timeline", "PULSE_DRAWS = 20000", "PULSE_DRAWS = 64"),
    Fault("not told is blinded", "outcome.OutcomeDesign.is_blinded", "self.rating == 'blinded'", "self.rating != 'unblinded'"),
    Fault("any comparator is a control", "prediction._outcome", "row.control == 'contrast'", "True"),
    Fault("new studies by the normal law", "prediction._off", "tails is None", "True"),
    Fault("nothing found is something found", "arms", "-1", "1"),
)  # fmt: skip

GROUP = Group(
    Specification(("tests/spec/test_what_was_seen.py", "tests/spec/test_group_coverage.py")), FAULTS
)
