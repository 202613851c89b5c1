"""Styles: search, show, update, share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from krea_client.sandbox.account import Account
from krea_client.sandbox.api_document import ApiOperation
from krea_client.sandbox.handlers import Handler
from krea_client.sandbox.http_messages import FieldProblem, Request, Response, answer, bad_request, refusal
from krea_client.sandbox.request_parsing import is_web_address, query_of, read_object
from krea_client.sandbox.style_store import KREA, WORKSPACE, StoredStyle, addresses, share_link

DEFAULT_PAGE = 100

# Editor, gallery and unapproved are lists that somebody at Krea keeps; here they are empty.
FILTERS: Mapping[str, Callable[[StoredStyle], bool]] = {
    "all": lambda _: True,
    "user": lambda style: style.own,
    "krea": lambda style: style.owner is KREA,
    "community": lambda style: style.public and not style.own and style.owner is not KREA,
    "shared": lambda style: style.shared,
    "public": lambda style: style.public,
    **dict.fromkeys(("unapproved", "editor", "gallery"), lambda _: False),
}


def search(account: Account, operation: ApiOperation, request: Request) -> Response:
    """List the styles that fit the query, newest first."""
    query = query_of(request.query)
    problems = account.validator.query_problems(operation, query)
    if problems:
        return bad_request(problems)
    fits = FILTERS[query.get("filter", "all")]
    ids = query["ids"].split(",") if "ids" in query else None

    def matches(style: StoredStyle) -> bool:
        return (
            fits(style)
            and (ids is None or style.style_id in ids)
            and query.get("model", style.models[0]) in style.models
            and query.get("user") in (None, style.owner["id"], style.owner["name"])
            and query.get("liked") != "true"
        )

    try:
        page, cursor = account.styles.page(query.get("cursor"), int(query.get("limit", DEFAULT_PAGE)), matches)
    except KeyError:
        return bad_request([FieldProblem("cursor", "is not one that a page has told")])
    return answer(200, {"items": [style.describe() for style in page], "next_cursor": cursor})


def show(account: Account, _: ApiOperation, request: Request) -> Response:
    """Show one style."""
    style = account.styles.find(request.path.split("/")[2])
    return answer(200, style.describe()) if style else _no_style()


def update(account: Account, operation: ApiOperation, request: Request) -> Response:
    """Change a style of one's own."""
    style = account.styles.find(request.path.split("/")[2])
    if style is None or not style.own:
        return _no_style()
    body = read_object(request.body)
    if isinstance(body, Response):
        return body
    problems = account.validator.problems(operation, body)
    cover = body.get("cover_url")
    if not problems and cover is not None and not is_web_address(cover):
        # The request's schema does not say so, the answer's does.
        problems.append(FieldProblem("cover_url", "is not an http or https URL"))
    if problems:
        return bad_request(problems)
    missing = account.missing_media(request)
    if missing is not None:
        return missing._replace(status=400)  # this page documents no 422
    style.title, style.urls = body.get("title", style.title), addresses(body.get("urls", style.urls))
    style.cover_url = cover or style.cover_url
    style.public = style.public if body.get("public") is None else body["public"]
    return answer(200, style.describe())


def link(account: Account, _: ApiOperation, request: Request) -> Response:
    """Return the address by which others can use a style; 201 the first time."""
    style = account.styles.find(request.path.split("/")[2])
    if style is None or not style.own:
        return _no_style()
    new, style.linked = not style.linked, True
    return answer(201 if new else 200, {"share_link": share_link(style, account.home(request)), "is_new": new})


def share(account: Account, _: ApiOperation, request: Request) -> Response:
    """Let the workspace use a style."""
    style = _owned(account, request)
    if isinstance(style, Response):
        return style
    style.shared = True
    return answer(200, {"success": True, "style_id": style.style_id, "workspace": WORKSPACE})


def unshare(account: Account, _: ApiOperation, request: Request) -> Response:
    """Take a style back from the workspace."""
    style = _owned(account, request)
    if isinstance(style, Response):
        return style
    style.shared = False
    return answer(200, {"success": True})


def _owned(account: Account, request: Request) -> StoredStyle | Response:
    style = account.styles.find(request.path.split("/")[2])
    if style is None:
        return _no_style()
    return style if style.own else refusal(403, "This style is not yours to share.")


def _no_style() -> Response:
    return refusal(404, "There is no such style, or it is not yours.")


HANDLERS: Mapping[str, Handler] = {
    "search_styles": search,
    "get_style": show,
    "update_style": update,
    "get_style_share_link": link,
    "share_style": share,
    "unshare_style": unshare,
}
