# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="UpdateStyleRequest")


@_attrs_define
class UpdateStyleRequest:
    """What to change of a style; what is not given stays.

    Attributes:
        public (bool | None | Unset): Whether everybody can use it.
        urls (list[str] | Unset): Pictures that show it.
        title (str | Unset): What it is called.
        cover_url (str | Unset): The picture to show first. A public https URL, the URL of an uploaded asset, or a data:
            URI.
    """

    public: bool | None | Unset = UNSET
    urls: list[str] | Unset = UNSET
    title: str | Unset = UNSET
    cover_url: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        public: bool | None | Unset
        if isinstance(self.public, Unset):
            public = UNSET
        else:
            public = self.public

        urls: list[str] | Unset = UNSET
        if not isinstance(self.urls, Unset):
            urls = self.urls

        title = self.title

        cover_url = self.cover_url

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if public is not UNSET:
            field_dict["public"] = public
        if urls is not UNSET:
            field_dict["urls"] = urls
        if title is not UNSET:
            field_dict["title"] = title
        if cover_url is not UNSET:
            field_dict["cover_url"] = cover_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_public(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        public = _parse_public(d.pop("public", UNSET))

        urls = cast(list[str], d.pop("urls", UNSET))

        title = d.pop("title", UNSET)

        cover_url = d.pop("cover_url", UNSET)

        update_style_request = cls(
            public=public,
            urls=urls,
            title=title,
            cover_url=cover_url,
        )

        return update_style_request
