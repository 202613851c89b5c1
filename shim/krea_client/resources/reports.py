"""What can be had of finished work: 3D results in other formats, and usage, in both colours."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import date as Date
from typing import TYPE_CHECKING, Any

import httpx

from krea_client._core.response_types import Usage
from krea_client._session import Session
from krea_client.jobs import Job
from krea_client.resources._requests import Holdings

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver


class Reports:
    """Exports and usage, as `krea.reports`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._holdings = Holdings(session)
        self._driver = driver

    def export_3d(
        self,
        job: Job | str,
        file_format: str,
        /,
        *,
        node_app_key: str | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> str:
        """Gives the address of a ZIP file with the job's 3D result in another format; `krea.save` brings it down.

        Args:
            job: a completed 3D job, or its id.
            file_format: "obj", "fbx", "stl" or "ply".
            node_app_key: with a node app's job, which of its outputs.
            timeout: of one HTTP exchange, in seconds.

        Raises:
            Conflict: the job is not finished yet.
        """
        return self._driver.run(self._holdings.exporting(job, file_format, node_app_key, timeout))

    def usage(self, start: Date | str, end: Date | str, /, *, timeout: float | httpx.Timeout | None = None) -> Usage:
        """Gives what was used from one day to another, in compute units.

        Raises:
            Forbidden: the token has not the right to read usage; ordinary ones have not.
        """
        return self._driver.run(self._holdings.using(start, end, timeout))


class AsyncReports:
    """Exports and usage, as `krea.reports` of an `AsyncKrea`; arguments and errors are those of `Reports`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._holdings = Holdings(session)
        self._driver = driver

    def export_3d(
        self,
        job: Job | str,
        file_format: str,
        /,
        *,
        node_app_key: str | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> Coroutine[Any, Any, str]:
        """Gives the address of a ZIP file with the job's 3D result in another format."""
        return self._driver.later(self._holdings.exporting, job, file_format, node_app_key, timeout)

    def usage(
        self, start: Date | str, end: Date | str, /, *, timeout: float | httpx.Timeout | None = None
    ) -> Coroutine[Any, Any, Usage]:
        """Gives what was used from one day to another, in compute units."""
        return self._driver.later(self._holdings.using, start, end, timeout)
