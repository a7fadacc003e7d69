"""``percuta``: screen, plan, recheck, compare, next, facts, needling, numbing, study, validate."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from percuta import __version__
from percuta.cli import demo as demo_command
from percuta.cli import facts as facts_command
from percuta.cli import needling as needling_command
from percuta.cli import next_session as next_command
from percuta.cli import numbing as numbing_command
from percuta.cli import study as study_command
from percuta.cli import validate as validate_command
from percuta.cli.cache import cache_folder
from percuta.cli.exits import ANSWER_WITHOUT_PLAN, PLAN_MADE, UNREADABLE
from percuta.cli.figures import write_figure, write_figures
from percuta.cli.output import show, write
from percuta.cli.stored_plan import add_again_options, case_asked, day_asked, own_edition
from percuta.errors import Faults, PercutaError
from percuta.facts.edition import BUILT_IN, Facts, open_edition
from percuta.planning.case.case_file import read_case
from percuta.planning.judgement.findings import merged
from percuta.planning.plan.decided import assess
from percuta.planning.plan.plan import Plan, make_plan

if TYPE_CHECKING:
    from percuta.planning.recovery.clinic_redness import ClinicReport

Command = Callable[[argparse.Namespace], int]
More = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]


def run(arguments: Sequence[str] | None = None, *, more: Iterable[More] = ()) -> int:
    """Run one command; faults go to standard error, one a line, with exit status 2."""
    options = command_line_parser(more).parse_args(arguments)
    command: Command = options.command
    try:
        return command(options)
    except Faults as error:
        for fault in error.faults:
            sys.stderr.write(f"{fault}\n")
    except PercutaError as error:
        sys.stderr.write(f"{error}\n")
    return UNREADABLE


def command_line_parser(more: Iterable[More] = ()) -> argparse.ArgumentParser:
    """Every command with its arguments; each of ``more`` adds commands from elsewhere."""
    parser = argparse.ArgumentParser(
        prog="percuta",
        description="Treatment planning for micro-needling: the professional decides.",
        epilog="Exit status: 0 a plan was made, 3 an answer without a plan, 2 could not be read.",
    )
    parser.add_argument("--version", action="version", version=f"percuta {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")

    screening = commands.add_parser("screen", help="is micro-needling right for this person, now?")
    _case_options(screening)
    screening.set_defaults(command=_screen)

    planning = commands.add_parser("plan", help="a screened, bounded, explained plan for a case")
    _case_options(planning)
    planning.add_argument(
        "--pdf", type=Path, metavar="FILE", help="write the pages and figures as a PDF"
    )
    planning.add_argument(
        "--figures",
        type=Path,
        metavar="FOLDER",
        help="write its figures, and a page of them with tables",
    )
    planning.add_argument(
        "--check-ins",
        type=Path,
        metavar="FILE",
        help="check-ins of the clinic, TOML or CSV, which adjust how long redness lasts",
    )
    planning.add_argument(
        "--full",
        action="store_true",
        help="print everything, with reasons and sources, not only what fits on one screen",
    )
    planning.set_defaults(command=_plan)

    rechecking = commands.add_parser("recheck", help="may a stored plan still be used?")
    rechecking.add_argument("plan", type=Path, metavar="PLAN.json", help="the stored plan")
    add_again_options(rechecking, day_of="use")
    _facts_options(rechecking)
    rechecking.set_defaults(command=_recheck)

    comparing = commands.add_parser("compare", help="two stored plans, field by field")
    comparing.add_argument("before", type=Path, metavar="PLAN.json", help="the first plan")
    comparing.add_argument("after", type=Path, metavar="PLAN.json", help="the second plan")
    comparing.add_argument(
        "--figure", type=Path, metavar="FILE.svg", help="draw how much skin at which depth"
    )
    comparing.add_argument("--json", action="store_true", help="print the answer as JSON")
    comparing.set_defaults(command=_compare)

    next_command.add_to(commands, _facts_options)
    facts_command.add_to(commands, _facts_options)
    needling_command.add_to(commands, _facts_options)
    numbing_command.add_to(commands, _facts_options)
    study_command.add_to(commands, _facts_options)
    validate_command.add_to(commands, _facts_options)
    demo_command.add_to(commands)
    for add_to in more:
        add_to(commands)
    return parser


def _case_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", type=Path, metavar="CASE.toml", help="the case file")
    _facts_options(parser)


def _facts_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--edition", metavar="DATE", help="facts edition, the newest if left out")
    parser.add_argument(
        "--shelf",
        type=Path,
        default=BUILT_IN,
        metavar="FOLDER",
        help="where facts editions lie, the built-in ones if left out",
    )


def _open(options: argparse.Namespace) -> Facts:
    return open_edition(options.edition, shelf=options.shelf, keeping=cache_folder())


def _screen(options: argparse.Namespace) -> int:
    facts = _open(options)
    case = read_case(options.case, facts)
    assessment = assess(case, facts)
    told = assessment.model_copy(update={"findings": tuple(merged(assessment.findings))})
    if options.json:
        write(told.model_dump_json(indent=2, exclude={"ceilings"}) + "\n")
    else:
        from percuta.report import terminal

        show(lambda console: terminal.show_screening(console, told))
    return PLAN_MADE if told.verdict == "suitable" else ANSWER_WITHOUT_PLAN


def _plan(options: argparse.Namespace) -> int:
    facts = _open(options)
    case = read_case(options.case, facts)
    plan = make_plan(case, facts, clinic_redness=_clinic_redness(options.check_ins, facts))
    if options.pdf is not None:
        from percuta.report.document_figures import document_figures
        from percuta.report.pdf import write_pdf

        write_pdf(plan, options.pdf, figures=document_figures(plan, facts))
    if options.figures is not None:
        from percuta.report import wording
        from percuta.report.figures.of_plan import figures_of

        title = f"Figures of the plan for {wording.day(plan.case.setting.date)}"
        write_figures(title, figures_of(plan, facts), options.figures)
    if options.json:
        from percuta.planning.plan.document import write_plan

        write(write_plan(plan))
    elif not options.full:
        from percuta.report.brief import brief

        write("".join(f"{line}\n" for line in brief(plan)))
    else:
        from percuta.report import terminal

        show(lambda console: terminal.show_plan(console, plan))
    facts.keep()
    return _status(plan)


def _clinic_redness(check_ins: Path | None, facts: Facts) -> "tuple[ClinicReport, ...]":
    if check_ins is None:
        return ()
    from percuta.planning.recovery.check_in_file import read_check_ins
    from percuta.planning.recovery.clinic_redness import clinic_reports

    return clinic_reports(read_check_ins(check_ins, facts))


def _status(plan: Plan) -> int:
    return PLAN_MADE if plan.is_made else ANSWER_WITHOUT_PLAN


def _recheck(options: argparse.Namespace) -> int:
    from percuta.planning.plan.document import read_plan
    from percuta.planning.plan.revalidation import recheck

    plan = read_plan(options.plan, sha256=options.sha256)
    today = _open(options)
    answer = recheck(
        plan,
        own=own_edition(plan, options.shelf),
        today=today,
        on=day_asked(options),
        case=case_asked(options, today),
    )
    if options.json:
        write(answer.model_dump_json(indent=2) + "\n")
    else:
        from percuta.report import terminal

        show(lambda console: terminal.show_recheck(console, answer))
    return PLAN_MADE if answer.may_be_used else ANSWER_WITHOUT_PLAN


def _compare(options: argparse.Namespace) -> int:
    from percuta.planning.plan.comparison import compare, doses
    from percuta.planning.plan.document import read_plan
    from percuta.report.figures.comparison import comparison, depth_areas, difference
    from percuta.report.figures.palette import Theme

    before, after = (read_plan(path, is_for_use=False) for path in (options.before, options.after))
    devices = open_edition(keeping=cache_folder()).devices
    areas = depth_areas(before, "Before", devices), depth_areas(after, "After", devices)
    if options.figure is not None:
        write_figure(comparison(*areas, theme=Theme.LIGHT), options.figure)
    differences = compare(before, after)
    if options.json:
        write(json.dumps([d.model_dump(mode="json") for d in differences], indent=2) + "\n")
    else:
        from percuta.report import terminal

        told = (difference(*areas), *doses(before, after)) if differences else ()
        show(lambda console: terminal.show_comparison(console, told, differences))
    return PLAN_MADE
