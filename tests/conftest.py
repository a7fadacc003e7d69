"""Shared fixtures. No test may reach the network: an attempt fails it."""

import socket
from typing import Any

import pytest

from percuta.facts.edition import Facts, open_edition


@pytest.fixture(scope="session")
def facts() -> Facts:
    """The newest built-in edition."""
    return open_edition()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Percuta makes no connection; a test that tries one fails."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
