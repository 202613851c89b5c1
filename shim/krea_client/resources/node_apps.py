"""What hangs at `krea.node_apps`: workflows with inputs of their own, in both colours."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any

import httpx

from krea_client._core.response_types import NodeApp
from krea_client._session import Session
from krea_client.jobs import Job
from krea_client.resources._requests import Holdings

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver


class NodeApps:
    """Node apps, as `krea.node_apps`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._holdings = Holdings(session)
        self._driver = driver

    def get(self, app_id: str, /, *, timeout: float | httpx.Timeout | None = None) -> NodeApp:
        """Gives a node app by the id of its version; `input_schema` says what it takes.

        Raises:
            NotFound: there is no such node app.
        """
        return self._driver.run(self._holdings.node_app(app_id, timeout))

    def execute(
        self, app: NodeApp | str, inputs: Mapping[str, Any], /, *, timeout: float | httpx.Timeout | None = None
    ) -> list[Job]:
        """Runs a node app and gives its jobs, without waiting. It is never sent again once it may have been accepted.

        Args:
            app: the node app, or the id of its version.
            inputs: what it takes, by the names of its own schema.
            timeout: of one HTTP exchange, in seconds.

        Raises:
            KreaError: as `Krea.submit` raises.
        """
        return self._driver.run(self._holdings.executing(app if isinstance(app, str) else app.id, inputs, timeout))


class AsyncNodeApps:
    """Node apps, as `krea.node_apps` of an `AsyncKrea`; arguments and errors are those of `NodeApps`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._holdings = Holdings(session)
        self._driver = driver

    def get(self, app_id: str, /, *, timeout: float | httpx.Timeout | None = None) -> Coroutine[Any, Any, NodeApp]:
        """Gives a node app by the id of its version; `input_schema` says what it takes."""
        return self._driver.later(self._holdings.node_app, app_id, timeout)

    def execute(
        self, app: NodeApp | str, inputs: Mapping[str, Any], /, *, timeout: float | httpx.Timeout | None = None
    ) -> Coroutine[Any, Any, list[Job]]:
        """Runs a node app and gives its jobs, without waiting."""
        return self._driver.later(self._holdings.executing, app if isinstance(app, str) else app.id, inputs, timeout)
