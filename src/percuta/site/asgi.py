"""The application that the server runs: the pages, behind the intake of whole requests."""

from concurrent.futures import ThreadPoolExecutor

from percuta.site.configuration import configuration
from percuta.site.intake import Intake
from percuta.site.orphans import end_with_parent
from percuta.site.wsgi import application as pages

_THREADS = 4
"""A worker's pages side by side; more only queue for the processor."""

application = Intake(
    application=pages,
    threads=ThreadPoolExecutor(_THREADS, thread_name_prefix="page"),
    seconds=configuration().form_seconds,
)
end_with_parent()
