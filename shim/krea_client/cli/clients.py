"""The clients of the command line: the real one, told by the environment, and one that practises on a sandbox."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import TYPE_CHECKING

from krea_client._request.alias_translation import Policy
from krea_client.cli.inputs import BadInput
from krea_client.sandbox import optional_packages

if TYPE_CHECKING:
    from krea_client._core.retrying import OnInterrupt
    from krea_client.client import Krea
    from krea_client.sandbox import Sandbox


def real(on_interrupt: OnInterrupt = "keep", aliases: Policy = "silent", *, budget: float | None = None) -> Krea:
    """A client of the API, with token and address from the environment; `budget` in USD.

    Raises:
        BadInput: a variable of the environment makes no sense.
    """
    from krea_client.client import Krea

    try:
        return Krea(on_interrupt=on_interrupt, aliases=aliases, budget=budget)
    except ValueError as wrong:
        raise BadInput(str(wrong)) from None


def practising(
    typical_seconds: float | None,
    on_interrupt: OnInterrupt = "keep",
    aliases: Policy = "silent",
    *,
    budget: float | None = None,
) -> Krea:
    """A client of a sandbox inside this program, so fast that a job of this model takes about a second.

    Raises:
        ModuleNotFoundError: a package of the extra `sandbox` is missing.
    """
    need(*optional_packages.PACKAGES)
    from krea_client.client import Krea
    from krea_client.sandbox import Sandbox
    from krea_client.sandbox.job_states import DEFAULT_SECONDS

    scale = typical_seconds or DEFAULT_SECONDS
    box = Sandbox(time_scale=scale)
    clock = HurriedClock(box, scale)
    transport = box.transport()
    return Krea("sandbox", transport=transport, clock=clock, on_interrupt=on_interrupt, aliases=aliases, budget=budget)


def need(*packages: str) -> None:
    """Finds out that a package is missing before anything has begun.

    Raises:
        ModuleNotFoundError: one of them is.
    """
    from importlib import import_module

    for name in packages:
        import_module(name)


def alias_policy() -> Policy:
    """What the environment says about old names, or "translate".

    Raises:
        BadInput: it says something else than one of the policies.
    """
    from krea_client._settings import alias_policy

    try:
        return alias_policy(None)
    except ValueError as wrong:
        raise BadInput(str(wrong)) from None


class HurriedClock:
    """A sandbox's clock, which runs fast, with sleep that takes real time."""

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
