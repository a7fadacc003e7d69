"""``percuta next``: what the next session should be, from what was delivered and reported."""

import argparse
from collections.abc import Callable
from pathlib import Path

from percuta.cli.exits import ANSWER_WITHOUT_PLAN, PLAN_MADE
from percuta.cli.output import show, write
from percuta.cli.stored_plan import add_again_options, case_asked, day_asked, own_edition
from percuta.facts.edition import open_edition


def add_to(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    facts_options: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command."""
    parser = commands.add_parser("next", help="when and what after a session that was delivered")
    parser.add_argument("plan", type=Path, metavar="PLAN.json", help="the plan that was signed")
    parser.add_argument(
        "delivered",
        type=Path,
        metavar="DELIVERED.toml",
        help="what was done at the session, and what was reported since",
    )
    add_again_options(parser, day_of="asking")
    facts_options(parser)
    parser.set_defaults(command=_next)


def _next(options: argparse.Namespace) -> int:
    from percuta.planning.follow_up.delivered_file import read_delivered
    from percuta.planning.follow_up.next_session import next_session
    from percuta.planning.plan.document import read_plan

    plan = read_plan(options.plan, sha256=options.sha256)
    today = open_edition(options.edition, shelf=options.shelf)
    answer = next_session(
        plan,
        read_delivered(options.delivered, today),
        own=own_edition(plan, options.shelf),
        today=today,
        on=day_asked(options),
        case=case_asked(options, today),
    )
    if options.json:
        write(answer.to_json())
    else:
        from percuta.report.next_session import show_next

        show(lambda console: show_next(console, answer))
    is_clear = answer.advice.may_go_on and not answer.act_now
    return PLAN_MADE if is_clear else ANSWER_WITHOUT_PLAN
