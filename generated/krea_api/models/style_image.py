# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="StyleImage")


@_attrs_define
class StyleImage:
    """A picture to take the look from, and how strongly it acts.

    Attributes:
        strength (float): How strongly it acts. -2 to 2.
        url (str | Unset): The picture. At most 1024 characters. A public https URL, the URL of an uploaded asset, or a
            data: URI.
    """

    strength: float
    url: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        strength = self.strength

        url = self.url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "strength": strength,
            }
        )
        if url is not UNSET:
            field_dict["url"] = url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        strength = d.pop("strength")

        url = d.pop("url", UNSET)

        style_image = cls(
            strength=strength,
            url=url,
        )

        style_image.additional_properties = d
        return style_image

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
