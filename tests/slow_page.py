"""A page that is being made until somebody says go; for a server that is told to stop meanwhile."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from wsgiref.types import StartResponse, WSGIEnvironment

from percuta.site.configuration import configuration
from percuta.site.intake import Intake

_FOLDER = configuration().data_folder
BEGUN, GO = _FOLDER / "begun", _FOLDER / "go"


def _page(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/slow/":
        BEGUN.touch()
        while not GO.exists():
            time.sleep(0.05)
    start("200 OK", [])
    return [b"made"]


application = Intake(_page, ThreadPoolExecutor(2), seconds=60)
