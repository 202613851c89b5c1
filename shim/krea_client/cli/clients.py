"""The clients of the command line: the API's, configured by the environment, and those of a sandbox inside this program."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from krea_client._request.alias_translation import Policy
from krea_client.cli import console
from krea_client.cli.current_catalogue import current_catalogue, current_document
from krea_client.cli.extras import require
from krea_client.cli.inputs import BadInput
from krea_client.sandbox import optional_packages

if TYPE_CHECKING:
    from krea_client._core.retrying import OnInterrupt
    from krea_client.async_client import AsyncKrea
    from krea_client.client import Krea
    from krea_client.events import Hooks
    from krea_client.sandbox import Sandbox

_SAMPLE_SEED = 1
_SAMPLE_PACE = 60.0  # the sandbox's seconds in one real second
_SAMPLE_JOBS = (
    # (path, body, seconds until the next one)
    ("image/z-image/z-image", {"prompt": "a lighthouse at dusk", "aspect_ratio": "16:9", "resolution": "1K"}, 40.0),
    ("3d/meshy/meshy-7", {"prompt": "a chess knight"}, 900.0),
    ("image/z-image/z-image", {"prompt": "[sandbox:fail]", "aspect_ratio": "1:1", "resolution": "1K"}, 40.0),
    ("video/kling/kling-3.0", {"prompt": "[sandbox:seconds=600] fog over a pine forest"}, 5.0),
)


@contextmanager
def _one_line() -> Generator[None]:
    """Turn the error of a setting, of an option, a variable or the profile, into one line on the terminal."""
    try:
        yield
    except ValueError as error:
        raise BadInput(str(error)) from None


def api_client(
    on_interrupt: OnInterrupt = "keep",
    aliases: Policy = "silent",
    *,
    budget: float | None = None,
    hooks: Hooks | None = None,
) -> Krea:
    """Return a client of the API, with token and address from the environment; `budget` in USD.

    Raises:
        BadInput: a variable of the environment is invalid.
    """
    from krea_client import Krea

    with _one_line():
        return Krea(on_interrupt=on_interrupt, aliases=aliases, budget=budget, document=_known_models(), hooks=hooks)


def practice_client(
    typical_seconds: float | None = None,
    on_interrupt: OnInterrupt = "keep",
    aliases: Policy = "silent",
    *,
    budget: float | None = None,
) -> Krea:
    """Return a client of a new sandbox, so fast that a job of this model takes about a second.

    Raises:
        ExtraMissing: a package of the extra `sandbox` is not installed.
    """
    require("sandbox", "--sandbox", *optional_packages.PACKAGES)
    from krea_client.sandbox import Sandbox
    from krea_client.sandbox.job_states import DEFAULT_SECONDS

    console.message("krea-client: a sandbox in this program answers, not Krea; nothing is charged")
    scale = typical_seconds or DEFAULT_SECONDS
    box = Sandbox(time_scale=scale, document=current_document())
    return sandbox_client(box, scale, on_interrupt, aliases, budget=budget)


def async_api_client(*, budget: float | None = None) -> AsyncKrea:
    """Do as `api_client`, for a command that runs on asyncio."""
    from krea_client import AsyncKrea

    with _one_line():
        return AsyncKrea(budget=budget, document=_known_models())


def async_practice_client(*, budget: float | None = None) -> AsyncKrea:
    """Do as `practice_client`, for a command that runs on asyncio."""
    require("sandbox", "--sandbox", *optional_packages.PACKAGES)
    from krea_client import AsyncKrea
    from krea_client.sandbox import Sandbox
    from krea_client.sandbox.job_states import DEFAULT_SECONDS

    console.message("krea-client: a sandbox in this program answers, not Krea; nothing is charged")
    sandbox = Sandbox(time_scale=DEFAULT_SECONDS)
    clock = FastClock(sandbox, DEFAULT_SECONDS)
    server = sandbox.machine.document.server
    with _one_line():
        return AsyncKrea("sandbox", server, transport=sandbox.transport(), clock=clock, budget=budget)


def sandbox_client(
    sandbox: Sandbox,
    scale: float,
    on_interrupt: OnInterrupt = "keep",
    aliases: Policy = "silent",
    *,
    budget: float | None = None,
) -> Krea:
    """Return a client of this sandbox, whatever the environment says; its clock runs `scale` times as fast as ours."""
    from krea_client import Krea

    with _one_line():
        return Krea(
            "sandbox",
            sandbox.machine.document.server,
            transport=sandbox.transport(),
            clock=FastClock(sandbox, scale),
            on_interrupt=on_interrupt,
            aliases=aliases,
            budget=budget,
            document=_known_models(),
        )


def _known_models() -> Any:
    """Return the catalogue of this command for a client: it was read already."""
    return current_catalogue()


def maker(*, sandbox: bool) -> Callable[..., Krea]:
    """Return what makes the client of a command: of the API, or of a sandbox with a few sample jobs to look at."""
    return sample_client if sandbox else api_client


def sample_client(on_interrupt: OnInterrupt = "keep") -> Krea:
    """Return a client of a sandbox that holds a few jobs, the same ones each time.

    Raises:
        ExtraMissing: a package of the extra `sandbox` is not installed.
    """
    require("sandbox", "--sandbox", *optional_packages.PACKAGES)
    from krea_client.sandbox import Sandbox

    console.message(
        "krea-client: a sandbox in this program answers, not Krea; its jobs are samples, and nothing is charged"
    )
    sandbox = Sandbox(seed=_SAMPLE_SEED, usage_tokens=("sandbox",), time_scale=0)
    with sandbox_client(sandbox, 1.0) as krea:
        for path, body, seconds in _SAMPLE_JOBS:
            krea.submit(path, body)
            sandbox.advance(seconds)
    sandbox.clock.scale = _SAMPLE_PACE
    return sandbox_client(sandbox, _SAMPLE_PACE, on_interrupt)


def alias_policy() -> Policy:
    """Return what the environment, else the profile, says about deprecated field names, or "translate".

    Raises:
        BadInput: it is none of the policies, or the profile cannot be used.
    """
    from krea_client._settings import alias_policy
    from krea_client._settings_profiles import load

    with _one_line():
        return alias_policy(None, load())


class FastClock:
    """A sandbox's clock, which runs fast, with sleep that takes real time."""

    def __init__(self, sandbox: Sandbox, scale: float) -> None:
        self._clock, self._scale = sandbox.clock, scale

    def now(self) -> datetime:
        """Return the sandbox's date and time."""
        moment: datetime = self._clock.now()
        return moment

    def monotonic(self) -> float:
        """Return the sandbox's seconds."""
        seconds: float = self._clock.monotonic()
        return seconds

    def sleep(self, seconds: float) -> None:
        """Wait until so many of the sandbox's seconds have passed."""
        time.sleep(seconds / self._scale)

    async def sleep_async(self, seconds: float) -> None:
        """Wait until so many of the sandbox's seconds have passed, letting others run."""
        import asyncio  # most commands need no event loop

        await asyncio.sleep(seconds / self._scale)
