"""What hangs at `krea.assets`: uploaded files, in both colours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import httpx

from krea_client._core.response_types import Asset
from krea_client._core.uploads import OnProgress
from krea_client._session import Session
from krea_client.resources._paging import all_pages, all_pages_async
from krea_client.resources._requests import Holdings

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver


class Assets:
    """The files of an account, as `krea.assets`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._session = session
        self._holdings = Holdings(session)
        self._driver = driver

    def upload(
        self,
        file: object,
        /,
        *,
        name: str | None = None,
        description: str | None = None,
        on_progress: OnProgress | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> Asset:
        """Uploads a file, streamed, and gives its asset; `asset.url` is what a request takes.

        A request takes local files itself (`image_url=Path("in.png")`); this is for those that are used again and again.

        Args:
            file: a path (also as text), bytes, or an open binary file that can seek.
            name: what to call it; its own name where None.
            description: what to say of it.
            on_progress: is called with the bytes read so far and the size.
            timeout: of one HTTP exchange, in seconds.

        Raises:
            RequestInvalid: it is empty, too large, or of a kind that the API does not take; nothing was sent.
        """
        return self._driver.run(self._holdings.uploading(file, name, description, on_progress, timeout))

    def get(self, asset_id: str, /, *, timeout: float | httpx.Timeout | None = None) -> Asset:
        """Gives an asset.

        Raises:
            NotFound: there is no such asset, or it is someone else's.
        """
        return self._driver.run(self._holdings.asset(asset_id, timeout))

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: datetime | str | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> Iterator[Asset]:
        """Gives the account's assets, newest first, page after page as you go on.

        Args:
            limit: how many assets one page holds, 1 to 1000; all pages are gone through whatever it is.
            cursor: only assets uploaded before this time.
            timeout: of one HTTP exchange, in seconds.

        Raises:
            RequestInvalid: an argument breaks the documented rules.
        """
        query = self._session.listing("list_assets", {"cursor": cursor, "limit": limit})
        return all_pages(self._driver, query, lambda at: self._holdings.assets(at, timeout))

    def delete(self, asset: Asset | str, /, *, timeout: float | httpx.Timeout | None = None) -> None:
        """Deletes an asset.

        Raises:
            NotFound: there is no such asset, or it is someone else's.
        """
        self._driver.run(self._holdings.deleting(asset if isinstance(asset, str) else asset.id, timeout))


class AsyncAssets:
    """The files of an account, as `krea.assets` of an `AsyncKrea`; arguments and errors are those of `Assets`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._session = session
        self._holdings = Holdings(session)
        self._driver = driver

    def upload(
        self,
        file: object,
        /,
        *,
        name: str | None = None,
        description: str | None = None,
        on_progress: OnProgress | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> Coroutine[Any, Any, Asset]:
        """Uploads a file, streamed, and gives its asset; `asset.url` is what a request takes."""
        return self._driver.later(self._holdings.uploading, file, name, description, on_progress, timeout)

    def get(self, asset_id: str, /, *, timeout: float | httpx.Timeout | None = None) -> Coroutine[Any, Any, Asset]:
        """Gives an asset."""
        return self._driver.later(self._holdings.asset, asset_id, timeout)

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: datetime | str | None = None,
        timeout: float | httpx.Timeout | None = None,
    ) -> AsyncIterator[Asset]:
        """Gives the account's assets, newest first, page after page as you go on."""
        query = self._session.listing("list_assets", {"cursor": cursor, "limit": limit})
        return all_pages_async(self._driver, query, lambda at: self._holdings.assets(at, timeout))

    def delete(
        self, asset: Asset | str, /, *, timeout: float | httpx.Timeout | None = None
    ) -> Coroutine[Any, Any, None]:
        """Deletes an asset."""
        return self._driver.later(self._holdings.deleting, asset if isinstance(asset, str) else asset.id, timeout)
