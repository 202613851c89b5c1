"""The flows behind what an account keeps: assets, styles, node apps, exports, usage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date as Date
from pathlib import Path
from typing import Any, TypeVar

from krea_client import _json
from krea_client._core import operations, responses, uploads
from krea_client._core.effects import Flow, Timeout
from krea_client._core.operations import Ask
from krea_client._core.response_types import Asset, NodeApp, Style, Usage
from krea_client._core.retrying import CallContext, RequestOptions
from krea_client._request.build import SubmitOptions, build_request
from krea_client._request.call_site import call_site
from krea_client._request.file_inputs import FileInput
from krea_client._session import Session
from krea_client.errors import Forbidden
from krea_client.jobs import Job

T = TypeVar("T")
Seconds = float | Timeout | None


class Holdings:
    """Makes the flow of each method that reads or changes what an account keeps."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def uploading(
        self,
        file: object,
        name: str | None,
        description: str | None,
        on_progress: uploads.OnProgress | None,
        timeout: Seconds,
    ) -> Flow[Asset]:
        """The flow of an upload, its file found fit for it."""
        # Text can only be a path here; in the fields of a request it is an address.
        source = FileInput(Path(file) if isinstance(file, str) else file, name)
        uploads.checked(source)
        asking = self._session.asking("upload_asset", timeout)
        return uploads.upload(source, description, on_progress, self._session.terms, asking)

    def asset(self, asset_id: str, timeout: Seconds) -> Flow[Asset]:
        """The flow that gets one asset."""
        return self._ask(Ask("get_asset", {"id": asset_id}), timeout, _record(Asset.from_dict))

    def deleting(self, asset_id: str, timeout: Seconds) -> Flow[None]:
        """The flow that deletes an asset; local files whose address it may have been are uploaded again from then on."""
        yield from self._ask(Ask("delete_asset", {"id": asset_id}), timeout, operations.done)
        self._session.terms.shelf.forget()

    def assets(self, query: Mapping[str, str], timeout: Seconds) -> Flow[tuple[list[Asset], str | None]]:
        """The flow of one page of assets."""
        return self._page(Ask("list_assets", query=query), timeout, Asset.from_dict)

    def style(self, style_id: str, timeout: Seconds) -> Flow[Style]:
        """The flow that gets one style."""
        return self._ask(Ask("get_style", {"id": style_id}), timeout, _record(Style.from_dict))

    def styles(self, query: Mapping[str, str], timeout: Seconds) -> Flow[tuple[list[Style], str | None]]:
        """The flow of one page of styles."""
        return self._page(Ask("search_styles", query=query), timeout, Style.from_dict)

    def updating(self, style_id: str, changes: Mapping[str, Any], timeout: Seconds) -> Flow[Style]:
        """The flow that changes a style, the changes checked."""
        body = self._body("update_style", changes)
        return self._ask(Ask("update_style", {"id": style_id}, body=body), timeout, _record(Style.from_dict))

    def linking(self, style_id: str, timeout: Seconds) -> Flow[str]:
        """The flow that gets a link by which a style can be shared."""
        return self._ask(Ask("get_style_share_link", {"id": style_id}), timeout, _member("share_link"))

    def sharing(self, style_id: str, timeout: Seconds) -> Flow[None]:
        """The flow that shares a style with the workspace."""
        return self._ask(Ask("share_style", {"id": style_id}), timeout, operations.done)

    def unsharing(self, style_id: str, timeout: Seconds) -> Flow[None]:
        """The flow that takes a style out of the workspace."""
        return self._ask(Ask("unshare_style", {"id": style_id}), timeout, operations.done)

    def training(
        self, request: object, fields: Mapping[str, Any], options: SubmitOptions, timeout: Seconds
    ) -> Flow[Job]:
        """The flow that trains a style; local files among its pictures go first."""
        operation = self._session.rules.catalogue.operation("train_style")
        target = operation if request is None or _json.mapping(request) is not None else request
        body: Any = request if target is operation else None
        prepared = build_request(target, body, fields, options, self._session.rules, call_site())
        return operations.submit(prepared, self._session.terms, self._session.asking("train_style", timeout))

    def node_app(self, app_id: str, timeout: Seconds) -> Flow[NodeApp]:
        """The flow that gets one node app."""
        return self._ask(Ask("get_node_app", {"id": app_id}), timeout, _record(NodeApp.from_dict))

    def executing(self, app_id: str, inputs: Mapping[str, Any], timeout: Seconds) -> Flow[list[Job]]:
        """The flow that runs a node app."""
        operation = self._session.rules.catalogue.operation("execute_node_app")
        options = SubmitOptions(path_parameters={"id": app_id})
        prepared = build_request(operation, inputs, {}, options, self._session.rules, call_site())
        return operations.submit_many(prepared, self._session.terms, self._session.asking("execute_node_app", timeout))

    def exporting(self, job: Job | str, file_format: str, node_app_key: str | None, timeout: Seconds) -> Flow[str]:
        """The flow that gets a 3D result in another format."""
        fields = {"job_id": job if isinstance(job, str) else job.id, "file_format": file_format}
        body = self._body("export_3d", fields if node_app_key is None else {**fields, "node_app_key": node_app_key})
        return self._ask(Ask("export_3d", body=body), timeout, _member("url"))

    def using(self, start: Date | str, end: Date | str, timeout: Seconds) -> Flow[Usage]:
        """The flow that reads what was used in a span of days."""
        query = self._session.listing("get_usage", {"start_date": start, "end_date": end})
        asking = self._session.asking("get_usage", timeout)
        return _explained(Ask("get_usage", query=query), self._session.terms, asking)

    def _body(self, operation: str, fields: Mapping[str, Any]) -> bytes:
        target = self._session.rules.catalogue.operation(operation)
        parts = {"id": "-"} if "{id}" in target.path else None
        return build_request(
            target, fields, {}, SubmitOptions(path_parameters=parts), self._session.rules, call_site()
        ).body

    def _ask(self, request: Ask, timeout: Seconds, read: Callable[[object], T]) -> Flow[T]:
        return operations.ask(request, self._session.terms, self._session.asking(request.operation, timeout), read)

    def _page(
        self, request: Ask, timeout: Seconds, read: Callable[[dict[str, Any]], T]
    ) -> Flow[tuple[list[T], str | None]]:
        return operations.page(request, self._session.terms, self._session.asking(request.operation, timeout), read)


def _explained(request: Ask, terms: RequestOptions, asking: CallContext) -> Flow[Usage]:
    try:
        return (yield from operations.ask(request, terms, asking, _record(Usage.from_dict)))
    except Forbidden as error:
        error.args = (f"{error.args[0]}; usage is told to tokens with that right only, not to ordinary ones",)
        raise


def _record(read: Callable[[dict[str, Any]], T]) -> Callable[[object], T]:
    return lambda document: read(responses.an_object(document))


def _member(name: str) -> Callable[[object], str]:
    def read(document: object) -> str:
        found = _json.text(_json.members(document).get(name))
        if found is None:
            raise ValueError(f"it has no {name}")
        return found

    return read
