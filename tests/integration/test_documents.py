"""Both pages of a plan, read back from the PDF as a reader meets them."""

import ctypes
import re
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import typst

from percuta.facts.edition import Facts
from percuta.facts.screening import AnswerKind
from percuta.facts.vocabulary import Zone
from percuta.planning.plan.plan import Plan
from percuta.report import plain
from percuta.report.pdf import write_pdf
from tests.people import a_plan, one_concern

ZONES = [zone.value for zone in Zone]
A4 = (595.28, 841.89)
MARKUP = r'#let x = $1 + 2$ *bold* _low_ [box](y) @ref <tag> `raw` // no /* no */ \ "quoted" = a'
CAUTIONS: dict[str, Any] = {
    "herpes_history": "yes",
    "epilepsy": "yes",
    "smoking": "yes",
    "piercing_in_zone": "yes",
    "diabetes": "controlled",
    "nsaid_or_fish_oil": "current",
    "photosensitising_drug": "current",
    "phototype": "V",
    "age": 21,
}
FACE: list[dict[str, Any]] = [
    {"concern": "wrinkles", "zones": ZONES[:14], "severity": 2},
    {
        "concern": "acne_scars",
        "kind": "icepick",
        "zones": ["cheek_left", "cheek_right"],
        "severity": 3,
    },
]
SPARED: dict[str, Any] = {
    "tattoo_in_zone": {"status": "yes", "zones": ["chin"]},
    "active_acne_in_zone": {"status": "yes", "zones": ["temple_left"]},
    "filler": {"status": "past", "last": date(2026, 11, 20), "zones": ["upper_lip"]},
}
CASES: dict[str, dict[str, Any]] = {
    "two zones": {},
    "one zone": {"concerns": one_concern("fine_lines", "forehead")},
    "numbed": {"numbing": "lidocaine_prilocaine_cream"},
    "counter cream": {"numbing": "lidocaine_4_cream"},
    "no amount": {"numbing": "lidocaine_5_cream"},
    "fourteen zones": {"concerns": one_concern("wrinkles", *ZONES[:14])},
    "face with cautions": {
        "concerns": FACE,
        "numbing": "lidocaine_prilocaine_cream",
        "glide": "hyaluronic_glide_gel",
        "soothing": "vitamin_c_serum",
        **CAUTIONS,
        **SPARED,
    },
    "every zone": {
        "concerns": one_concern("wrinkles", *ZONES) + one_concern("texture", *ZONES[:9]),
        "numbing": "lidocaine_prilocaine_cream",
        **CAUTIONS,
    },
    "body": {"concerns": one_concern("stretch_marks", "abdomen", "thigh_left", "decolletage")},
    "roller": {"device": "roller_192_10", "operator": "esthetician"},
    "licensed": {
        "operator": "esthetician",
        "licence": "example_arizona_esthetician",
        "concerns": one_concern("texture", "nose", "forehead"),
    },
    "both hands": {
        "operator": "nurse",
        "concerns": one_concern("texture", "hand_left_dorsal", "hand_right_dorsal"),
    },
    "chosen depth": {
        "concerns": one_concern("texture", "cheek_left", "cheek_right"),
        "depth_mm": {"cheek_left": 0.75},
    },
    "chosen where none is advised": {"depth_mm": {"cheek_left": 1.0}},
    "chosen where none is published": {
        "concerns": one_concern("texture", "decolletage", "hand_left_dorsal"),
        "depth_mm": {
            "decolletage": {"mm": 0.75, "chosen_by": "physician"},
            "hand_left_dorsal": {"mm": 0.5, "chosen_by": "physician"},
        },
    },
    "incomplete": {"pregnancy": None, "keloid": None, "phototype": None},
    "pregnant": {"pregnancy": "yes"},
    "isotretinoin": {"isotretinoin": {"status": "past", "last": date(2026, 8, 1)}},
    "keloid not known": {"keloid": "unknown"},
    "too young": {"age": 16},
}


def everything_wrong(facts: Facts) -> dict[str, Any]:
    """An answer to every item that fires as many rules as can be."""
    worst = {
        AnswerKind.YES_NO: "yes",
        AnswerKind.DATED: "current",
        AnswerKind.DIABETES: "uncontrolled",
    }
    asked = [rule for rule in facts.screening if rule.answer_kind in worst]
    return {rule.history_key: worst[rule.answer_kind] for rule in asked}


def nothing_answered(facts: Facts) -> dict[str, Any]:
    """No answer to anything, and no person told."""
    told: dict[str, Any] = dict.fromkeys(everything_wrong(facts))
    return {**told, "age": None, "sex": None, "phototype": None, "weight_kg": None}


def read(path: Path) -> list[str]:
    """The text of each page, lines joined."""
    document = pdfium.PdfDocument(path)
    try:
        return [words(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def words(text: str) -> str:
    return " ".join(text.replace("\ufffe\r\n", "-").replace("\ufffe", "-").split())


def pages_of(plan: Plan, folder: Path) -> tuple[str, str]:
    """Write a plan and read it: the sheet of reasons and the patient's page."""
    write_pdf(plan, folder / "plan.pdf")
    _, professional, patient = read(folder / "plan.pdf")
    return professional, patient


@pytest.fixture
def face(facts: Facts, tmp_path: Path) -> tuple[Plan, str, str]:
    """Fourteen zones asked for, some of them spared, many cautions, numbing."""
    plan = a_plan(facts, **CASES["face with cautions"])
    return plan, *pages_of(plan, tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_there_is_one_a4_page_to_decide_one_of_reasons_one_for_the_patient(
    name: str, facts: Facts, tmp_path: Path
) -> None:
    write_pdf(a_plan(facts, **CASES[name]), tmp_path / "plan.pdf")
    document = pdfium.PdfDocument(tmp_path / "plan.pdf")
    assert [page.get_size() for page in document] == [pytest.approx(A4, abs=0.1)] * 3
    document.close()


def test_the_professional_reads_what_zeros_leave_possible(facts: Facts, tmp_path: Path) -> None:
    plan = a_plan(facts)
    professional, _ = pages_of(plan, tmp_path)
    none = [seen for seen in plan.seen_events if seen.events_n == 0]
    assert none
    for seen in none:
        bound = f"none of {seen.people_n:,} (up to {seen.upper_pct:g} % cannot be ruled out)"
        assert bound in professional


def test_the_longest_answers_fit_too(facts: Facts, tmp_path: Path) -> None:
    for changes in (everything_wrong(facts), nothing_answered(facts)):
        plan = a_plan(facts, numbing="lidocaine_prilocaine_cream", **changes)
        professional, _ = pages_of(plan, tmp_path)
        for finding in plan.findings:
            assert finding.reason[:20] in professional
        for question in plan.questions:
            assert question.question in professional


def test_a_reason_of_many_words_is_shortened_and_never_spills(facts: Facts, tmp_path: Path) -> None:
    plan = a_plan(facts, **CASES["face with cautions"])
    long = [f.model_copy(update={"reason": "a long reason " * 400}) for f in plan.findings]
    professional, _ = pages_of(plan.model_copy(update={"findings": tuple(long)}), tmp_path)
    assert "…" in professional


def test_a_loosening_and_an_unknown_answer_survive_shortening(facts: Facts, tmp_path: Path) -> None:
    published = [r for r in facts.deferrals if r.rule == "isotretinoin.recent" and r.is_choosable]
    loosened = {
        "rule": "isotretinoin.recent",
        "defer_days": min(reading.defer_days for reading in published),
        "by": "Dr. A. Example",
        "expires": date(2027, 3, 1),
    }
    changes = CASES["face with cautions"] | {
        "isotretinoin": {"status": "past", "last": date(2026, 8, 1)},
        "clinic_deferrals": [loosened],
        "expectation_concern": "unknown",
        "systemic_corticosteroid": {"status": "current", "cleared": date(2026, 11, 1)},
    }
    professional, _ = pages_of(a_plan(facts, **changes), tmp_path)
    assert "…" in professional
    assert "set by Dr. A. Example, ends 1 Mar 2027." in professional
    assert "The answer is not known." in professional
    assert "Cleared in writing on 1 Nov 2026." in professional


def test_no_text_is_set_outside_the_sheet(facts: Facts, tmp_path: Path) -> None:
    write_pdf(a_plan(facts, **CASES["every zone"]), tmp_path / "plan.pdf")
    document = pdfium.PdfDocument(tmp_path / "plan.pdf")
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        assert min(left for left, _, _, _ in boxes) >= 0
        assert min(bottom for _, bottom, _, _ in boxes) >= 0
        assert max(right for _, _, right, _ in boxes) <= A4[0]
        assert max(top for _, _, _, top in boxes) <= A4[1]
    document.close()


def test_typst_has_nothing_to_warn_of(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warned: list[str] = []

    def compiled(*given: Any, **named: Any) -> Any:
        content, warnings = typst.compile_with_warnings(*given, **named)
        warned.extend(warning.message for warning in warnings)
        return content

    monkeypatch.setattr("percuta.report.pdf.typst.compile", compiled)
    for changes in CASES.values():
        write_pdf(a_plan(facts, **changes), tmp_path / "plan.pdf")
    assert warned == []


def test_the_professional_reads_who_it_is_and_the_verdict(face: tuple[Plan, str, str]) -> None:
    _, professional, _ = face
    assert professional.startswith(
        "Percuta for the professional, the reasons 23 Nov 2026, page 2 of 3 Suitable"
    )
    assert "Woman, 21 years, skin type V, 62 kg" in professional
    assert (
        "Pen, 14 needles (modelled on SkinPen Precision (DEN160029)), limited by the label of "
        "SkinPen Precision; by a physician; session on 23 Nov 2026"
    ) in professional


def test_the_professional_reads_every_finding_gravest_first(face: tuple[Plan, str, str]) -> None:
    plan, professional, _ = face
    after_the_head = professional[professional.index("who says so") :]
    found = after_the_head[: after_the_head.index("Zones in order of work")]
    places = sorted((found.index(f.reason[:48]), f.level.weight) for f in plan.findings)
    weights = [weight for _, weight in places]
    assert len(set(weights)) == 4
    assert weights == sorted(weights, reverse=True)
    assert "Stop Chin: Tattoo or permanent make-up" in found
    assert "Defer Temple, left, until cleared: Active inflammatory acne" in found
    assert "Defer Upper lip, until 4 Dec 2026: Dermal filler" in found
    assert "[CLINIC_KICHI]" in found


def test_the_professional_reads_every_zone_in_order_of_work(face: tuple[Plan, str, str]) -> None:
    plan, professional, _ = face
    table = professional[professional.index("Zones in order of work") :]
    starts = [table.index(zone.name) for zone in plan.zones]
    assert starts == sorted(starts)
    for zone in plan.zones:
        depth = zone.depth_mm
        assert f"{depth.low:.2f} to {depth.high:.2f}" in table
        assert f"{depth.limit:.2f}" in table
        assert zone.limit_reason.text in table
        assert zone.runner_up is not None
        assert f"next {zone.runner_up.depth_mm:.2f}, {zone.runner_up.text}" in table
        assert f"{zone.area_cm2:g} {zone.minutes:g}" in table
        assert set((zone.avoid or "nothing named").split()) <= set(table.split())
        assert zone.endpoint is not None
        assert zone.endpoint.partition(":")[0] in table


def test_the_professional_reads_the_session(face: tuple[Plan, str, str]) -> None:
    plan, professional, _ = face
    numbing, series, duration = plan.numbing, plan.series, plan.duration
    assert numbing is not None
    assert series is not None
    assert duration is not None
    assert f"at most {numbing.grams_max:g} g on {numbing.area_cm2:g} cm²" in professional
    assert f"never over {numbing.area_cm2_max:g} cm²" in professional
    assert "Layer: 0.125 g per cm², under a cover." in professional
    assert "At most 136.5 cm² a visit: By levels measured in studies, one person" in professional
    assert f"One person stays under {numbing.plasma_limit_ug_per_ml:g} ug/mL" in professional
    assert "First signs of poisoning may begin from 1 ug/mL, toxic from 5." in professional
    assert plan.never in professional
    assert f"{plan.duration_min:g} min ({duration.low_min:.0f} to" in professional
    assert "published visits, numbing included, take 30 to 60 min" in professional
    assert "23 Nov 2026, 21 Dec 2026, 18 Jan 2027, 15 Feb 2027." in professional
    assert "Upper lip: waits until 4 Dec 2026, joins on 21 Dec 2026." in professional
    assert "Temple, left: waits until cleared, joins after that." in professional
    assert plan.downtime_days is not None
    assert f"Visible signs {plan.downtime_days.typical} days" in professional
    assert "punch excision, or TCA CROSS" in professional
    assert plan.glide is not None
    assert f"{plan.glide.name} (unlabelled for needled skin)" in professional


def test_a_plan_of_an_earlier_edition_still_reads_what_limits_its_grams(
    earlier: Facts, tmp_path: Path
) -> None:
    professional, _ = pages_of(a_plan(earlier, **CASES["numbed"]), tmp_path)
    assert "A layer of 0.125 g per cm² on" in professional
    assert "Next: All local anaesthetic of the day within" in professional
    assert "published sessions take 30 to 60 min" in professional


def test_the_professional_reads_trials_and_their_controls(face: tuple[Plan, str, str]) -> None:
    plan, professional, _ = face
    table = professional[professional.index("What groups in studies had") :]
    assert "no forecast for this person" in table
    assert "uncontrolled" in table
    assert "ALAM2014" in table
    facts_told = {line.fact for line in plan.expectation}
    assert f"of {len(facts_told)} published outcomes" in table


def test_the_professional_reads_what_groups_may_have_and_what_is_not_known(
    face: tuple[Plan, str, str],
) -> None:
    plan, professional, patient = face
    read = " ".join(professional.split())
    assert plan.group_forecast
    for forecast in plan.group_forecast:
        assert forecast.sentence in read
        assert all(unknown in read for unknown in forecast.unknowns)
        assert forecast.sentence not in " ".join(patient.split())


def test_the_professional_reads_what_the_plan_was_made_from(face: tuple[Plan, str, str]) -> None:
    plan, professional, _ = face
    made = plan.provenance
    for part in (
        f"Percuta {made.percuta}",
        f"facts {made.facts_edition}, sha256 {made.facts_sha256[:12]}",
        f"case sha256 {made.case_sha256[:12]}",
        "valid until 21 Feb 2027",
        f"assumed, not published ({len(made.assumptions)}):",
    ):
        assert part in professional
    unbroken = professional.replace(" ", "")
    assert all(key in unbroken for key in made.assumptions)


def test_what_no_label_and_no_study_covers_is_plain_to_see(facts: Facts, tmp_path: Path) -> None:
    plan = a_plan(facts, **CASES["chosen where none is published"])
    professional, patient = pages_of(plan, tmp_path)
    assert "Decolletage: There is no published depth for this site." in professional
    assert "a physician chose 0.75 mm: chosen, not advised." in professional
    table = professional[professional.index("Zones in order of work") :]
    assert "off-label" in table
    assert "no published depth" in table
    assert "none chosen 0.75" in table
    assert "The approval of the device does not cover exactly this use." in patient
    assert "No studies tell us how to treat this skin." in patient


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("chosen depth", "1.00 chosen 0.75"),
        ("chosen where none is advised", "none chosen 1.00"),
    ],
)
def test_a_depth_of_the_professionals_own_is_shown_beside_the_advice(
    name: str, told: str, facts: Facts, tmp_path: Path
) -> None:
    professional, _ = pages_of(a_plan(facts, **CASES[name]), tmp_path)
    assert told in professional


def test_numbing_without_a_figure_names_none(facts: Facts, tmp_path: Path) -> None:
    professional, patient = pages_of(a_plan(facts, **CASES["no amount"]), tmp_path)
    assert "no amount can be given" in professional
    assert "Refer Lidocaine 5% cream or ointment: The label of the 5% ointment" in professional
    assert "no area and no time for intact skin. No amount is given" in professional
    numbing = professional[professional.index("Numbing Lidocaine 5%") :]
    told = numbing[: numbing.index("Never Numb before needling")]
    assert not re.search(r"\d (g|cm²|min)\b|at most|never over", told)
    assert "Somebody who may prescribe it decides about numbing cream." in patient


def test_the_patient_reads_what_where_when_and_how_long(face: tuple[Plan, str, str]) -> None:
    _, _, patient = face
    for part in (
        "Micro-needling can be planned for you.",
        "For acne scars: your left and right cheek.",
        "For wrinkles: your forehead, your left and right cheek,",
        "Monday 23 November 2026",
        "Monday 21 December 2026",
        "Please allow 2 hours 20 minutes in all.",
        "Your chin: there is a tattoo or permanent make-up there.",
        "Your upper lip: you had filler there. It has to settle first. "
        "This skin can join on Monday 21 December 2026.",
        "Never put numbing cream on by yourself.",
        "tablets that keep them away",
        "about 3 days, at times up to 10",
        "Your skin may look darker for a while",
        "small treatments of single deep scars, done by a doctor",
    ):
        assert part in patient


def test_the_patient_reads_every_instruction_and_warning_sign(
    face: tuple[Plan, str, str],
) -> None:
    plan, _, patient = face
    for instruction in plan.aftercare:
        assert instruction.plain in patient
    flags = [sign for sign in plan.recovery if sign.kind == "red_flag"]
    assert flags
    for sign in flags:
        told = plain.RED_FLAG[sign.sign]
        assert f"{told[0].upper()}{told[1:]}" in patient
    emergency = patient.index("Call emergency help at once:")
    assert "contact us straight away at any time" in patient[:emergency]
    assert "trouble breathing" in patient[emergency:]


def test_the_patient_reads_no_depth_no_dose_and_no_key(facts: Facts, tmp_path: Path) -> None:
    changes = [*CASES.values(), everything_wrong(facts), nothing_answered(facts)]
    for number, change in enumerate(changes):
        _, patient = pages_of(a_plan(facts, **change), tmp_path)
        assert not re.search(r"\d\s*(mm|cm|m?g|kg|ml)\b", patient), number
        assert not re.search(r"\b(millimet|gram|milligram|depth|deep end)", patient), number
        assert "_" not in patient, number
        assert not re.search(r"\d{4}-\d{2}-\d{2}", patient), number
        assert "!" not in patient, number


def test_the_professional_reads_no_raw_keys_but_sources_and_assumptions(
    facts: Facts, tmp_path: Path
) -> None:
    changes = [*CASES.values(), everything_wrong(facts), nothing_answered(facts)]
    for number, change in enumerate(changes):
        professional, _ = pages_of(a_plan(facts, **change), tmp_path)
        told = professional[: professional.index("Percuta 0.1.0")]
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", told), number
        assert not re.search(r"\d{4}-\d{2}-\d{2}", told), number
        assert not re.search(r"[.,;:] *[;,]|[,;:] *\.", told.replace("e.g.", "")), number


def test_open_questions_are_listed_and_asked_plainly(facts: Facts, tmp_path: Path) -> None:
    plan = a_plan(facts, **CASES["incomplete"])
    professional, patient = pages_of(plan, tmp_path)
    assert "Incomplete: answers are missing" in professional
    for question in plan.questions:
        assert question.question in professional
    assert "We still need a few answers from you." in patient
    assert "Are you pregnant, or could you be?" in patient
    assert "Do your scars grow thick and raised?" in patient
    assert "how fast do you burn in the sun?" in patient
    assert "keloid" not in patient.lower()
    assert "Fitzpatrick" not in patient


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "pregnant",
            (
                "Micro-needling has to wait for now.",
                "You are pregnant, or could be. We do not treat then. "
                "We can look again after the pregnancy.",
                "cream with azelaic acid or benzoyl peroxide",
            ),
        ),
        (
            "isotretinoin",
            (
                "You took isotretinoin (acne capsules).",
                "You can come back from Thursday 28 January 2027.",
                "loosening the skin under the scars",
            ),
        ),
        (
            "keloid not known",
            (
                "Somebody else should look first.",
                "We need to know more about raised scars first.",
                "bring us what they write",
            ),
        ),
        ("both hands", ("No studies tell us how to treat this skin. A doctor must decide.",)),
        (
            "too young",
            ("Micro-needling is not right for you.", "We treat adults only", "what would suit you"),
        ),
    ],
)
def test_without_a_plan_the_patient_reads_why_until_when_and_what_else(
    name: str, told: tuple[str, ...], facts: Facts, tmp_path: Path
) -> None:
    professional, patient = pages_of(a_plan(facts, **CASES[name]), tmp_path)
    for part in told:
        assert part in patient
    assert "Zones in order of work" not in professional
    assert "no plan was made" in professional
    assert "Looking after your skin" not in patient


def test_where_needling_is_not_right_no_date_raises_false_hope(
    facts: Facts, tmp_path: Path
) -> None:
    _, patient = pages_of(a_plan(facts, **everything_wrong(facts)), tmp_path)
    assert "You bleed more easily than others do." in patient
    assert "2026." not in patient
    assert "2027" not in patient


def test_marks_of_markup_print_as_they_are(facts: Facts, tmp_path: Path) -> None:
    plan = a_plan(facts, herpes_history="yes")
    finding = plan.findings[0].model_copy(update={"reason": MARKUP})
    professional, _ = pages_of(plan.model_copy(update={"findings": (finding,)}), tmp_path)
    assert MARKUP in professional


def alarming(page: pdfium.PdfPage) -> list[str]:
    """Texts of a page in the alarm colour."""
    text = page.get_textpage()
    told = []
    for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT]):
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
        if (red.value, green.value, blue.value) == (0xA3, 0x24, 0x1A):
            told.append(text.get_text_bounded(*item.get_bounds()).strip())
    return told


def test_the_alarm_colour_is_kept_for_stop_and_emergencies(facts: Facts, tmp_path: Path) -> None:
    write_pdf(a_plan(facts, **CASES["face with cautions"]), tmp_path / "plan.pdf")
    document = pdfium.PdfDocument(tmp_path / "plan.pdf")
    assert [alarming(page) for page in document] == [
        ["Stop", "Stop"],
        ["Stop", "Stop"],
        ["Call emergency help at once:"],
    ]
    document.close()
    write_pdf(a_plan(facts, pregnancy="yes"), tmp_path / "plan.pdf")
    document = pdfium.PdfDocument(tmp_path / "plan.pdf")
    assert [alarming(page) for page in document] == [[], [], []]
    document.close()
