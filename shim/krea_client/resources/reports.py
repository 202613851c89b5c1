"""`krea.reports`: exports of 3D results to other formats, and usage."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import TYPE_CHECKING, Any

from krea_client import _json
from krea_client._core.effects import Flow, Timeout
from krea_client._core.operations import EndpointCall
from krea_client._core.policies import Retry
from krea_client._core.retrying import CallLimits
from krea_client._session import Session, id_of
from krea_client.errors import Forbidden
from krea_client.jobs import Job
from krea_client.resources._base import ResourceRequests, reader, text_member, without_none

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver


@dataclass(frozen=True, slots=True)
class UsedJob:
    """What one job used.

    Attributes:
        job_id: the job.
        type: the kind of job, or None.
        compute_units: what it used, or None.
    """

    job_id: str
    type: str | None
    compute_units: float | None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a workspace used in a span of days.

    Attributes:
        start, end: the first and the last day, or None where the API does not say.
        jobs: what each job used.
    """

    start: Date | None
    end: Date | None
    jobs: tuple[UsedJob, ...]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Usage:
        """Read a usage report as the API writes it; rows without a job id are left out."""
        rows = [_json.members(row) for row in _json.items(data.get("jobs"))]
        return cls(
            _json.day(data.get("start_date")),
            _json.day(data.get("end_date")),
            tuple(
                UsedJob(job_id, _json.text(row.get("type")), _json.number(row.get("compute_units")))
                for row in rows
                if (job_id := _json.text(row.get("job_id")))
            ),
        )

    @property
    def compute_units(self) -> float:
        """The sum over all jobs."""
        return sum(job.compute_units or 0.0 for job in self.jobs)


class ReportRequests(ResourceRequests):
    """Builds the operations of `krea.reports`."""

    def export_3d(self, job: Job | str, file_format: str, node_app_key: str | None, limits: CallLimits) -> Flow[str]:
        """Build `reports.export_3d`."""
        fields = without_none(job_id=id_of(job), file_format=file_format, node_app_key=node_app_key)
        return self._call(EndpointCall("export_3d", body=self._body("export_3d", fields)), limits, text_member("url"))

    def usage(self, start: Date | str, end: Date | str, limits: CallLimits) -> Flow[Usage]:
        """Build `reports.usage`."""
        query = self._session.query("get_usage", {"start_date": start, "end_date": end})
        return _explain_forbidden(self._call(EndpointCall("get_usage", query=query), limits, reader(Usage.from_dict)))


def _explain_forbidden(flow: Flow[Usage]) -> Flow[Usage]:
    try:
        return (yield from flow)
    except Forbidden as error:
        error.args = (f"{error.args[0]}; only tokens with the right to read usage may do so, ordinary ones may not",)
        raise


class Reports:
    """Exports and usage, as `krea.reports`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._requests = ReportRequests(session)
        self._driver = driver

    def export_3d(
        self,
        job: Job | str,
        file_format: str,
        /,
        *,
        node_app_key: str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> str:
        """Return the address of a ZIP file with the job's 3D result in another format; `krea.save` downloads it.

        Args:
            job: a completed 3D job, or its id.
            file_format: "obj", "fbx", "stl" or "ply".
            node_app_key: with a node app's job, which of its outputs.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.

        Raises:
            Conflict: the job is not finished yet.
        """
        return self._driver.run(self._requests.export_3d(job, file_format, node_app_key, CallLimits(timeout, retry)))

    def usage(
        self,
        start: Date | str,
        end: Date | str,
        /,
        *,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Usage:
        """Return what was used from one day to another, in compute units.

        Raises:
            Forbidden: the token has no right to read usage, as ordinary tokens have not.
        """
        return self._driver.run(self._requests.usage(start, end, CallLimits(timeout, retry)))


class AsyncReports:
    """Exports and usage, as `krea.reports` of an `AsyncKrea`; arguments and errors are those of `Reports`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._requests = ReportRequests(session)
        self._driver = driver

    def export_3d(
        self,
        job: Job | str,
        file_format: str,
        /,
        *,
        node_app_key: str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Coroutine[Any, Any, str]:
        """Return the address of a ZIP file with the job's 3D result in another format."""
        return self._driver.later(self._requests.export_3d, job, file_format, node_app_key, CallLimits(timeout, retry))

    def usage(
        self,
        start: Date | str,
        end: Date | str,
        /,
        *,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Coroutine[Any, Any, Usage]:
        """Return what was used from one day to another, in compute units."""
        return self._driver.later(self._requests.usage, start, end, CallLimits(timeout, retry))
