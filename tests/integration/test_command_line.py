"""The commands as a user or a script meets them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from percuta.facts.edition import Facts
from percuta.planning.plan.document import write_plan
from tests.case_files import write_case
from tests.people import a_plan, a_ready_plan

HEAVY = (
    *("scipy.integrate", "scipy", "django", "jax", "matplotlib", "typst"),
    *("pyarrow", "dask", "distributed"),
)

OFFLINE = """
import sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        raise SystemExit(f"tried to leave the machine: {event} {arguments}")
sys.addaudithook(refuse)
from percuta.cli.main import run
from percuta.planning.plan.document import write_plan
sys.exit(run(sys.argv[1:]))
"""


def percuta(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "percuta", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(name="case")
def _case(tmp_path: Path, facts: Facts) -> Path:
    return write_case(tmp_path, facts)


def test_plan_prints_the_library_s_bytes(case: Path, facts: Facts) -> None:
    done = percuta("plan", case, "--json")
    assert done.returncode == 0
    assert done.stdout == write_plan(a_plan(facts))


def test_an_answer_without_a_plan_leaves_with_3(tmp_path: Path, facts: Facts) -> None:
    case = write_case(tmp_path, facts, bleeding_disorder="yes")
    done = percuta("plan", case, "--json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["verdict"] == "unsuitable"
    assert json.loads(done.stdout)["zones"] == []


def test_a_broken_case_leaves_with_2_and_no_traceback(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text('[person]\nage = "old"\nwat\n', encoding="utf-8")
    for verb in ("plan", "screen"):
        done = percuta(verb, case)
        assert done.returncode == 2
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        assert "person.age" in done.stderr
        assert "line 3" in done.stderr


def test_a_broken_case_writes_no_pdf(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text("", encoding="utf-8")
    percuta("plan", case, "--pdf", tmp_path / "plan.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.toml"]


def test_screen_says_what_was_found(tmp_path: Path, facts: Facts) -> None:
    case = write_case(tmp_path, facts, keloid="yes")
    done = percuta("screen", case)
    assert done.returncode == 3
    assert "Refer" in done.stdout
    assert json.loads(percuta("screen", case, "--json").stdout)["verdict"] == "refer"


def test_two_stored_plans_compare_field_by_field(tmp_path: Path, facts: Facts) -> None:
    paths = []
    for number, weight in enumerate((62.0, 62.0, 80.0)):
        changes = {"weight_kg": weight, "numbing": "lidocaine_tetracaine_peel"}
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(write_plan(a_plan(facts, **changes)), encoding="utf-8")
    assert percuta("compare", paths[0], paths[1]).stdout == ""
    differences = json.loads(percuta("compare", paths[0], paths[2], "--json").stdout)
    assert {d["field"] for d in differences} >= {"case.person.weight_kg"}
    assert "case.person.weight_kg: 62.0 -> 80.0" in percuta("compare", paths[0], paths[2]).stdout


def test_facts_can_be_listed_shown_and_traced() -> None:
    assert "depths" in percuta("facts", "list").stdout
    assert "depth.2" in percuta("facts", "list", "depths").stdout
    shown = percuta("facts", "show", "depths/depth.2").stdout
    assert "1.5  [mm; 0 to 5]" in shown
    assert "SkinPen Clinical Study Summary" in shown
    traced = percuta("facts", "source", "SKINPEN_CLIN").stdout
    assert "depths/depth.2" in traced
    assert "series/series.skinpen_clin" in traced
    assert json.loads(percuta("facts", "show", "depths/depth.2", "--json").stdout)["row"]


@pytest.mark.parametrize(
    "wrong", [("show", "depths/none"), ("show", "x"), ("source", "NOBODY"), ("list", "nothing")]
)
def test_an_unknown_fact_is_named(wrong: tuple[str, str]) -> None:
    done = percuta("facts", *wrong)
    assert done.returncode == 2
    assert wrong[1].split("/")[-1] in done.stderr


def test_planning_imports_nothing_heavy(case: Path) -> None:
    code = (
        "import sys; from percuta.cli.main import run; "
        f"status = run(['plan', {str(case)!r}, '--json']); "
        f"found = [name for name in {HEAVY!r} if name in sys.modules]; "
        "sys.exit(f'imported {found}' if found else status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_tries_to_leave_the_machine(case: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(percuta("plan", case, "--json").stdout, encoding="utf-8")
    for arguments in (
        ("plan", case, "--pdf", tmp_path / "plan.pdf"),
        ("screen", case),
        ("recheck", plan, "--on", "2026-11-23"),
        ("facts", "check"),
    ):
        command = [sys.executable, "-c", OFFLINE, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_puncture_compares_devices_in_strikes() -> None:
    answer = json.loads(percuta("puncture", "roller_192_15", "--passes", "15", "--json").stdout)
    assert answer["strikes_per_cm2"] == 229
    text = percuta("puncture", "roller_192_15", "--passes", "15", "--against", "generic_pen_14")
    assert "229 strikes per cm2" in text.stdout
    assert "As many strikes on Pen, 14 needles take" in text.stdout


def test_puncture_tells_the_force_of_a_tip() -> None:
    asked = ("puncture", "generic_pen_6", "--tip-um", "20")
    answer = json.loads(percuta(*asked, "--json").stdout)
    assert answer["entry_force_mn_low"] < answer["entry_force_mn"] < answer["entry_force_mn_high"]
    assert "each needle enters at 85 mN (80 to 90.2)" in percuta(*asked).stdout
    assert "entry_force_mn" not in json.loads(percuta("puncture", "generic_pen_6", "--json").stdout)


def test_a_density_is_asked_of_a_device_in_whole_passes() -> None:
    answer = json.loads(
        percuta("puncture", "roller_192_15", "--strikes-per-cm2", "458", "--json").stdout
    )
    assert answer["passes"] == 30


@pytest.mark.parametrize("against", [(), ("--against", "generic_pen_14")])
def test_puncture_draws_a_square_centimetre(against: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "holes.svg"
    done = percuta("puncture", "roller_192_15", "--passes", "15", *against, "--figure", path)
    assert done.returncode == 0
    drawn = path.read_text(encoding="utf-8")
    assert drawn.count('class="holes"') == 1 + bool(against)
    assert ("664 strikes per cm2" in done.stdout) is bool(against)


def test_compare_says_and_draws_what_differs(tmp_path: Path, facts: Facts) -> None:
    paths = [tmp_path / "before.json", tmp_path / "after.json"]
    after = a_ready_plan(facts, passes=2, depth_mm={"cheek_left": 1.0, "cheek_right": 1.5})
    plans = (a_ready_plan(facts), after)
    for path, plan in zip(paths, plans, strict=True):
        path.write_text(write_plan(plan), encoding="utf-8")
    done = percuta("compare", *paths, "--figure", tmp_path / "both.svg")
    assert "0.25 mm shallower" in done.stdout
    assert (
        "Cheek, left: 2 passes (1327 per cm2) now, 3 passes (1991 per cm2) before." in done.stdout
    )
    assert "1.25 mm on average" in (tmp_path / "both.svg").read_text(encoding="utf-8")


def test_check_ins_of_the_clinic_adjust_a_plan(case: Path, tmp_path: Path) -> None:
    told = Path(__file__).parents[2] / "examples" / "check-ins" / "invented-clinic.csv"
    plain, ours = (
        json.loads(percuta("plan", case, "--json", *more).stdout)
        for more in ((), ("--check-ins", told))
    )
    assert ours["course"]["redness"]["hours"] != plain["course"]["redness"]["hours"]
    assert "clinic_redness" not in plain
    broken = tmp_path / "c.csv"
    broken.write_text("person,mood\n", encoding="utf-8")
    done = percuta("plan", case, "--check-ins", broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert "not mood" in done.stderr


def test_next_tells_the_next_session(tmp_path: Path) -> None:
    examples = Path(__file__).parents[2] / "examples"
    plan = tmp_path / "plan.json"
    case = examples / "cases" / "01-rolling-scars.toml"
    plan.write_text(percuta("plan", case, "--json").stdout, encoding="utf-8")
    delivered = examples / "delivered" / "01-first-session.toml"
    done = percuta("next", plan, delivered, "--on", "2026-12-22", "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["advice"], answer["earliest"]) == (0, "lighter", "2026-12-22")
    text = percuta("next", plan, delivered, "--on", "2026-12-22").stdout
    assert "Cheek, right: go on, lighter" in text
    assert "Jawline, right: go on as planned" in text
    infected = examples / "delivered" / "02-signs-of-infection.toml"
    ill = percuta("next", plan, infected, "--on", "2026-11-28")
    assert ill.returncode == 3
    assert ill.stdout.startswith("Now: Spreading redness, warmth, pus or fever")
    assert "\nAsk a physician\n" in ill.stdout
    broken = tmp_path / "d.toml"
    broken.write_text("zones = []", encoding="utf-8")
    refused = percuta("next", plan, broken)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "session: is missing" in refused.stderr


def test_next_with_answers_of_today(case: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(percuta("plan", case, "--json").stdout, encoding="utf-8")
    told = tmp_path / "d.toml"
    told.write_text(
        'session = 2026-11-23\ndevice = "generic_pen_14"\nlast_needled = "never"\n'
        '[[zones]]\nzone = "cheek_left"\ndone = "no"\nstopped_for = "time"\n'
        '[[zones]]\nzone = "cheek_right"\ndone = "no"\nstopped_for = "time"\n',
        encoding="utf-8",
    )
    done = percuta("next", plan, told, "--case", case, "--on", "2026-11-24", "--json")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["earliest"] == "2026-11-24"


def test_a_plan_s_figures_come_with_a_page_of_tables(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    assert percuta("plan", case, "--figures", folder).returncode == 0
    names = {path.name for path in folder.iterdir()}
    assert {"figures.html", "face_front.svg", "field_3_passes.svg"} <= names
    assert (folder / "figures.html").read_text(encoding="utf-8").count("<svg") == len(names) - 1


def test_a_figure_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    done = percuta("puncture", "generic_pen_6", "--figure", tmp_path / "none" / "holes.svg")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_depth_says_where_needles_end() -> None:
    asked = ("depth", "generic_pen_6", "--zone", "cheek_left", "--sex", "female", "--set-mm", "1.5")
    answer = json.loads(percuta(*asked, "--json").stdout)
    share = answer["p_through_dermis"]
    assert 0 <= share["low"] <= share["middle"] <= share["high"] <= 1
    assert "Reasoned, not measured." in percuta(*asked).stdout


def test_bench_data_replace_the_prior(tmp_path: Path) -> None:
    bench = tmp_path / "bench.csv"
    rows = "".join(
        f"{0.5 + n % 2},{(0.5 + n % 2) * 0.7 + 0.005 * n - 0.1:.3f}\n" for n in range(20)
    )
    bench.write_text(f"set_depth_mm,reached_depth_mm\n{rows}", encoding="utf-8")
    asked = ("depth", "generic_pen_6", "--zone", "nose", "--sex", "male", "--set-mm", "1.0")
    plain = json.loads(percuta(*asked, "--json").stdout)
    own = json.loads(percuta(*asked, "--bench", bench, "--json").stdout)
    assert own["bench"]["needles"] == 20
    assert own["bench"]["efficiency_high"] - own["bench"]["efficiency_low"] < 0.15
    assert own["reached_mm"]["middle"] != plain["reached_mm"]["middle"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("set_depth_mm\n1\n", "column reached_depth_mm is missing"),
        ("set_depth_mm,reached_depth_mm\n1,deep\n", "line 2"),
        ("set_depth_mm,reached_depth_mm\n", "one set depth for each"),
        ("set_depth_mm,reached_depth_mm\n1,-1\n", "zero or more"),
    ],
)
def test_wrong_bench_data_are_named(text: str, said: str, tmp_path: Path) -> None:
    bench = tmp_path / "bench.csv"
    bench.write_text(text, encoding="utf-8")
    asked = ("depth", "generic_pen_6", "--zone", "nose", "--sex", "male", "--set-mm", "1.0")
    done = percuta(*asked, "--bench", bench)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        ("puncture", "hammer"),
        ("puncture", "generic_pen_6", "--passes", "0"),
        ("puncture", "generic_pen_6", "--strikes-per-cm2", "nan"),
        ("puncture", "generic_pen_6", "--tip-um", "38"),
        ("puncture", "generic_pen_6", "--tip-um", "nan"),
        ("puncture", "generic_pen_6", "--passes", "900", "--figure", "never.svg"),
        ("depth", "generic_pen_6", "--zone", "nose", "--sex", "male", "--set-mm", "9"),
        ("depth", "generic_pen_6", "--zone", "forearm_left", "--sex", "male", "--set-mm", "1"),
    ],
)
def test_what_the_model_cannot_answer_is_named(wrong: tuple[str, ...]) -> None:
    done = percuta(*wrong)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


PERSON = ("--weight-kg", "62", "--age", "30")
NUMBED = ("--grams", "13", "--area-cm2", "100", "--minutes", "30", *PERSON)
"""The layer and the time of the peel's label."""


def test_numbing_bounds_the_blood_level_and_says_where_it_fails() -> None:
    dose = ("--grams", "12.5", "--area-cm2", "100", "--minutes", "60", *PERSON)
    done = percuta("numbing", "lidocaine_prilocaine_cream", *dose, "--zone", "cheek_left")
    assert done.returncode == 0
    assert "Outside what is allowed" not in done.stdout
    assert "by measured levels one person stays under 0.732 ug/mL" in done.stdout
    assert "first signs of poisoning may begin from 1 ug/mL, toxic from 5" in done.stdout
    assert "in 95 of 100 people the blood level stays below" in done.stdout
    assert "(fitted to studies)" in done.stdout
    assert "ceilings in force here: 12.5 g on this skin," in done.stdout
    assert "the label alone: 600 cm2 for 300 min" in done.stdout
    assert "The bound is no dose" in done.stdout
    for failure in ("fentanyl", "12 times too much", "2.3 times too much"):
        assert failure in done.stdout
    told = json.loads(percuta("numbing", "lidocaine_prilocaine_cream", *dose, "--json").stdout)
    assert 0 < told["plasma_ug_per_ml_upper"] < told["toxic_ug_per_ml"] < told["applied_ug_per_ml"]
    assert 0 < told["one_person_ug_per_ml"] < told["first_signs_ug_per_ml"]
    assert told["ceilings"]["grams_max"] == 12.5
    assert (told["grade"], told["passed"]) == ("B", [])
    assert len(told["known_failures"]) == 4


def test_numbing_counts_in_what_was_injected() -> None:
    product = "lidocaine_tetracaine_peel"
    alone, after = (
        json.loads(percuta("numbing", product, *NUMBED, "--other-mg", mg, "--json").stdout)
        for mg in ("0", "100")
    )
    assert after["plasma_ug_per_ml_upper"] > alone["plasma_ug_per_ml_upper"] + 2


@pytest.mark.parametrize("day", ["tomorrow", "9999-12-31"])
@pytest.mark.parametrize("command", ["recheck", "next"])
def test_a_day_that_cannot_be_is_refused_in_words(command: str, day: str, tmp_path: Path) -> None:
    files = (tmp_path / "plan.json", *([tmp_path / "told.toml"] if command == "next" else []))
    done = percuta(command, *map(str, files), "--on", day)
    assert done.returncode == 2
    assert f"'{day}' should be a day" in done.stderr
    assert "Traceback" not in done.stderr


def test_numbing_says_what_nobody_told_it() -> None:
    product = "lidocaine_tetracaine_peel"
    silent = percuta("numbing", product, *NUMBED).stdout
    assert "Other local anaesthetic that day was not told" in silent
    assert "Whether this skin was needled before was not told" in silent
    asked = ("--other-mg", "0", "--hours-since-needling", "5000")
    assert "not told" not in percuta("numbing", product, *NUMBED, *asked).stdout
    told = json.loads(percuta("numbing", product, *NUMBED, *asked[:2], "--json").stdout)
    assert len(told["not_told"]) == 1


def test_numbing_that_may_reach_early_signs_leaves_with_3() -> None:
    wide = ("--grams", "60", "--area-cm2", "600", "--minutes", "300", *PERSON)
    done = percuta("numbing", "lidocaine_prilocaine_cream", *wide)
    assert done.returncode == 3
    assert "The blood level may reach early signs of poisoning." in done.stdout


def test_numbing_that_may_reach_first_signs_in_one_person_leaves_with_3() -> None:
    layer = ("--grams", "25", "--area-cm2", "200", "--minutes", "60", *PERSON)
    done = percuta("numbing", "lidocaine_prilocaine_cream", *layer)
    assert done.returncode == 3
    assert "One person's level may reach 1 ug/mL, where first signs may begin." in done.stdout
    assert "The blood level may reach early signs of poisoning." not in done.stdout


def test_numbing_beyond_the_label_leaves_with_3() -> None:
    much = ("--grams", "500", "--area-cm2", "300", "--minutes", "90", *PERSON)
    done = percuta("numbing", "lidocaine_tetracaine_peel", *much, "--zone", "cheek_left")
    assert done.returncode == 3
    assert "Outside what is allowed:" in done.stdout
    assert "90 min is above the ceiling of" in done.stdout


def test_numbing_for_which_nothing_was_published_leaves_with_3() -> None:
    unsourced = percuta("numbing", "lidocaine_5_cream", *NUMBED)
    assert unsourced.returncode == 3
    for unit in ("g", "cm2", "min"):
        assert f"No ceiling in {unit} was published" in unsourced.stdout
    assert "gets no figure here: a prescriber decides." in unsourced.stdout
    assert "ceilings in force" not in unsourced.stdout


def test_numbing_on_more_skin_than_is_allowed_a_visit_leaves_with_3() -> None:
    layer = ("--grams", "67.5", "--area-cm2", "450", "--minutes", "30", *PERSON)
    done = percuta("numbing", "lidocaine_4_cream", *layer)
    assert done.returncode == 3
    assert "450 cm2 a visit is above the ceiling of" in done.stdout
    assert "the label alone: 900 cm2" in done.stdout
    told = json.loads(percuta("numbing", "lidocaine_4_cream", *layer, "--json").stdout)
    assert told["ceilings"]["area_cm2_max"] <= 400
    assert told["label_ceilings"]["area_cm2_max"] == 900
    inside = ("--grams", "30", "--area-cm2", "200", "--minutes", "30", *PERSON)
    assert percuta("numbing", "lidocaine_4_cream", *inside).returncode == 0


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_numbing_refuses_needled_skin(form: tuple[str, ...]) -> None:
    done = percuta(
        "numbing", "lidocaine_tetracaine_peel", *NUMBED, "--hours-since-needling", "20", *form
    )
    assert done.returncode == 3
    assert "Never numb needled skin" in done.stdout
    assert "blood level" not in done.stdout
    healed = percuta(
        "numbing", "lidocaine_tetracaine_peel", *NUMBED, "--hours-since-needling", "300", *form
    )
    assert healed.returncode == 0


def test_numbing_names_every_wrong_number_together() -> None:
    dose = ("--grams", "1e308", "--area-cm2", "nan", "--minutes", "60")
    wrong = (*dose, "--weight-kg", "-3", "--age", "30")
    done = percuta("numbing", "lidocaine_tetracaine_peel", *wrong)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    unknown = percuta("numbing", "vitamin_c_serum", *NUMBED)
    assert unknown.returncode == 2
    assert "product 'vitamin_c_serum' is not known" in unknown.stderr
