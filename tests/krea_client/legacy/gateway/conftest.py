"""A server that records what it receives, to the byte, and a gateway in front of whatever a test wants."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from krea_client.legacy.adapter_options import build_rewriter
from krea_client.legacy.gateway.field_usage import UsageLog
from krea_client.legacy.gateway.forwarding import Gateway
from krea_client.legacy.gateway.listening import running
from krea_client.legacy.gateway.translation import Translator
from krea_client.sandbox import KreaSandbox

from ..recording_server import RecordingServer

API = "https://api.krea.ai"
PATH = "/generate/image/z-image/z-image"


@pytest.fixture
def upstream() -> Iterator[RecordingServer]:
    server = RecordingServer()
    yield server
    server.close()


@pytest.fixture
def usage() -> UsageLog:
    return UsageLog()


def translator() -> Translator:
    return Translator(build_rewriter({}), API)


Serve = Callable[..., AbstractContextManager[str]]


@pytest.fixture
def serve(usage: UsageLog) -> Serve:
    """Serve a gateway in front of an address; the options are those of `Gateway`."""
    return lambda address, **options: running(Gateway(address, translator(), usage, **options))


@pytest.fixture
def box() -> Iterator[KreaSandbox]:
    """Yield a sandbox on loopback, months after the API stopped accepting the deprecated names."""
    with KreaSandbox(date="2026-11-20") as sandbox:
        yield sandbox


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path
