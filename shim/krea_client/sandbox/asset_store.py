"""Uploaded files, newest last, up to a number of bytes; the oldest make room for new ones."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from krea_client.sandbox.job_states import stamp

MOST_BYTES = 256 << 20
TICK = timedelta(microseconds=1)


class Asset(NamedTuple):
    """One uploaded file. `name` is the last part of its address; width and height are those of a picture."""

    asset_id: str
    name: str
    content: bytes
    content_type: str
    uploaded_at: datetime
    width: int | None
    height: int | None
    description: str | None

    def describe(self, address: str) -> dict[str, Any]:
        """Write the asset as the API shows it."""
        shown: dict[str, Any] = {
            "id": self.asset_id,
            "image_url": address + self.name,
            "uploaded_at": stamp(self.uploaded_at),
            "width": self.width,
            "height": self.height,
            "size_bytes": len(self.content),
            "mime_type": self.content_type,
        }
        return shown if self.description is None else {**shown, "description": self.description}


class AssetShelf:
    """Keeps assets in the order of their upload; no two have the same time, since pages are cut by it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._by_id: dict[str, Asset] = {}
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, asset: Asset) -> Asset:
        """Take a file in, at its time or a microsecond after the last; give it back as it is kept."""
        last = next(reversed(self._by_id.values()), None)
        if last is not None and asset.uploaded_at <= last.uploaded_at:
            asset = asset._replace(uploaded_at=last.uploaded_at + TICK)
        self._by_id[asset.asset_id] = asset
        self._bytes += len(asset.content)
        while self._bytes > self._most and len(self._by_id) > 1:
            self.remove(next(iter(self._by_id)))
        return asset

    def find(self, asset_id: str) -> Asset | None:
        """Give the asset of that id."""
        return self._by_id.get(asset_id)

    def at(self, name: str) -> Asset | None:
        """Give the asset at that last part of an address."""
        asset = self._by_id.get(name.partition(".")[0])
        return asset if asset is not None and asset.name == name else None

    def remove(self, asset_id: str) -> bool:
        """Delete an asset; False when there was none."""
        asset = self._by_id.pop(asset_id, None)
        self._bytes -= len(asset.content) if asset else 0
        return asset is not None

    def page(self, before: datetime | None, limit: int) -> tuple[list[Asset], bool]:
        """Give up to `limit` assets uploaded before that time, newest first, and whether there are more."""
        kept = list(self._by_id.values())
        end = len(kept) if before is None else bisect_left(kept, before, key=_time)
        found = kept[max(0, end - limit) : end]
        return found[::-1], end > limit


def _time(asset: Asset) -> datetime:
    return asset.uploaded_at
