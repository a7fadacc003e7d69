"""Planted faults in numbing by layers and visits."""

from tests.mutation.noticing import Group, Judge
from tests.mutation.planting import Fault

FAULTS = (
    Fault("half a layer", "plan._numbing", "layer.g_per_cm2 * area", "layer.g_per_cm2 * area / 2"),
    Fault("the blood not asked about area", "plan._room", "(*published, *blood)", "(*published, *published)"),
    Fault("toxic for first signs", "measured_level.first_signs_ug_per_ml", "convert(_first_signs(facts).si('low'), source='mg_per_ml', target='ug_per_ml')", "5 * convert(_first_signs(facts).si('low'), source='mg_per_ml', target='ug_per_ml')"),
    Fault("one of two drugs measured", "measured_level.peak_limit", "number * convert(level, source='mg_per_ml', target='ug_per_ml')", "convert(level, source='mg_per_ml', target='ug_per_ml')"),
    Fault("every cream uncovered", "measured_level.peak_limit", "_COVERED.get(layer.cover, 1.0)", "0.0"),
    Fault("a face like a thigh", "measured_level._counts_as_face", "lower.isdisjoint(facts.zones[zone].sites)", "not lower.isdisjoint(facts.zones[zone].sites)"),
    Fault("seventy kilograms for all", "measured_level.peak_limit", "to_si(weight_kg, 'kg')", "70.0"),
    Fault("people all alike", "measured_peak.PeakLaw.spread", "line + self.study_spread ** 2 + self.person_spread ** 2", "line + self.study_spread ** 2"),
    Fault("others use no part of the day", "area_caps.body_areas", "max(0.0, 1 - others.share)", "1.0"),
    Fault("only the largest part counts", "other_anaesthetic.others", "sum((mg / most for _, mg, most in known))", "max((mg / most for _, mg, most in known), default=0.0)"),
    Fault("an unknown drug ignored", "other_anaesthetic.others", "tuple((drug for drug, _, most in parts if most is None))", "()"),
    Fault("milligrams without a name ignored", "other_anaesthetic.others", "unnamed > 0", "False"),
    Fault("the loosest maximum", "other_anaesthetic.maximum_mg", "min(ends, default=None)", "max(ends, default=None)"),
    Fault("as wide as the label", "area_caps.label_use", "product.area_most_cm2 is not None", "False"),
    Fault("small zones only", "visits.large_area", "facts.zones[zone].area_hi_cm2", "facts.zones[zone].area_cm2"),
    Fault("the day's others not in the bound", "upper_bound.widest", "max(0.0, level - other / blood.volume)", "level"),
    Fault("no prescriber asked", "plan._prescriber", "not product.needs_prescriber", "True"),
    Fault("no caution with others", "plan._first_signs_with_others", "others.amount_mg == 0 or together < first", "True"),
    Fault("minutes of any length", "area_caps.longest_minutes", "(use.longest, Cap(most=peak, why=under_first_signs(facts)), Cap(most=outer, why=within_early_signs(skin, facts)))", "(use.longest,)"),
)  # fmt: skip

GROUP = Group(Judge("2026-11-30"), FAULTS)
