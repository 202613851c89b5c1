"""Uploads of local files: one operation uploads a file, one replaces the files of a request by their addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from krea_client import _json
from krea_client._core import responses
from krea_client._core.effects import ApiCall, Flow, Sleep, Upload
from krea_client._core.retrying import CallContext, RequestOptions, send
from krea_client._request.build import PreparedRequest
from krea_client._request.file_inputs import FileInput
from krea_client._request.file_references import Steps
from krea_client._request.validation_messages import address
from krea_client._spec.catalogue import Operation, catalogue
from krea_client.errors import Problem, RequestInvalid

CHECK_AGAIN = 0.05  # seconds between two checks whether another caller has uploaded the same contents

OnProgress = Callable[[int, int], object]
T = TypeVar("T")


def validate_file(source: FileInput) -> Operation:
    """Check a file and return the operation that uploads it.

    Raises:
        RequestInvalid: the file is empty, too large, or of a kind that the API does not take.
    """
    operation = catalogue().operation("upload_asset")
    source.check(operation.details["upload"])
    return operation


def validate_files(prepared: PreparedRequest) -> None:
    """Check every local file of a request.

    Raises:
        RequestInvalid: some cannot be uploaded; each problem names the file's place in the request.
    """
    problems: list[Problem] = []
    for file in prepared.files:
        try:
            validate_file(file.source)
        except RequestInvalid as error:
            place = address(file.steps)
            problems += [problem._replace(path=f"{place}: {problem.path}") for problem in error.problems]
    if problems:
        raise RequestInvalid(prepared.operation.model, problems)


def upload(
    source: FileInput,
    description: str | None,
    on_progress: OnProgress | None,
    options: RequestOptions,
    context: CallContext,
    read: Callable[[object], T],
) -> Flow[T]:
    """Upload a file and return the response, as `read` converts its JSON document.

    Raises:
        RequestInvalid, ApiError, ConnectionFailed: see there.
        UnexpectedAnswer: `read` raised ValueError.
    """
    operation = validate_file(source)
    fields = {} if description is None else {"description": description}
    form = Upload(source.open, source.name, source.content_type or "", source.size, fields, on_progress)
    call = ApiCall(operation.method, operation.path, timeout=context.timeout, upload=form)
    response = yield from send(call, options, context)
    return responses.read_as(read, call, response.answer)


def asset_address(document: object) -> str:
    """Return the address of an uploaded file, whatever its kind: the API calls the field image_url.

    Raises:
        ValueError: there is none.
    """
    url = _json.text(_json.members(document).get("image_url"))
    if url is None:
        raise ValueError("it has no image_url")
    return url


class UploadedRequest(NamedTuple):
    """A request with the addresses of its files, and the digests of those that had been uploaded earlier."""

    prepared: PreparedRequest
    reused: tuple[str, ...]


def with_uploads(prepared: PreparedRequest, options: RequestOptions, context: CallContext) -> Flow[UploadedRequest]:
    """Return the request with the addresses of its local files; this client uploads equal contents once."""
    validate_files(prepared)
    addresses: dict[Steps, str] = {}
    reused: list[str] = []
    for file in prepared.files:
        digest = file.source.digest()
        while (cached := options.upload_cache.take(digest)) == "":
            yield Sleep(CHECK_AGAIN)
        if cached is not None:
            reused.append(digest)
        addresses[file.steps] = cached or (yield from _upload_content(file.source, digest, options, context))
    return UploadedRequest(prepared.uploaded(addresses), tuple(reused))


def _upload_content(source: FileInput, digest: str, options: RequestOptions, context: CallContext) -> Flow[str]:
    try:
        uploaded = yield from upload(source, None, None, options, context, asset_address)
    except BaseException:
        options.upload_cache.put(digest, None)
        raise
    options.upload_cache.put(digest, uploaded)
    return uploaded
