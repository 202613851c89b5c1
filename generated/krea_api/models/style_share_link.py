# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="StyleShareLink")


@_attrs_define
class StyleShareLink:
    """An address that lets others use a style.

    Attributes:
        share_link (None | str | Unset): The address to hand on.
        is_new (bool | None | Unset): Whether this call made it.
    """

    share_link: None | str | Unset = UNSET
    is_new: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        share_link: None | str | Unset
        if isinstance(self.share_link, Unset):
            share_link = UNSET
        else:
            share_link = self.share_link

        is_new: bool | None | Unset
        if isinstance(self.is_new, Unset):
            is_new = UNSET
        else:
            is_new = self.is_new

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if share_link is not UNSET:
            field_dict["share_link"] = share_link
        if is_new is not UNSET:
            field_dict["is_new"] = is_new

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_share_link(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        share_link = _parse_share_link(d.pop("share_link", UNSET))

        def _parse_is_new(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        is_new = _parse_is_new(d.pop("is_new", UNSET))

        style_share_link = cls(
            share_link=share_link,
            is_new=is_new,
        )

        style_share_link.additional_properties = d
        return style_share_link

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
