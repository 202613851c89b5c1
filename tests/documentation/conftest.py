"""A sandbox for the pages' code, a folder for its files, and no token for the real API."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from krea_client._settings import ALIASES_NAME, BASE_URL_NAME, TOKEN_NAMES
from krea_client.sandbox import Sandbox, running


@pytest.fixture(autouse=True)
def _only_the_sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*TOKEN_NAMES, ALIASES_NAME, BASE_URL_NAME):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """Undo what the code of a page sets up for its process."""
    root, logger = logging.getLogger(), logging.getLogger("krea_client")
    handlers, level, own_level = root.handlers[:], root.level, logger.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logger.setLevel(own_level)


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(time_scale=0, date="2026-11-20")


@pytest.fixture
def served_box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Serve a sandbox whose jobs end at once, and point the command line at it by its environment variables."""
    sandbox = Sandbox(time_scale=10_000, date="2026-11-20")
    with running(sandbox) as url:
        monkeypatch.setenv(BASE_URL_NAME, url)
        monkeypatch.setenv(TOKEN_NAMES[0], "sandbox")
        yield sandbox
