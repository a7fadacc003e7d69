"""Whether the server has begun to answer."""

import http.client
import ssl
import time
from dataclasses import dataclass

_PAUSE_S = 0.1
_PATIENCE_S = 60.0


@dataclass(frozen=True)
class Door:
    """Where this machine itself reaches the server.

    Parameters
    ----------
    port : int
        Where it listens.
    name : str
        A host name that it answers to.
    authority : bytes
        The certificate that vouches for its own; empty for a server without TLS.
    """

    port: int
    name: str
    authority: bytes = b""


def answers_in_time(door: Door, *, patience_s: float = _PATIENCE_S) -> bool:
    """Wait until a page comes back that is no fault; false if none does."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        # First a pause: nothing answers at once, and worker processes are being forked.
        time.sleep(_PAUSE_S)
        if _answers(door):
            return True
    return False


def _answers(door: Door) -> bool:
    connection = _connection(door)
    try:
        connection.request("HEAD", "/", headers={"Host": f"{door.name}:{door.port}"})
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _connection(door: Door) -> http.client.HTTPConnection:
    if not door.authority:
        return http.client.HTTPConnection("127.0.0.1", door.port, timeout=5)
    context = ssl.create_default_context(cadata=door.authority)
    return http.client.HTTPSConnection("127.0.0.1", door.port, timeout=5, context=context)
