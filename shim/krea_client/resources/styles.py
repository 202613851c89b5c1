"""`krea.styles`: trained styles."""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Coroutine,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from krea_client import _json
from krea_client._core import operations
from krea_client._core.effects import Flow, Timeout
from krea_client._core.operations import EndpointCall
from krea_client._core.policies import Retry
from krea_client._core.retrying import CallLimits
from krea_client._request.build import SubmitOptions, build_request
from krea_client._request.call_site import call_site
from krea_client._session import Session
from krea_client.jobs import Job
from krea_client.resources._base import (
    Page,
    Query,
    Resource,
    ResourceRequests,
    iterate_pages,
    iterate_pages_async,
    reader,
    text_member,
    without_none,
)

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver


@dataclass(frozen=True, slots=True)
class Style(Resource):
    """A trained style (LoRA)."""

    @property
    def title(self) -> str | None:
        """Its title, or None."""
        return self._text("title")

    @property
    def public(self) -> bool:
        """Whether everybody may use it."""
        return self._document.get("public") is True

    @property
    def urls(self) -> list[str]:
        """Addresses of its pictures."""
        return [url for url in _json.items(self._document.get("urls")) if isinstance(url, str)]

    @property
    def cover_url(self) -> str | None:
        """Address of its cover picture, or None."""
        return self._text("cover_url")

    @property
    def models(self) -> list[str]:
        """The models that it works with, as far as the API says."""
        return [name for name in _json.items(self._document.get("models")) if isinstance(name, str)]

    @property
    def owner_name(self) -> str | None:
        """Name of its owner, or None."""
        return _json.text(_json.members(self._document.get("owner")).get("name"))

    @property
    def created_at(self) -> datetime | None:
        """When it was created, aware, or None."""
        return _json.moment(self._document.get("created_at"))


class StyleRequests(ResourceRequests):
    """Builds the operations of `krea.styles`."""

    def query(self, **parameters: object) -> Query:
        """Return the query parameters of `styles.search`."""
        return self._session.query("search_styles", without_none(**parameters))

    def page(self, query: Query, limits: CallLimits) -> Flow[Page[Style]]:
        """Build one page of `styles.search`."""
        return self._page(EndpointCall("search_styles", query=query), limits, Style.from_dict)

    def get(self, style_id: str, limits: CallLimits) -> Flow[Style]:
        """Build `styles.get`."""
        return self._call(EndpointCall("get_style", {"id": style_id}), limits, reader(Style.from_dict))

    def update(self, style: Style | str, changes: Mapping[str, Any], limits: CallLimits) -> Flow[Style]:
        """Build `styles.update`; validate the changes now."""
        body = self._body("update_style", changes)
        return self._call(EndpointCall("update_style", {"id": _id(style)}, body=body), limits, reader(Style.from_dict))

    def share_link(self, style: Style | str, limits: CallLimits) -> Flow[str]:
        """Build `styles.share_link`."""
        return self._call(EndpointCall("get_style_share_link", {"id": _id(style)}), limits, text_member("share_link"))

    def share(self, style: Style | str, limits: CallLimits) -> Flow[None]:
        """Build `styles.share`."""
        return self._call(EndpointCall("share_style", {"id": _id(style)}), limits, operations.no_content)

    def unshare(self, style: Style | str, limits: CallLimits) -> Flow[None]:
        """Build `styles.unshare`."""
        return self._call(EndpointCall("unshare_style", {"id": _id(style)}), limits, operations.no_content)

    def train(
        self, request: object, fields: Mapping[str, Any], submission: SubmitOptions, limits: CallLimits
    ) -> Flow[Job]:
        """Build `styles.train`; local files among its pictures are uploaded first."""
        operation = self._session.rules.catalogue.operation("train_style")
        target = operation if request is None or _json.mapping(request) is not None else request
        body: Any = request if target is operation else None
        prepared = build_request(target, body, fields, submission, self._session.rules, call_site())
        context = self._session.context("train_style", limits)
        return operations.submit(prepared, self._session.options_for(context), context)


def _id(style: Style | str) -> str:
    return style if isinstance(style, str) else style.id


class Styles:
    """Trained styles (LoRAs), as `krea.styles`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._requests = StyleRequests(session)
        self._driver = driver

    def search(
        self,
        *,
        filter: str | None = None,  # noqa: A002  # the API's own name
        model: str | None = None,
        user: str | None = None,
        liked: bool | None = None,
        ids: str | Iterable[str] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Iterator[Style]:
        """Yield the styles that match; each page is requested when the iteration reaches it.

        Args:
            filter: whose styles, such as "user", "community" or "krea".
            model: only styles for this model.
            user: only styles of this user.
            liked: only styles that you like.
            ids: only styles with these ids.
            limit: number of styles per page, 1 to 1000; the iteration covers all pages whatever it is.
            cursor: continues an earlier search.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.

        Raises:
            RequestInvalid: an argument breaks the documented rules.
        """
        query = self._requests.query(
            filter=filter, model=model, user=user, liked=liked, ids=ids, limit=limit, cursor=cursor
        )
        return iterate_pages(self._driver, query, lambda page: self._requests.page(page, CallLimits(timeout, retry)))

    def get(self, style_id: str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None) -> Style:
        """Return a style.

        Raises:
            NotFound: there is no such style, or it is not visible to you.
        """
        return self._driver.run(self._requests.get(style_id, CallLimits(timeout, retry)))

    def update(
        self,
        style: Style | str,
        /,
        *,
        title: str | None = None,
        public: bool | None = None,
        cover_url: str | None = None,
        urls: Sequence[str] | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Style:
        """Change a style of yours and return its new state; arguments that are None change nothing.

        Args:
            style: the style, or its id.
            title: its title.
            public: whether everybody may use it.
            cover_url: the address of its cover picture.
            urls: the addresses of its pictures.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.
        """
        changes = without_none(title=title, public=public, cover_url=cover_url, urls=urls)
        return self._driver.run(self._requests.update(style, changes, CallLimits(timeout, retry)))

    def share_link(
        self, style: Style | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> str:
        """Return a link through which others can use the style."""
        return self._driver.run(self._requests.share_link(style, CallLimits(timeout, retry)))

    def share(
        self, style: Style | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> None:
        """Share a style with your workspace.

        Raises:
            Forbidden: it is not yours to share.
        """
        self._driver.run(self._requests.share(style, CallLimits(timeout, retry)))

    def unshare(
        self, style: Style | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> None:
        """Remove a style from your workspace.

        Raises:
            Forbidden: it is not yours to share.
        """
        self._driver.run(self._requests.unshare(style, CallLimits(timeout, retry)))

    def train(
        self,
        request: Mapping[str, Any] | object | None = None,
        /,
        *,
        webhook_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        check: bool = True,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
        **fields: Any,
    ) -> Job:
        """Start to train a style and return the job; once it is completed, `job.style_id` is the style.

        It is never sent again once it may have been accepted. Local files among `urls` are uploaded first.

        Args:
            request: the request body, or a training request of `krea_api.models`.
            webhook_url: an address of yours that gets one POST with the job when it has ended.
            extra_body: fields that the spec does not know, sent as they are.
            check: False sends the body unchecked.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.
            fields: fields of the body, such as name and urls.

        Raises:
            KreaError: as `Krea.submit` raises.
        """
        submission = SubmitOptions(webhook_url, extra_body, check)
        return self._driver.run(self._requests.train(request, fields, submission, CallLimits(timeout, retry)))


class AsyncStyles:
    """Trained styles (LoRAs), as `krea.styles` of an `AsyncKrea`; arguments and errors are those of `Styles`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._requests = StyleRequests(session)
        self._driver = driver

    def search(
        self,
        *,
        filter: str | None = None,  # noqa: A002  # the API's own name
        model: str | None = None,
        user: str | None = None,
        liked: bool | None = None,
        ids: str | Iterable[str] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> AsyncIterator[Style]:
        """Yield the styles that match; each page is requested when the iteration reaches it."""
        query = self._requests.query(
            filter=filter, model=model, user=user, liked=liked, ids=ids, limit=limit, cursor=cursor
        )
        return iterate_pages_async(
            self._driver, query, lambda page: self._requests.page(page, CallLimits(timeout, retry))
        )

    def get(
        self, style_id: str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> Coroutine[Any, Any, Style]:
        """Return a style."""
        return self._driver.later(self._requests.get, style_id, CallLimits(timeout, retry))

    def update(
        self,
        style: Style | str,
        /,
        *,
        title: str | None = None,
        public: bool | None = None,
        cover_url: str | None = None,
        urls: Sequence[str] | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Coroutine[Any, Any, Style]:
        """Change a style of yours and return its new state; arguments that are None change nothing."""
        changes = without_none(title=title, public=public, cover_url=cover_url, urls=urls)
        return self._driver.later(self._requests.update, style, changes, CallLimits(timeout, retry))

    def share_link(
        self, style: Style | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> Coroutine[Any, Any, str]:
        """Return a link through which others can use the style."""
        return self._driver.later(self._requests.share_link, style, CallLimits(timeout, retry))

    def share(
        self, style: Style | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> Coroutine[Any, Any, None]:
        """Share a style with your workspace."""
        return self._driver.later(self._requests.share, style, CallLimits(timeout, retry))

    def unshare(
        self, style: Style | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> Coroutine[Any, Any, None]:
        """Remove a style from your workspace."""
        return self._driver.later(self._requests.unshare, style, CallLimits(timeout, retry))

    def train(
        self,
        request: Mapping[str, Any] | object | None = None,
        /,
        *,
        webhook_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        check: bool = True,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
        **fields: Any,
    ) -> Coroutine[Any, Any, Job]:
        """Start to train a style and return the job; once it is completed, `job.style_id` is the style."""
        submission = SubmitOptions(webhook_url, extra_body, check)
        return self._driver.later(self._requests.train, request, fields, submission, CallLimits(timeout, retry))
