"""A client, sync or async, over a sandbox whose clock stands still."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from krea_client import AsyncKrea, Krea
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Between

TOKEN = "krea-token-that-nobody-may-see"
GOOD = {"prompt": "a gothic cathedral", "aspect_ratio": "16:9", "resolution": "1K"}
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
VARIABLES = ("KREA_API_TOKEN", "KREA_API_KEY", "KREA_BASE_URL", "KREA_CLIENT_ALIASES")

Make = Callable[..., ClientAdapter]


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(date="2026-11-20", time_scale=0)


@pytest.fixture
def between(box: Sandbox) -> Between:
    return Between(box.transport())


@pytest.fixture(params=["sync", "async"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(mode: str, box: Sandbox, between: Between) -> Iterator[Make]:
    """Make a client of the mode over the sandbox; arguments as those of Krea."""
    clients: list[ClientAdapter] = []
    runner = asyncio.Runner() if mode == "async" else None
    if runner is not None:
        runner.get_loop()  # it is open before the first client, so a test that counts open files sees no difference

    def build(**options: Any) -> ClientAdapter:
        options = {"token": TOKEN, "transport": between, "clock": box.clock} | options
        clients.append(ClientAdapter((Krea if runner is None else AsyncKrea)(**options), runner))
        return clients[-1]

    yield build
    for client in clients:
        client.close()
    if runner is not None:
        runner.close()


@pytest.fixture
def client(make: Make) -> ClientAdapter:
    return make()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Return a small picture in a file."""
    path = tmp_path / "in.png"
    path.write_bytes(PNG)
    return path
