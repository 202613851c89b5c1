"""The files behind the addresses: which one is asked for, and, in a second step that takes its time, what is in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from krea_client.sandbox.account import Account
from krea_client.sandbox.http_messages import Request, Response, refusal
from krea_client.sandbox.job_outputs import FILE_PREFIXES, FOLDERS, UPLOADS, OutputFile, job_of, preview_path
from krea_client.sandbox.job_states import SandboxJob, is_expired, status
from krea_client.sandbox.media import result_files
from krea_client.sandbox.schema_validation import translate

ResponseBuilder = Callable[[], Response]

# What object storage answers to a signed address whose time is over.
EXPIRED = b'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>'


def is_file(path: str) -> bool:
    """Return whether files are kept under that path; they need no token."""
    return path.startswith(FILE_PREFIXES)


def found(account: Account, request: Request) -> ResponseBuilder | Response:
    """Find what makes the file that is asked for, or make the refusal."""
    if request.method != "GET":
        return refusal(404, "There is no such file.")
    if request.path.startswith(UPLOADS):
        asset = account.assets.at(request.path.removeprefix(UPLOADS))
        if asset is None:
            return refusal(404, "There is no such file.")
        return Response(200, {"content-type": asset.content_type}, asset.content)
    job = account.job_store.find(job_of(request.path))
    if job is None or job.ending == "empty":
        return refusal(404, "There is no such result.")
    now = account.clock.monotonic()
    if not request.path.startswith(FOLDERS["zip"]) and is_expired(job, request.query, now):
        return Response(403, {"content-type": "application/xml"}, EXPIRED)
    return _result(job, request.path, status(job, now))


def _result(job: SandboxJob, path: str, state: str) -> ResponseBuilder | Response:
    is_preview = path == preview_path(job.job_id) and job.product.has_preview
    if state != "completed" and not (is_preview and state == "intermediate-complete"):
        return refusal(404, f"Job {job.job_id} is {state}: it has no such result.")
    if is_preview:
        return partial(result_files.preview, _recipe(job, ""))
    piece = job.product.piece(path, job.job_id)
    if piece is not None:
        return partial(result_files.file, piece.ending, _recipe(job, piece.mark), job.product.shape == "parts")
    exported = _exported(job, path)
    if exported is None:
        return refusal(404, "There is no such result.")
    solid, file_format = exported
    return partial(result_files.export, file_format, _recipe(job, solid.mark))


def _exported(job: SandboxJob, path: str) -> tuple[OutputFile, str] | None:
    folder = f"{FOLDERS['zip']}{job.job_id}/"
    mark, _, file_format = path.removeprefix(folder).removesuffix(".zip").rpartition("-")
    for piece in job.product.pieces:
        if (
            piece.mark == mark
            and piece.ending == "glb"
            and path == f"{folder}{mark}{'-' if mark else ''}{file_format}.zip"
        ):
            return (piece, file_format) if file_format in result_files.EXPORTS else None
    return None


def _recipe(job: SandboxJob, mark: str) -> bytes:
    fields, _ = translate(job.operation, json.loads(job.body), job.created_at.date())
    operation = job.operation
    defaults = operation.filled({})
    if not fields.keys().isdisjoint(("aspect_ratio", "ratio", "resolution")):
        # Width and height of a server's own choice would win over the shape that was asked for.
        defaults = {name: value for name, value in defaults.items() if name not in ("width", "height")}
    return result_files.recipe(operation.path, defaults | fields, mark)
