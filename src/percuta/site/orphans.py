"""A worker process never outlives the server that started it.

A server that is killed cannot tell its workers: they would go on to hold its port and answer
from an old program.
"""

import multiprocessing
import os
import threading

_LOOK_S = 0.5


def end_with_parent() -> None:
    """Let this process end soon after its parent has ended; nothing where it has none."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow() -> None:
        # A sibling may hold the parent's end of our pipe open: the parent's number tells as well.
        while parent.is_alive() and os.getppid() == parent.pid:
            parent.join(_LOOK_S)
        os._exit(1)

    threading.Thread(target=follow, name="end with parent", daemon=True).start()
