"""What hangs at `krea.styles`: trained styles, in both colours."""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Coroutine,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from typing import TYPE_CHECKING, Any

import httpx

from krea_client._core.response_types import Style
from krea_client._request.build import SubmitOptions
from krea_client._session import Session
from krea_client.jobs import Job
from krea_client.resources._paging import all_pages, all_pages_async
from krea_client.resources._requests import Holdings

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver


def _id(style: Style | str) -> str:
    return style if isinstance(style, str) else style.id


def _given(**changes: object) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if value is not None}


class Styles:
    """Trained styles (LoRAs), as `krea.styles`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._session = session
        self._holdings = Holdings(session)
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
        timeout: float | httpx.Timeout | None = None,
    ) -> Iterator[Style]:
        """Gives the styles that fit, page after page as you go on.

        Args:
            filter: whose styles, such as "user", "community" or "krea".
            model: only styles for this model.
            user: only styles of this user.
            liked: only styles that you like.
            ids: only these.
            limit: how many styles one page holds, 1 to 1000; all pages are gone through whatever it is.
            cursor: where an earlier search stopped.
            timeout: of one HTTP exchange, in seconds.

        Raises:
            RequestInvalid: an argument breaks the documented rules.
        """
        query = self._session.listing(
            "search_styles",
            _given(filter=filter, model=model, user=user, liked=liked, ids=ids, limit=limit, cursor=cursor),
        )
        return all_pages(self._driver, query, lambda at: self._holdings.styles(at, timeout))

    def get(self, style_id: str, /, *, timeout: float | httpx.Timeout | None = None) -> Style:
        """Gives a style.

        Raises:
            NotFound: there is no such style, or you may not see it.
        """
        return self._driver.run(self._holdings.style(style_id, timeout))

    def update(
        self,
        style: Style | str,
        /,
        *,
        title: str | None = None,
        public: bool | None = None,
        cover_url: str | None = None,
        urls: Sequence[str] | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> Style:
        """Changes a style of yours and gives it as it is then; what is not given stays.

        Args:
            style: the style, or its id.
            title: its title.
            public: whether everybody may use it.
            cover_url: the address of its cover picture.
            urls: the addresses of its pictures.
            timeout: of one HTTP exchange, in seconds.
        """
        changes = _given(title=title, public=public, cover_url=cover_url, urls=urls)
        return self._driver.run(self._holdings.updating(_id(style), changes, timeout))

    def share_link(self, style: Style | str, /, *, timeout: float | httpx.Timeout | None = None) -> str:
        """Gives a link by which others can use the style."""
        return self._driver.run(self._holdings.linking(_id(style), timeout))

    def share(self, style: Style | str, /, *, timeout: float | httpx.Timeout | None = None) -> None:
        """Shares a style with your workspace.

        Raises:
            Forbidden: it is not yours to share.
        """
        self._driver.run(self._holdings.sharing(_id(style), timeout))

    def unshare(self, style: Style | str, /, *, timeout: float | httpx.Timeout | None = None) -> None:
        """Takes a style out of your workspace again.

        Raises:
            Forbidden: it is not yours to share.
        """
        self._driver.run(self._holdings.unsharing(_id(style), timeout))

    def train(
        self,
        request: Mapping[str, Any] | object | None = None,
        /,
        *,
        webhook_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        check: bool = True,
        timeout: float | httpx.Timeout | None = None,
        **fields: Any,
    ) -> Job:
        """Starts to train a style and gives the job; once it is completed, `job.style_id` is the style.

        It is never sent again once it may have been accepted. Local files among `urls` are uploaded first.

        Args:
            request: the request body, or a training request of `krea_api.models`.
            webhook_url: an address of yours that gets one POST with the job when it has ended.
            extra_body: fields that the spec does not know, sent as they are.
            check: False sends the body unchecked.
            timeout: of one HTTP exchange, in seconds.
            fields: fields of the body, such as name and urls.

        Raises:
            KreaError: as `Krea.submit` raises.
        """
        options = SubmitOptions(webhook_url, extra_body, check)
        return self._driver.run(self._holdings.training(request, fields, options, timeout))


class AsyncStyles:
    """Trained styles (LoRAs), as `krea.styles` of an `AsyncKrea`; arguments and errors are those of `Styles`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._session = session
        self._holdings = Holdings(session)
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
        timeout: float | httpx.Timeout | None = None,
    ) -> AsyncIterator[Style]:
        """Gives the styles that fit, page after page as you go on."""
        query = self._session.listing(
            "search_styles",
            _given(filter=filter, model=model, user=user, liked=liked, ids=ids, limit=limit, cursor=cursor),
        )
        return all_pages_async(self._driver, query, lambda at: self._holdings.styles(at, timeout))

    def get(self, style_id: str, /, *, timeout: float | httpx.Timeout | None = None) -> Coroutine[Any, Any, Style]:
        """Gives a style."""
        return self._driver.later(self._holdings.style, style_id, timeout)

    def update(
        self,
        style: Style | str,
        /,
        *,
        title: str | None = None,
        public: bool | None = None,
        cover_url: str | None = None,
        urls: Sequence[str] | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> Coroutine[Any, Any, Style]:
        """Changes a style of yours and gives it as it is then; what is not given stays."""
        changes = _given(title=title, public=public, cover_url=cover_url, urls=urls)
        return self._driver.later(self._holdings.updating, _id(style), changes, timeout)

    def share_link(
        self, style: Style | str, /, *, timeout: float | httpx.Timeout | None = None
    ) -> Coroutine[Any, Any, str]:
        """Gives a link by which others can use the style."""
        return self._driver.later(self._holdings.linking, _id(style), timeout)

    def share(
        self, style: Style | str, /, *, timeout: float | httpx.Timeout | None = None
    ) -> Coroutine[Any, Any, None]:
        """Shares a style with your workspace."""
        return self._driver.later(self._holdings.sharing, _id(style), timeout)

    def unshare(
        self, style: Style | str, /, *, timeout: float | httpx.Timeout | None = None
    ) -> Coroutine[Any, Any, None]:
        """Takes a style out of your workspace again."""
        return self._driver.later(self._holdings.unsharing, _id(style), timeout)

    def train(
        self,
        request: Mapping[str, Any] | object | None = None,
        /,
        *,
        webhook_url: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        check: bool = True,
        timeout: float | httpx.Timeout | None = None,
        **fields: Any,
    ) -> Coroutine[Any, Any, Job]:
        """Starts to train a style and gives the job; once it is completed, `job.style_id` is the style."""
        options = SubmitOptions(webhook_url, extra_body, check)
        return self._driver.later(self._holdings.training, request, fields, options, timeout)
