"""Which model answers for which validation row."""

from collections.abc import Callable, Mapping
from functools import partial

from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex
from percuta.science.channels.clocks import Clock
from percuta.validation import (
    blood,
    closing,
    collagen,
    finite_doses,
    outcomes,
    permeating,
    puncturing,
    redness,
    thickness,
    topicals,
)
from percuta.validation.predicted import Predicted

Prediction = Callable[[Facts], Predicted | None]
"""Nothing where the edition holds no row that the figure could be foretold by."""

_PUNCTURE: Mapping[str, Prediction] = {
    "V1": puncturing.strikes_after_rolls,
    "V2": puncturing.formula_over_lattice,
    "V4a": partial(puncturing.entry_force, row="V4a"),
    "V4b": partial(puncturing.entry_force, row="V4b"),
    "V4c": puncturing.entry_jump,
    "V6a": partial(puncturing.reached_ratio, row="V6a", kind=DeviceKind.STAMP),
    "V6b": partial(puncturing.reached_ratio, row="V6b", kind=DeviceKind.STAMP),
    "V6c": partial(puncturing.reached_ratio, row="V6c", kind=DeviceKind.ROLLER),
    "V6d": partial(puncturing.reached_ratio, row="V6d", kind=DeviceKind.PEN),
    "V6e": partial(puncturing.reached_ratio, row="V6e", kind=DeviceKind.PEN),
    "V6f": partial(puncturing.gain_with_length, row="V6f", kind=DeviceKind.ROLLER),
    "V7a": puncturing.hole_diameter,
    "V7b": partial(puncturing.reached_um, row="V7b", kind=DeviceKind.ROLLER),
    "V39a": partial(thickness.neck, layer="epidermis", sex=Sex.FEMALE),
    "V39b": partial(thickness.neck, layer="epidermis", sex=Sex.MALE),
    "V39c": partial(thickness.neck, layer="dermis", sex=Sex.FEMALE),
    "V39d": partial(thickness.neck, layer="dermis", sex=Sex.MALE),
    "V40a": thickness.means_as_printed,
    "V40b": thickness.spreads_as_printed,
}
_CLOSURE: Mapping[str, Prediction] = {
    "V8": closing.upper_arm_mean,
    "V9a": partial(closing.from_half_life, row="channels/chan.7"),
    "V9b": partial(closing.from_half_life, row="channels/chan.11"),
    "V10a": closing.groups_error,
    "V10b": closing.groups_inside,
    "V11a": partial(closing.steps_in_order, covered=False),
    "V11b": partial(closing.steps_in_order, covered=True),
    "V12": partial(closing.in_air, clock=Clock.BARRIER),
    "V13a": closing.epithelium_ratio,
    "V13b": closing.epithelium_ratio,
    "V14": closing.still_seen_pct,
}
_DPGME = partial(finite_doses.solvent_as_other_codes, row="V20c", share="V19f", name="dpgme")
_BUTOXYETHANOL = partial(
    finite_doses.solvent_as_other_codes, row="V20d", share="V19h", name="butoxyethanol"
)
_SOLVENTS: Mapping[str, Prediction] = {
    "V19f": _DPGME,
    "V19g": _DPGME,
    "V19h": _BUTOXYETHANOL,
    "V19i": _BUTOXYETHANOL,
    "V19j": partial(_DPGME, is_sink_below=True),
    "V19k": partial(_BUTOXYETHANOL, is_sink_below=True),
}
_ABSORPTION: Mapping[str, Prediction] = {
    "V3a": finite_doses.slab_over_series,
    **{row: partial(permeating.lidocaine_at, row=row) for row in ("V15a", "V15b", "V15c", "V15d")},
    **{row: partial(permeating.fentanyl_at, row=row) for row in (f"V16{c}" for c in "abcdefghi")},
    "V17a": permeating.lidocaine_by_size,
    "V17b": permeating.lidocaine_by_size,
    "V19a": finite_doses.absorbed_testosterone,
    "V19b": finite_doses.absorbed_testosterone,
    "V19c": partial(finite_doses.absorbed_testosterone, is_sink_below=True),
    "V19d": finite_doses.rate_of_testosterone,
    "V19e": finite_doses.rate_of_testosterone,
    **_SOLVENTS,
    "V20a": finite_doses.measured_testosterone,
    "V20b": partial(finite_doses.liquid_absorbed, row="V20b", name="dpgme"),
    "V20c": partial(finite_doses.liquid_absorbed, row="V20c", name="dpgme"),
    "V20d": partial(finite_doses.liquid_absorbed, row="V20d", name="butoxyethanol"),
    "V20e": partial(finite_doses.liquid_absorbed, row="V20e", name="fentanyl"),
    "V29a": permeating.naloxone_at_twice_the_length,
    "V29b": permeating.ascorbic_acid_through_holes,
    "V29c": partial(permeating.salt_through_holes, row="V29c", name="amantadine"),
    "V29d": partial(permeating.salt_through_holes, row="V29d", name="pramipexole"),
    "V41": topicals.solution_over_holes,
}
_BLOOD: Mapping[str, Prediction] = {
    "V21": partial(blood.plasma_peak, row="V21", site="face"),
    "V22": partial(blood.plasma_peak, row="V22", site="thigh"),
    "V23": partial(blood.plasma_peak, row="V23", site=None),
    "V24": partial(blood.plasma_peak, row="V24", site="face"),
    "V24b": partial(blood.bound_on_face, row="V24"),
    "V25": partial(blood.plasma_peak, row="V25", site="face"),
    "V27a": partial(blood.plasma_peak, row="V27a", site="face"),
    "V27b": partial(blood.plasma_peak, row="V27b", site="face"),
    "V27c": partial(blood.plasma_peak, row="V27b", site="face"),
}
_AFTERWARDS: Mapping[str, Prediction] = {
    "V31a": partial(outcomes.with_the_study, arm="minh2019_grade_end"),
    "V31b": partial(outcomes.with_the_study, arm="minh2019_grade_1_month"),
    "V31c": partial(outcomes.with_the_study, arm="minh2019_grade_2_months"),
    "V31d": partial(outcomes.without_the_study, arm="minh2019_grade_end"),
    "V31e": partial(outcomes.without_the_study, arm="minh2019_grade_1_month"),
    "V31f": partial(outcomes.without_the_study, arm="minh2019_grade_2_months"),
    "V31g": outcomes.first_gain_from_the_last,
    "V31h": outcomes.pace,
    "V32": outcomes.new_study,
    "V34a": outcomes.over_a_comparator,
    "V34b": outcomes.low_end_over_a_comparator,
    "V36a": collagen.peak_day,
    "V36b": collagen.young_ratio,
    "V36c": collagen.still_made,
    "V37": collagen.elastin_curves,
    "V38a": partial(redness.left_out, statement="redness.bal2008"),
    "V38b": partial(redness.left_out, statement="redness.hkjdv2018"),
    "V38c": partial(redness.left_out, statement="redness.minh2019"),
    "V38d": partial(redness.left_out, statement="redness.donnelly2014"),
}
PREDICTIONS: Mapping[str, Prediction] = {
    **_PUNCTURE,
    **_CLOSURE,
    **_ABSORPTION,
    **_BLOOD,
    **_AFTERWARDS,
}
"""By row; a row that is not here says in its table why not."""
