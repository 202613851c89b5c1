"""Uploaded files, newest last, up to a number of bytes; the oldest make room for new ones."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from krea_client.sandbox.job_states import stamp

MOST_BYTES = 256 << 20
TICK = timedelta(microseconds=1)


class StoredAsset(NamedTuple):
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
        document: dict[str, Any] = {
            "id": self.asset_id,
            "image_url": address + self.name,
            "uploaded_at": stamp(self.uploaded_at),
            "width": self.width,
            "height": self.height,
            "size_bytes": len(self.content),
            "mime_type": self.content_type,
        }
        return document if self.description is None else {**document, "description": self.description}


class AssetStore:
    """Keeps assets in the order of their upload; no two have the same time, since pages are cut by it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._by_id: dict[str, StoredAsset] = {}
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, asset: StoredAsset) -> StoredAsset:
        """Take a file in, at its time or a microsecond after the last; give it back as it is kept."""
        last = next(reversed(self._by_id.values()), None)
        if last is not None and asset.uploaded_at <= last.uploaded_at:
            asset = asset._replace(uploaded_at=last.uploaded_at + TICK)
        self._by_id[asset.asset_id] = asset
        self._bytes += len(asset.content)
        while self._bytes > self._most and len(self._by_id) > 1:
            self.remove(next(iter(self._by_id)))
        return asset

    def find(self, asset_id: str) -> StoredAsset | None:
        """Return the asset of that id."""
        return self._by_id.get(asset_id)

    def at(self, name: str) -> StoredAsset | None:
        """Return the asset at that last part of an address."""
        asset = self._by_id.get(name.partition(".")[0])
        return asset if asset is not None and asset.name == name else None

    def remove(self, asset_id: str) -> bool:
        """Delete an asset; False when there was none."""
        asset = self._by_id.pop(asset_id, None)
        self._bytes -= len(asset.content) if asset else 0
        return asset is not None

    def page(self, before: datetime | None, limit: int) -> tuple[list[StoredAsset], bool]:
        """Return up to `limit` assets uploaded before that time, newest first, and whether there are more."""
        assets = list(self._by_id.values())
        end = len(assets) if before is None else bisect_left(assets, before, key=_time)
        page = assets[max(0, end - limit) : end]
        return page[::-1], end > limit


def _time(asset: StoredAsset) -> datetime:
    return asset.uploaded_at
