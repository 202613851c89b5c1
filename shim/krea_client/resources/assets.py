"""`krea.assets`: uploaded files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from krea_client import _json
from krea_client._core import operations, uploads
from krea_client._core.effects import Flow, Timeout
from krea_client._core.operations import EndpointCall
from krea_client._core.policies import Retry
from krea_client._core.retrying import CallLimits
from krea_client._core.uploads import OnProgress
from krea_client._request.file_inputs import FileInput
from krea_client._session import Session
from krea_client._transport.progress_calls import awaiting, plain_function
from krea_client.resources._base import (
    Page,
    Query,
    Resource,
    ResourceRequests,
    iterate_pages,
    iterate_pages_async,
    reader,
    without_none,
)

if TYPE_CHECKING:
    from krea_client._transport.async_driver import AsyncDriver
    from krea_client._transport.driver import Driver


@dataclass(frozen=True, slots=True)
class Asset(Resource):
    """An uploaded file. Its `url` is what a request takes as a media input."""

    @property
    def url(self) -> str:
        """Its address, whatever its kind; the API calls the field image_url."""
        return self._text("image_url") or ""

    @property
    def mime_type(self) -> str | None:
        """Its content type, such as "image/png", or None."""
        return self._text("mime_type")

    @property
    def size_bytes(self) -> int | None:
        """Its size in bytes, or None."""
        size = self._number("size_bytes")
        return None if size is None else int(size)

    @property
    def width(self) -> float | None:
        """Its width in pixels, or None."""
        return self._number("width")

    @property
    def height(self) -> float | None:
        """Its height in pixels, or None."""
        return self._number("height")

    @property
    def description(self) -> str | None:
        """The description from its upload, or None."""
        return self._text("description")

    @property
    def uploaded_at(self) -> datetime | None:
        """When it was uploaded, aware, or None."""
        return _json.moment(self._document.get("uploaded_at"))


class AssetRequests(ResourceRequests):
    """Builds the operations of `krea.assets`."""

    def upload(
        self,
        file: object,
        name: str | None,
        description: str | None,
        on_progress: OnProgress | None,
        limits: CallLimits,
    ) -> Flow[Asset]:
        """Build `assets.upload`; check the file now."""
        # Text can only be a path here; in the fields of a request it is an address.
        source = FileInput(Path(file) if isinstance(file, str) else file, name)
        uploads.validate_file(source)
        context = self._session.context("upload_asset", limits)
        read = reader(Asset.from_dict)
        return uploads.upload(source, description, on_progress, self._session.options_for(context), context, read)

    def get(self, asset_id: str, limits: CallLimits) -> Flow[Asset]:
        """Build `assets.get`."""
        return self._call(EndpointCall("get_asset", {"id": asset_id}), limits, reader(Asset.from_dict))

    def query(self, **parameters: object) -> Query:
        """Return the query parameters of `assets.list`."""
        return self._session.query("list_assets", without_none(**parameters))

    def page(self, query: Query, limits: CallLimits) -> Flow[Page[Asset]]:
        """Build one page of `assets.list`."""
        return self._page(EndpointCall("list_assets", query=query), limits, Asset.from_dict)

    def delete(self, asset: Asset | str, limits: CallLimits) -> Flow[None]:
        """Build `assets.delete`; from then on, local files that may have had its address are uploaded again."""
        asset_id = asset if isinstance(asset, str) else asset.id
        yield from self._call(EndpointCall("delete_asset", {"id": asset_id}), limits, operations.no_content)
        self._session.options.upload_cache.clear()


class Assets:
    """The files of an account, as `krea.assets`."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self._requests = AssetRequests(session)
        self._driver = driver

    def upload(
        self,
        file: object,
        /,
        *,
        name: str | None = None,
        description: str | None = None,
        on_progress: OnProgress | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Asset:
        """Upload a file, streamed, and return its asset; `asset.url` is what a request takes.

        A request takes local files itself (`image_url=Path("in.png")`); this is for those that are used again and again.

        Args:
            file: a path (also as text), bytes, or an open binary file that can seek.
            name: its name at Krea; the file's own where None.
            description: a text stored with it.
            on_progress: called with the bytes read so far and the size; in AsyncKrea also an async function.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.

        Raises:
            RequestInvalid: it is empty, too large, or of a kind that the API does not take; nothing was sent.
        """
        report, limits = plain_function(on_progress), CallLimits(timeout, retry)
        return self._driver.run(self._requests.upload(file, name, description, report, limits))

    def get(self, asset_id: str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None) -> Asset:
        """Return an asset.

        Raises:
            NotFound: there is no such asset, or it belongs to another account.
        """
        return self._driver.run(self._requests.get(asset_id, CallLimits(timeout, retry)))

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: datetime | str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Iterator[Asset]:
        """Yield the account's assets, newest first; each page is requested when the iteration reaches it.

        Args:
            limit: number of assets per page, 1 to 1000; the iteration covers all pages whatever it is.
            cursor: only assets uploaded before this time.
            timeout: of one HTTP exchange, in seconds.
            retry: when to send it again; the client's policy where None.

        Raises:
            RequestInvalid: an argument breaks the documented rules.
        """
        query = self._requests.query(cursor=cursor, limit=limit)
        return iterate_pages(self._driver, query, lambda page: self._requests.page(page, CallLimits(timeout, retry)))

    def delete(
        self, asset: Asset | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> None:
        """Delete an asset.

        Raises:
            NotFound: there is no such asset, or it belongs to another account.
        """
        self._driver.run(self._requests.delete(asset, CallLimits(timeout, retry)))


class AsyncAssets:
    """The files of an account, as `krea.assets` of an `AsyncKrea`; arguments and errors are those of `Assets`."""

    def __init__(self, session: Session, driver: AsyncDriver) -> None:
        self._requests = AssetRequests(session)
        self._driver = driver

    def upload(
        self,
        file: object,
        /,
        *,
        name: str | None = None,
        description: str | None = None,
        on_progress: OnProgress | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> Coroutine[Any, Any, Asset]:
        """Upload a file, streamed, and return its asset; `asset.url` is what a request takes."""
        limits = CallLimits(timeout, retry)
        return awaiting(
            on_progress,
            lambda report: self._driver.later(self._requests.upload, file, name, description, report, limits),
        )

    def get(
        self, asset_id: str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> Coroutine[Any, Any, Asset]:
        """Return an asset."""
        return self._driver.later(self._requests.get, asset_id, CallLimits(timeout, retry))

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: datetime | str | None = None,
        timeout: float | Timeout | None = None,
        retry: Retry | None = None,
    ) -> AsyncIterator[Asset]:
        """Yield the account's assets, newest first; each page is requested when the iteration reaches it."""
        query = self._requests.query(cursor=cursor, limit=limit)
        return iterate_pages_async(
            self._driver, query, lambda page: self._requests.page(page, CallLimits(timeout, retry))
        )

    def delete(
        self, asset: Asset | str, /, *, timeout: float | Timeout | None = None, retry: Retry | None = None
    ) -> Coroutine[Any, Any, None]:
        """Delete an asset."""
        return self._driver.later(self._requests.delete, asset, CallLimits(timeout, retry))
