"""The page of the commands, made from the parser itself."""

import argparse

from percuta.__main__ import MORE
from percuta.cli.main import command_line_parser
from percuta.facts.edition import Facts
from reference.markdown import Lines, table


def page(facts: Facts) -> Lines:
    """Every command with its arguments, from the parser itself."""
    parser = command_line_parser(MORE)
    yield "# The command line"
    yield ""
    yield f"{parser.description} {parser.epilog}"
    yield from _command("percuta", parser)


def _command(name: str, parser: argparse.ArgumentParser) -> Lines:
    yield f"## {name}"
    own = [action for action in parser._actions if not _is_shown_elsewhere(action)]
    if own:
        rows = ((f"`{_argument(action)}`", _does(action)) for action in own)
        yield from table(("argument", "does"), rows)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            verbs = {verb.dest: verb.help or "" for verb in action._choices_actions}
            rows = ((f"`{name} {verb}`", does) for verb, does in verbs.items())
            yield from table(("command", "does"), rows)
            for verb, inner in action.choices.items():
                yield from _command(f"{name} {verb}", inner)


def _is_shown_elsewhere(action: argparse.Action) -> bool:
    return isinstance(action, argparse._SubParsersAction | argparse._HelpAction)


def _argument(action: argparse.Action) -> str:
    meta = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        return f"[{meta}]" if action.nargs == "?" else meta
    flags = ", ".join(action.option_strings)
    return flags if action.nargs == 0 else f"{flags} {meta}"


def _does(action: argparse.Action) -> str:
    return action.help or action.dest.replace("_", " ")
