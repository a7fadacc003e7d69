"""Shared fixtures. No test may reach the network: an attempt fails it."""

import os
import socket
from typing import Any

import pytest

from percuta.facts.edition import Facts, open_edition


@pytest.fixture(scope="session")
def facts() -> Facts:
    """The edition in force: the newest that is sealed."""
    return open_edition()


@pytest.fixture(scope="session")
def earlier() -> Facts:
    """The first sealed edition: plans made from it are rechecked by the rules that it had."""
    return open_edition("2026-11-23")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Commands keep what they parsed in a folder of the tests, not of whoever runs them."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Percuta makes no connection; a test that tries one fails."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
