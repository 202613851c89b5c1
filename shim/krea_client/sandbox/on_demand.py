"""A sandbox for tests: in this process, and served on a loopback port once its `url` is read."""

from __future__ import annotations

from contextlib import ExitStack
from threading import Lock
from typing import Any, Self

from krea_client.sandbox.optional_packages import missing
from krea_client.sandbox.sandbox import Sandbox

TOKEN = "sandbox"  # noqa: S105 - any text is a token here; this one says where it belongs


class KreaSandbox(Sandbox):
    """A sandbox that opens a loopback port when `url` is read for the first time, and closes it with the block.

    Takes what `Sandbox` takes. Without `time_scale`, time stands still until a port is open, for a program at the other end
    of it has a clock of its own; from then on it passes as usual.
    """

    token = TOKEN

    def __init__(self, *, time_scale: float | None = None, **options: Any) -> None:
        super().__init__(time_scale=time_scale or 0.0, **options)
        self._own_pace = time_scale is not None or options.get("clock") is not None
        self._open = ExitStack()
        self._opening = Lock()
        self._url: str | None = None

    @property
    def url(self) -> str:
        """The address of the sandbox on this computer, such as `http://127.0.0.1:50123`; served from the first look on.

        Raises ModuleNotFoundError without the extra `sandbox`.
        """
        with self._opening:
            if self._url is None:
                if (problem := missing("uvicorn")) is not None:
                    raise ModuleNotFoundError(problem, name="uvicorn")
                from krea_client.sandbox.server import running

                self._url = self._open.enter_context(running(self))
                if not self._own_pace:
                    self.clock.scale = 1.0
            return self._url

    def close(self) -> None:
        """Close the port, if one is open; closing twice does no harm."""
        with self._opening:
            self._open.close()
            self._url = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
