"""Assets: upload, list, show, delete."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from krea_client.sandbox.account import Account
from krea_client.sandbox.api_document import ApiOperation
from krea_client.sandbox.asset_store import StoredAsset
from krea_client.sandbox.handlers import Handler
from krea_client.sandbox.http_messages import FieldProblem, Request, Response, answer, bad_request, refusal
from krea_client.sandbox.job_outputs import UPLOADS
from krea_client.sandbox.request_parsing import moment, query_of

if TYPE_CHECKING:
    from krea_client.sandbox.multipart_parser import FormPart

DEFAULT_PAGE = 100
MEGABYTE = 1 << 20
UNSAID = "application/octet-stream"


def upload(account: Account, operation: ApiOperation, request: Request) -> Response:
    """Take a file in. 400 is the only refusal that the page documents."""
    form = _form(request)
    if isinstance(form, Response):
        return form
    file, note = form["file"], form.get("description")
    file_type = _kind(file, operation.upload)
    if isinstance(file_type, Response):
        return file_type
    ending, kind = file_type
    asset_id = account.new_id()
    width, height = _extent(file.content) if kind.startswith("image/") else (None, None)
    description = note.content.decode("utf-8", "replace") if note else None
    name = f"{asset_id}.{ending}"
    asset = StoredAsset(asset_id, name, file.content, kind, account.today(), width, height, description)
    return _shown(account, request, account.assets.add(asset))


def listing(account: Account, operation: ApiOperation, request: Request) -> Response:
    """List assets, newest first."""
    query = query_of(request.query)
    problems = account.validator.query_problems(operation, query)
    before = moment(query["cursor"]) if "cursor" in query else None
    if "cursor" in query and before is None:
        problems.append(FieldProblem("cursor", "is not a date-time"))
    if problems:
        return bad_request(problems)
    page, more = account.assets.page(before, int(query.get("limit", DEFAULT_PAGE)))
    address = account.home(request) + UPLOADS
    items = [asset.describe(address) for asset in page]
    return answer(200, {"items": items, "next_cursor": items[-1]["uploaded_at"] if more else None})


def show(account: Account, _: ApiOperation, request: Request) -> Response:
    """Show one asset."""
    asset = account.assets.find(request.path.rpartition("/")[2])
    return _shown(account, request, asset) if asset else _no_asset()


def delete(account: Account, _: ApiOperation, request: Request) -> Response:
    """Delete an asset; its address is gone with it."""
    if not account.assets.remove(request.path.rpartition("/")[2]):
        return _no_asset()
    return answer(200, {"success": True, "message": "The asset is deleted."})


def _shown(account: Account, request: Request, asset: StoredAsset) -> Response:
    return answer(200, asset.describe(account.home(request) + UPLOADS))


def _form(request: Request) -> dict[str, FormPart] | Response:
    """Read the form, or refuse it."""
    # The mail parser is imported for an upload only.
    from krea_client.sandbox.multipart_parser import parts

    try:
        fields = parts(request.headers.get("content-type", ""), request.body)
    except ValueError as error:
        return refusal(400, str(error))
    form = {part.name: part for part in fields}
    unknown = sorted(form.keys() - {"file", "description"})
    if unknown:
        return bad_request([FieldProblem(unknown[0], "is not a field")])
    if len(form) < len(fields):
        return refusal(400, "A field is given twice.")
    return form if "file" in form else bad_request([FieldProblem("file", "is required")])


def _kind(file: FormPart, limits: Mapping[str, Any]) -> tuple[str, str] | Response:
    """Return a file's ending and media type, or refuse it."""
    types: Mapping[str, str] = limits["types"]
    ending = (file.filename or "").rpartition(".")[2].lower()
    content_type = file.content_type if file.content_type not in (None, UNSAID) else types.get(ending)
    if not file.content:
        return refusal(400, "file: is empty")
    if len(file.content) > limits["megabytes"] * MEGABYTE:
        return refusal(400, f"file: has more than {limits['megabytes']} MB")
    if content_type is None or content_type not in types.values():
        return refusal(400, f"file: {content_type or 'its type'} is not accepted; send one of {', '.join(types)}")
    own = (
        ending
        if types.get(ending) == content_type
        else next(name for name, kind in types.items() if kind == content_type)
    )
    return own, content_type


def _extent(content: bytes) -> tuple[int | None, int | None]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            return picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None, None  # HEIC, or no picture: the documented fields may be null


def _no_asset() -> Response:
    return refusal(404, "There is no such asset.")


HANDLERS: Mapping[str, Handler] = {
    "upload_asset": upload,
    "list_assets": listing,
    "get_asset": show,
    "delete_asset": delete,
}
