"""A sandbox for the pages' code, a folder for its files, and no token for the real API."""

from pathlib import Path

import pytest

from krea_client import Krea
from krea_client._settings import ALIASES_NAME, BASE_URL_NAME, TOKEN_NAMES
from krea_client.cli import clients
from krea_client.sandbox import Sandbox


@pytest.fixture(autouse=True)
def _only_the_sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*TOKEN_NAMES, ALIASES_NAME, BASE_URL_NAME):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(time_scale=0, date="2026-11-20")


@pytest.fixture
def command_line(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """The sandbox at the other end of the command line, whether it practises or not."""

    def client(*_: object, **__: object) -> Krea:
        return Krea("sandbox", transport=box.transport(), clock=box.clock)

    monkeypatch.setattr(clients, "api_client", client)
    monkeypatch.setattr(clients, "practice_client", client)
    return box
