"""Chunks on a Dask cluster: one of this machine's own, or one that is there already."""

import asyncio
import logging
import signal
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager

import distributed
from distributed.client import FuturesCancelledError
from distributed.comm.core import CommClosedError, connect

from percuta.errors import StudyError
from percuta.study.running import Doing, Done
from percuta.study.work import Work, part_of

AHEAD = 4
"""Chunks in hand for each worker: enough that none waits, few enough to hold their parts."""

CONNECT_S = 10
_QUIET = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
"""No page of its own, and nothing that listens beyond this machine."""

_NOT_STARTED = (
    "no worker could be started: too little memory, or a program of your own that calls this "
    "outside of `if __name__ == '__main__':`"
)
_LOST = "what is finished is kept, so run the same command again"


class LeavesStoppingToStarter(distributed.WorkerPlugin):
    """Ctrl-C reaches every process of a terminal; only the one that was typed in answers it."""

    def setup(self, worker: object) -> None:
        """Called in each worker as it starts, restarted ones too."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def own_cluster(workers: int) -> Iterator[Doing]:
    """Workers of this machine: processes with one thread each, which end with this one.

    Raises
    ------
    StudyError
        If they cannot be started.
    """
    try:
        cluster = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            scheduler_kwargs=_QUIET,
            silence_logs=logging.CRITICAL,
            death_timeout=CONNECT_S,
        )
    except RuntimeError as error:
        raise StudyError([_NOT_STARTED]) from error
    with cluster, distributed.Client(cluster, set_as_default=False) as client:
        client.register_plugin(LeavesStoppingToStarter())
        yield _doing(client)


@contextmanager
def given_cluster(address: str) -> Iterator[Doing]:
    """The workers of a scheduler at an address such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    StudyError
        If nobody answers there, or it has no worker.
    """
    asyncio.run(_knock(address))
    with distributed.Client(address, set_as_default=False, timeout=CONNECT_S) as client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise StudyError([f"--scheduler {address}: has no worker yet; start one first"])
        yield _doing(client)


async def _knock(address: str) -> None:
    """Refuse in words where no scheduler answers; a client would go on trying at its end."""
    try:
        (await connect(address, timeout=CONNECT_S)).abort()
    except (OSError, ValueError, MemoryError) as error:  # the last: what answers is no scheduler
        raise StudyError([f"--scheduler {address}: no scheduler answers there"]) from error


def _doing(client: distributed.Client) -> Doing:
    def doing(work: Work, chunks: Iterable[int]) -> Iterator[Done]:
        try:
            yield from _done(client, work, chunks)
        except distributed.KilledWorker as error:
            raise StudyError(
                [f"a chunk ended several workers, perhaps for want of memory; {_LOST}"]
            ) from error
        except (CommClosedError, FuturesCancelledError) as error:
            raise StudyError([f"the scheduler is gone; {_LOST}"]) from error
        except ModuleNotFoundError as error:
            raise StudyError(
                [f"a worker lacks {error.name}: install percuta[study] there"]
            ) from error

    return doing


def _done(client: distributed.Client, work: Work, chunks: Iterable[int]) -> Iterator[Done]:
    """Hand out a few chunks a worker, and another for each that comes back."""
    waiting = iter(chunks)
    workers = len(client.scheduler_info(n_workers=-1)["workers"])
    numbers: dict[Hashable, int] = {}

    def hand_out() -> "distributed.Future[bytes] | None":
        chunk = next(waiting, None)
        if chunk is None:
            return None
        future = client.submit(part_of, work, chunk, pure=False)
        numbers[future.key] = chunk
        return future

    first = [future for future in (hand_out() for _ in range(AHEAD * workers)) if future]
    coming = distributed.as_completed(first, loop=client.loop)
    for future in coming:
        yield numbers.pop(future.key), future.result()
        future.release()
        another = hand_out()
        if another is not None:
            coming.add(another)
