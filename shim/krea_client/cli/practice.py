"""A client whose API is a sandbox inside this program: for trying things out without a token and without paying."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from krea_client.sandbox import Sandbox
    from krea_client.sandbox.transport import SandboxTransport

NEEDED = ("jsonschema", "PIL", "rfc3986_validator")
DEFAULT_SECONDS = 6.0  # how long the sandbox's jobs take where nothing is documented


class HurriedClock:
    """A clock on which a job of the sandbox takes about one real second: it runs fast, and sleeps for real."""

    def __init__(self, box: Sandbox, scale: float) -> None:
        self._clock, self._scale = box.clock, scale

    def now(self) -> datetime:
        """The sandbox's date and time."""
        moment: datetime = self._clock.now()
        return moment

    def monotonic(self) -> float:
        """The sandbox's seconds."""
        seconds: float = self._clock.monotonic()
        return seconds

    def sleep(self, seconds: float) -> None:
        """Waits until so many of the sandbox's seconds have passed."""
        time.sleep(seconds / self._scale)

    async def sleep_async(self, seconds: float) -> None:
        """Waits until so many of the sandbox's seconds have passed, letting others run."""
        await asyncio.sleep(seconds / self._scale)


def stage(typical_seconds: float | None) -> tuple[SandboxTransport, HurriedClock]:
    """A transport and a clock for a client; a job of the model then takes about a second.

    Raises:
        ModuleNotFoundError: a package of the extra `sandbox` is missing.
    """
    from importlib import import_module

    for name in NEEDED:
        import_module(name)
    from krea_client.sandbox import Sandbox

    scale = typical_seconds or DEFAULT_SECONDS
    box = Sandbox(time_scale=scale)
    return box.transport(), HurriedClock(box, scale)
