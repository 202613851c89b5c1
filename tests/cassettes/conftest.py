"""Replays cassettes with the network blocked; under `scripts/record`, records them over loopback against a sandbox.

KREA_CASSETTES names the folder: `sandbox` (the default), `live`, or any other for a recording that is only compared.
"""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_recording.plugin import block_network, vcr

from krea_client.sandbox import KreaSandbox, VirtualClock
from record.tape import API, Tape, labelled

__all__ = ["block_network", "vcr"]  # which tests/conftest.py replaces elsewhere

HERE = Path(__file__).parent
FOLDER = HERE / os.environ.get("KREA_CASSETTES", "sandbox")
LIVE = FOLDER.name == "live"
TODAY = "2026-11-20"
TOKEN = "replayed"
LABEL = {
    True: {"against": "the live API", "by": "scripts/record --live"},
    False: {"against": "the sandbox of krea-client, not Krea", "by": "scripts/record"},
}


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    vcr.register_serializer("yaml", labelled(LABEL[LIVE]))


@pytest.fixture(scope="session")
def recording(record_mode: str) -> bool:
    return record_mode != "none"


@pytest.fixture
def stage(recording: bool) -> Iterator[dict[str, Any]]:
    """Yield the arguments of a client: of the sandbox or the live API while recording, else of nothing but the cassette."""
    if not recording:
        yield {"token": TOKEN, "base_url": API, "clock": VirtualClock(TODAY, scale=0)}
    elif LIVE:
        yield {"token": os.environ["KREA_API_TOKEN"], "base_url": API}
    else:
        with KreaSandbox(date=TODAY, time_scale=0) as box:
            yield {"token": box.token, "base_url": box.url, "clock": box.clock}


@pytest.fixture
def vcr_config(stage: dict[str, Any], recording: bool) -> dict[str, Any]:
    tape = Tape(stage["base_url"], [stage["token"]] if recording and LIVE else [])
    return {
        "before_record_request": tape.request,
        "before_record_response": tape.response,
        "match_on": ["method", "scheme", "host", "port", "path", "query", "body"],
        "record_on_exception": False,
    }


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    return str(FOLDER)


@pytest.fixture
def default_cassette_name(request: pytest.FixtureRequest) -> str:
    return str(request.node.name).removeprefix("test_").replace("[", "-").removesuffix("]")


@pytest.fixture(autouse=True)
def no_names_looked_up(recording: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Block look-ups of names too: what blocks the network leaves them open."""

    def refuse(host: object, *_: object, **__: object) -> None:
        raise AssertionError(f"a replay looked up {host!r}")

    if not recording:
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
