"""The commands of a clinic's server; its libraries are opened only when one is run."""

import argparse

from percuta.errors import SettingsError


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``serve``."""
    parser = commands.add_parser("serve", help="open the clinic's pages in a browser")
    parser.add_argument("--port", metavar="N", help="where to listen, instead of PERCUTA_PORT")
    parser.add_argument(
        "--lan",
        action="store_true",
        help="let tablets in the clinic's own network reach it, by https; says how",
    )
    parser.set_defaults(command=_serve)


def _serve(options: argparse.Namespace) -> int:
    try:
        from percuta.site.serve import serve
    except ModuleNotFoundError as error:
        raise _lacking(error) from error
    return serve(port=options.port, is_lan=options.lan)


def _lacking(error: ModuleNotFoundError) -> Exception:
    if (error.name or "").partition(".")[0] == "percuta":
        return error
    return SettingsError(
        [f"percuta serve needs {error.name}: install it with pip install 'percuta[clinic]'"]
    )
