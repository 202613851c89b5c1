"""`krea.node_apps`: workflows with inputs of their own."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from krea_client._core import operations
from krea_client._core.effects import Flow, Timeout
from krea_client._core.operations import EndpointCall
from krea_client._core.policies import Retry
from krea_client._core.retrying import CallLimits
from krea_client._request.build import SubmitOptions, build_request
from krea_client._request.call_site import call_site
from krea_client._session import Session
from krea_client.jobs import Job
from krea_client.resources._base import Resource, ResourceRequests, reader

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver


@dataclass(frozen=True, slots=True)
class NodeApp(Resource):
    """A node app: a workflow that takes inputs of its own and creates jobs."""

    @property
    def name(self) -> str | None:
        """Its name, or None."""
        return self._text("name")

    @property
    def description(self) -> str | None:
        """Its author's description, or None."""
        return self._text("description")

    @property
    def input_schema(self) -> dict[str, Any] | None:
        """The JSON Schema of its inputs, or None."""
        return self.raw.get("input_openapi_schema")

    @property
    def output_schema(self) -> dict[str, Any] | None:
        """The JSON Schema of its outputs, or None."""
        return self.raw.get("output_openapi_schema")


class NodeAppRequests(ResourceRequests):
    """Builds the operations of `krea.node_apps`."""

    def get(self, app_id: str, limits: CallLimits) -> Flow[NodeApp]:
        """Build `node_apps.get`."""
        return self._call(EndpointCall("get_node_app", {"id": app_id}), limits, reader(NodeApp.from_dict))

    def execute(self, app: NodeApp | str, inputs: Mapping[str, Any], limits: CallLimits) -> Flow[list[Job]]:
        """Build `node_apps.execute`; validate the inputs now."""
        operation = self._session.rules.catalogue.operation("execute_node_app")
        submission = SubmitOptions(path_parameters={"id": app if isinstance(app, str) else app.id})
        prepared = build_request(operation, inputs, {}, submission, self._session.rules, call_site())
        context = self._session.context("execute_node_app", limits)
        return operations.submit_many(prepared, self._session.options_for(context), context)


class NodeApps:
    """Node apps, as `krea.node_apps`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._requests = NodeAppRequests(session)
        self._driver = driver

    def get(self, app_id: str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None) -> NodeApp:
        """Return a node app by the id of its version; `input_schema` describes its inputs.

        Raises:
            NotFound: there is no such node app.
        """
        return self._driver.run(self._requests.get(app_id, CallLimits(timeout, retry)))

    def execute(
        self,
        app: NodeApp | str,
        inputs: Mapping[str, Any],
        /,
        *,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> list[Job]:
        """Run a node app and return its jobs, without waiting. It is never sent again once it may have been accepted.

        Args:
            app: the node app, or the id of its version.
            inputs: its inputs, by the names of its own schema.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.

        Raises:
            KreaError: as `Krea.submit` raises.
        """
        return self._driver.run(self._requests.execute(app, inputs, CallLimits(timeout, retry)))


class AsyncNodeApps:
    """Node apps, as `krea.node_apps` of an `AsyncKrea`; arguments and errors are those of `NodeApps`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._requests = NodeAppRequests(session)
        self._driver = driver

    def get(
        self, app_id: str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> Coroutine[Any, Any, NodeApp]:
        """Return a node app by the id of its version; `input_schema` describes its inputs."""
        return self._driver.later(self._requests.get, app_id, CallLimits(timeout, retry))

    def execute(
        self,
        app: NodeApp | str,
        inputs: Mapping[str, Any],
        /,
        *,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Coroutine[Any, Any, list[Job]]:
        """Run a node app and return its jobs, without waiting."""
        return self._driver.later(self._requests.execute, app, inputs, CallLimits(timeout, retry))
