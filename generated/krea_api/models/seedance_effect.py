# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.seedance_effect_asset_type import SeedanceEffectAssetType, check_seedance_effect_asset_type

T = TypeVar("T", bound="SeedanceEffect")


@_attrs_define
class SeedanceEffect:
    """An effect to apply, with a picture or video of it.

    Attributes:
        id (UUID): The id of the effect.
        name (str): The name of the effect. At most 100 characters.
        asset_url (str): The picture or video. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        asset_type (SeedanceEffectAssetType): Whether asset_url is a picture or a video.
    """

    id: UUID
    name: str
    asset_url: str
    asset_type: SeedanceEffectAssetType
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        name = self.name

        asset_url = self.asset_url

        asset_type: str = self.asset_type

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "asset_url": asset_url,
                "asset_type": asset_type,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))

        name = d.pop("name")

        asset_url = d.pop("asset_url")

        asset_type = check_seedance_effect_asset_type(d.pop("asset_type"))

        seedance_effect = cls(
            id=id,
            name=name,
            asset_url=asset_url,
            asset_type=asset_type,
        )

        seedance_effect.additional_properties = d
        return seedance_effect

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
