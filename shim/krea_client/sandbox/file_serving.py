"""The files behind the addresses: which one is asked for, and, in a second step that takes its time, what is in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from krea_client.sandbox.account import Account
from krea_client.sandbox.http_messages import Request, Response, refusal
from krea_client.sandbox.job_outputs import PLACES, SHELVES, UPLOADS, Piece, job_of, preview_path
from krea_client.sandbox.job_states import Job, status
from krea_client.sandbox.media import result_files
from krea_client.sandbox.schema_validation import translate

Maker = Callable[[], Response]


def is_file(path: str) -> bool:
    """Say whether files are kept under that path; they need no token."""
    return path.startswith(PLACES)


def found(account: Account, request: Request) -> Maker | Response:
    """Find what makes the file that is asked for, or make the refusal."""
    if request.method != "GET":
        return refusal(404, "There is no such file.")
    if request.path.startswith(UPLOADS):
        asset = account.assets.at(request.path.removeprefix(UPLOADS))
        if asset is None:
            return refusal(404, "There is no such file.")
        return Response(200, {"content-type": asset.content_type}, asset.content)
    job = account.book.find(job_of(request.path))
    if job is None or job.ending == "empty":
        return refusal(404, "There is no such result.")
    return _result(job, request.path, status(job, account.clock.monotonic()))


def _result(job: Job, path: str, state: str) -> Maker | Response:
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


def _exported(job: Job, path: str) -> tuple[Piece, str] | None:
    shelf = f"{SHELVES['zip']}{job.job_id}/"
    mark, _, file_format = path.removeprefix(shelf).removesuffix(".zip").rpartition("-")
    for piece in job.product.pieces:
        if (
            piece.mark == mark
            and piece.ending == "glb"
            and path == f"{shelf}{mark}{'-' if mark else ''}{file_format}.zip"
        ):
            return (piece, file_format) if file_format in result_files.EXPORTS else None
    return None


def _recipe(job: Job, mark: str) -> bytes:
    fields, _ = translate(job.operation, json.loads(job.body), job.created_at.date())
    operation = job.operation
    defaults = operation.filled({})
    if not fields.keys().isdisjoint(("aspect_ratio", "ratio", "resolution")):
        # Width and height of a server's own choice would win over the shape that was asked for.
        defaults = {name: value for name, value in defaults.items() if name not in ("width", "height")}
    return result_files.recipe(operation.path, defaults | fields, mark)
