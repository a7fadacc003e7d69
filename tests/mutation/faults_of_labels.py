"""Planted faults in what is told of devices and their labels."""

from tests.mutation.noticing import Group, Judge
from tests.mutation.planting import Fault

FAULTS = (
    Fault("an age floor forgotten", "labelling._limits_passed", "(person.age or 0) < row.age_min_years", "False"),
    Fault("skin types of a label forgotten", "labelling._limits_passed", "person.phototype not in row.phototypes", "False"),
    Fault("the label of another device", "labelling._naming", "row.family == device.family", "device.family is not None"),
    Fault("cleared for one site, used on all", "labelling._naming", "not sites.isdisjoint(row.site)", "True"),
    Fault("cleared for one concern, used for all", "labelling._naming", "stated.concern in row.concern", "True"),
    Fault("metal that is not known is no steel", "devices.Device.materials", "'stainless_steel' if self.needle_material == 'unknown' else self.needle_material", "self.needle_material"),
    Fault("the first label for the one that limits", "labelling.device_line", "[row for row in facts.depths if row.key in keys]", "[row for row in facts.depths][:1]"),
    Fault("open skin without its caution", "products._wish_findings", "[_finding(RULE_NO_FIGURE, Level.CAUTION, text, agent)]", "[]"),
    Fault("a scar of any kind", "decided.assess", "(*screening.questions, *concern_questions(case, facts))", "screening.questions"),
    Fault("anybody for melasma", "concern_rules.concern_findings", "rule.level_physician if by_physician else rule.level_others", "rule.level_physician"),
    Fault("a depth for melasma", "concern_rules.bounded_advice", "{'low_mm': low_mm, 'recommended_mm': None, 'protocol': NO_ADVICE}", "{'low_mm': low_mm, 'protocol': NO_ADVICE}"),
    Fault("minoxidil makes the scalp a published site", "ceilings.has_published_depth", "(word for key, row in facts.concerns.items() if key not in without for word in row.evidence)", "(word for key, row in facts.concerns.items() for word in row.evidence)"),
)  # fmt: skip

GROUP = Group(Judge("2026-11-30"), FAULTS)
