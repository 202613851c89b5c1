# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.kling_camera_path_type import KlingCameraPathType, check_kling_camera_path_type
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.kling_camera_axes import KlingCameraAxes


T = TypeVar("T", bound="KlingCameraPath")


@_attrs_define
class KlingCameraPath:
    """A motion of the camera along axes of your choice.

    Attributes:
        type_ (KlingCameraPathType): Says that config tells how to move.
        config (KlingCameraAxes | Unset): How far to move along each axis.
    """

    type_: KlingCameraPathType
    config: KlingCameraAxes | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        config: dict[str, Any] | Unset = UNSET
        if not isinstance(self.config, Unset):
            config = self.config.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
            }
        )
        if config is not UNSET:
            field_dict["config"] = config

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.kling_camera_axes import KlingCameraAxes

        d = dict(src_dict)
        type_ = check_kling_camera_path_type(d.pop("type"))

        _config = d.pop("config", UNSET)
        config: KlingCameraAxes | Unset
        if isinstance(_config, Unset):
            config = UNSET
        else:
            config = KlingCameraAxes.from_dict(_config)

        kling_camera_path = cls(
            type_=type_,
            config=config,
        )

        kling_camera_path.additional_properties = d
        return kling_camera_path

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
