"""The commands of a clinic's server; its libraries are opened only when one is run."""

import argparse
from pathlib import Path

from percuta.errors import SettingsError


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``serve`` and ``clinic``."""
    serving = commands.add_parser("serve", help="open the clinic's pages in a browser")
    serving.add_argument("--port", metavar="N", help="where to listen, instead of PERCUTA_PORT")
    serving.add_argument(
        "--lan",
        action="store_true",
        help="let tablets in the clinic's own network reach it, by https; says how",
    )
    serving.add_argument(
        "--demo",
        action="store_true",
        help="serve a clinic of invented people, made on the first start; "
        "in ~/.percuta-demo unless PERCUTA_DATA_FOLDER is set",
    )
    serving.set_defaults(command=_serve)

    verbs = commands.add_parser("clinic", help="the clinics of this server").add_subparsers(
        required=True, metavar="verb"
    )
    opening = verbs.add_parser("new", help="open a clinic with its first administrator")
    opening.add_argument("name", metavar="NAME", help="what the clinic is called")
    opening.add_argument(
        "--administrator", required=True, metavar="LOGIN", help="who signs in first"
    )
    opening.add_argument(
        "--person", metavar="NAME", help="the administrator's own name; LOGIN if left out"
    )
    opening.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="take the password from the first line of a file that only you can read, "
        "instead of asking for it",
    )
    opening.set_defaults(command=_new_clinic)


def _serve(options: argparse.Namespace) -> int:
    try:
        from percuta.site.serve import serve
    except ModuleNotFoundError as error:
        raise _lacking("serve", error) from error
    return serve(port=options.port, is_lan=options.lan, is_demo=options.demo)


def _new_clinic(options: argparse.Namespace) -> int:
    try:
        from percuta.site.new_clinic import new_clinic
    except ModuleNotFoundError as error:
        raise _lacking("clinic new", error) from error
    return new_clinic(
        name=options.name,
        login=options.administrator,
        person=options.person or options.administrator,
        password_file=options.password_file,
    )


def _lacking(command: str, error: ModuleNotFoundError) -> Exception:
    if (error.name or "").partition(".")[0] == "percuta":
        return error
    return SettingsError(
        [f"percuta {command} needs {error.name}: install it with pip install 'percuta[clinic]'"]
    )
