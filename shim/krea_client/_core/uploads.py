"""Local files to the API: one flow that uploads, one that puts addresses into a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from krea_client._core import responses
from krea_client._core.effects import Call, Flow, Sleep, Upload
from krea_client._core.retrying import CallContext, RequestOptions, exchange
from krea_client._request.build import PreparedRequest
from krea_client._request.file_inputs import FileInput
from krea_client._request.file_references import Steps
from krea_client._request.validation_messages import address
from krea_client._spec.catalogue import Operation, catalogue
from krea_client.errors import Problem, RequestInvalid

if TYPE_CHECKING:
    from krea_client._core.response_types import Asset

LOOK_AGAIN = 0.05  # seconds until it is seen whether somebody else has uploaded the same contents

OnProgress = Callable[[int, int], object]


def checked(source: FileInput) -> Operation:
    """The operation that uploads, after the file was found fit for it.

    Raises:
        RequestInvalid: the file is empty, too large, or of a kind that the API does not take.
    """
    operation = catalogue().operation("upload_asset")
    source.check(operation.details["upload"])
    return operation


def checked_in(prepared: PreparedRequest) -> None:
    """Looks at every local file of a request.

    Raises:
        RequestInvalid: some are not fit; each problem names the file's place in the request.
    """
    found: list[Problem] = []
    for file in prepared.files:
        try:
            checked(file.source)
        except RequestInvalid as error:
            found += [one._replace(path=f"{address(file.steps)}: {one.path}") for one in error.problems]
    if found:
        raise RequestInvalid(prepared.operation.model, found)


def upload(
    source: FileInput,
    description: str | None,
    on_progress: OnProgress | None,
    terms: RequestOptions,
    asking: CallContext,
) -> Flow[Asset]:
    """Uploads a file and gives its asset.

    Raises:
        RequestInvalid, ApiError, ConnectionFailed: see there.
    """
    from krea_client._core.response_types import Asset

    operation = checked(source)
    fields = {} if description is None else {"description": description}
    form = Upload(source.open, source.name, source.content_type or "", source.size, fields, on_progress)
    call = Call(operation.method, operation.path, timeout=asking.timeout, upload=form)
    exchanged = yield from exchange(call, terms, asking)
    return responses.read_as(lambda document: Asset.from_dict(responses.an_object(document)), call, exchanged.answer)


def with_uploads(prepared: PreparedRequest, terms: RequestOptions, asking: CallContext) -> Flow[PreparedRequest]:
    """The request with the addresses of its local files, each content uploaded once by this client."""
    checked_in(prepared)
    addresses: dict[Steps, str] = {}
    for file in prepared.files:
        addresses[file.steps] = yield from _address(file.source, terms, asking)
    return prepared.uploaded(addresses)


def _address(source: FileInput, terms: RequestOptions, asking: CallContext) -> Flow[str]:
    digest = source.digest()
    while (known := terms.shelf.take(digest)) == "":
        yield Sleep(LOOK_AGAIN)
    if known is not None:
        return known
    try:
        asset = yield from upload(source, None, None, terms, asking)
    except BaseException:
        terms.shelf.put(digest, None)
        raise
    terms.shelf.put(digest, asset.url)
    return asset.url
