"""A sandbox with a clock that stands still until somebody sleeps, and the command line's way to it."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from krea_client import Hooks, Krea
from krea_client.sandbox import Sandbox

TOKEN = "never-to-be-shown"
Maker = Callable[..., Krea]


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in ("KREA_API_TOKEN", "KREA_API_KEY", "KREA_BASE_URL", "KREA_CLIENT_ALIASES"):
        monkeypatch.delenv(name, raising=False)
    state = tmp_path_factory.mktemp("state")
    # Whatever the platform: the records of paid jobs go into a folder of this test.
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(state))


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(time_scale=0, date="2026-11-20")


@pytest.fixture
def maker(box: Sandbox) -> Maker:
    """Make clients of the box, as cli.clients makes clients of Krea."""
    return maker_for(box, box.transport())


def maker_for(box: Sandbox, transport: httpx.BaseTransport) -> Maker:
    def make(
        _typical: object = None,
        on_interrupt: str = "keep",
        policy: str = "silent",
        *,
        budget: float | None = None,
        hooks: Hooks | None = None,
    ) -> Krea:
        return Krea(
            TOKEN,
            transport=transport,
            clock=box.clock,
            on_interrupt=on_interrupt,  # type: ignore[arg-type]  # plain strings keep the fixture short
            aliases=policy,  # type: ignore[arg-type]  # see above
            budget=budget,
            hooks=hooks,
        )

    return make


@pytest.fixture
def old_body(tmp_path: Path) -> Path:
    """Return a legacy request, in a file."""
    file = tmp_path / "old.json"
    file.write_text('{\n  "prompt": "a fox",\n  "aspectRatio": "1:1",\n  "resolution": "1K"\n}\n')
    return file
