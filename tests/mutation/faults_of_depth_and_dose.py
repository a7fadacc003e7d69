"""Planted faults in how depth and dose are found, under other numbers of the tables."""

from tests.mutation.noticing import Group, Judge
from tests.mutation.planting import Fault

FAULTS = (
    Fault("the limit as advice", "named_depth._shallowest", "depth > asked.ceiling.limit_mm", "False"),
    Fault("the deepest end advised", "named_depth._shallowest", "min((row.depth_mm_hi or 0.0 for row, _ in found))", "max((row.depth_mm_hi or 0.0 for row, _ in found))"),
    Fault("a whole face names a zone", "depths.DepthRow.names", "site in self.site", "site in self.site or 'face' in self.site"),
    Fault("an upper end names a depth", "depths.DepthRow.names", "has_both_ends", "self.depth_mm_hi is not None"),
    Fault("neighbours before the zone itself", "named_depth._named", "if own is not None:\n    return own", ""),
    Fault("pigment like everything else", "named_depth.depth_advice", "rule.rule is AdviceRule.SHALLOWEST_SETTING", "False"),
    Fault("a chart advises dark skin", "named_depth._is_trial_in", "is_trial and phototype is not None and (phototype in (row.phototypes or ()))", "phototype is not None and phototype in (row.phototypes or ())"),
    Fault("trials in other skin types", "named_depth._naming", "_is_trial_in(row, asked.phototype)", "row.kind is DepthKind.STUDIED_PROTOCOL"),
    Fault("memory names a depth", "named_depth", "{DepthKind.STUDIED_PROTOCOL, DepthKind.EXPERT, DepthKind.VENDOR_CHART}", "{DepthKind.MEMORY, DepthKind.STUDIED_PROTOCOL, DepthKind.EXPERT, DepthKind.VENDOR_CHART}"),
    Fault("advice without any study", "named_depth._of_named_rows", "_named(asked) if found.studied else None", "_named(asked)"),
    Fault("an empty depth not marked", "zone_plan._zone_depth", "to_choose", "False"),
    Fault("a thick source talks a thin site down", "reached_depth.reach_of", "not others or facts.beneath[site].is_thin_site", "not others"),
    Fault("the thin source alone everywhere", "reached_depth.reach_of", "is_alone", "True"),
    Fault("a source left out of the mixture", "reached_depth.reach_of", "(other for _, other in others)", "(other for _, other in others[:-1])"),
    Fault("anybody's choice for unpublished sites", "depth_findings._physicians_choice", "depth is None or not case.is_by_physician(zone)", "depth is None"),
    Fault("a physician at the needle is enough", "case.Case.is_by_physician", "chosen is not None and chosen.chosen_by is Operator.PHYSICIAN", "self.setting.operator is Operator.PHYSICIAN"),
    Fault("the old rule for unpublished sites", "depth_findings.depth_findings", "facts.depth_advice", "False"),
    Fault("any number of passes under the newer bound", "findings._above_upper_limits", "passes.number > most.value and (not is_timed)", "False"),
    Fault("any density under the newer bound", "findings._above_upper_limits", "strikes > densest.value", "False"),
    Fault("strikes bounded at the middle", "density.upper_strikes_per_cm2", "motion_of(device, facts, end='high')", "motion_of(device, facts)"),
    Fault("a time bounded like passes", "findings._above_upper_limits", "'time' if is_timed else 'passes'", "'passes'"),
    Fault("seconds for minutes", "contact.seconds_asked", "minutes * _S_PER_MIN", "minutes"),
    Fault("a time that is not kept", "passes.passes_in", "if seconds is not None:\n    return _timed(seconds, device, facts)", ""),
    Fault("the largest area for minutes", "contact.seconds_asked", "facts.zones[zone].area_cm2", "facts.zones[zone].area_hi_cm2"),
    Fault("the caution reads the middle", "depth_findings.reach_findings", "plan.reach.p_through_dermis.high", "plan.reach.p_through_dermis.middle"),
)  # fmt: skip

GROUP = Group(Judge("2026-11-30", is_stressed=True), FAULTS)
