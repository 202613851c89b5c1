# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="H3MaxCameraPoint")


@_attrs_define
class H3MaxCameraPoint:
    """Where the camera is at one moment.

    Attributes:
        time (float): The moment, as a fraction of the video. 0 to 1.
        distance (float): How far the camera is from the subject. More than 0.
        azimuth (float): Angle of the camera around the subject.
        elevation (float): Angle of the camera above the subject, in degrees. -90 to 90.
    """

    time: float
    distance: float
    azimuth: float
    elevation: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        time = self.time

        distance = self.distance

        azimuth = self.azimuth

        elevation = self.elevation

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "time": time,
                "distance": distance,
                "azimuth": azimuth,
                "elevation": elevation,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        time = d.pop("time")

        distance = d.pop("distance")

        azimuth = d.pop("azimuth")

        elevation = d.pop("elevation")

        h3_max_camera_point = cls(
            time=time,
            distance=distance,
            azimuth=azimuth,
            elevation=elevation,
        )

        h3_max_camera_point.additional_properties = d
        return h3_max_camera_point

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
