# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="BytedanceSeedvr2Request")


@_attrs_define
class BytedanceSeedvr2Request:
    """A video enhanced by SeedVR 2.

    Attributes:
        video_url (str): The video to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        target_width (float | Unset): Width of the result in pixels. 1 to 3840.
        target_height (float | Unset): Height of the result in pixels. 1 to 3840.
        noise_scale (float | Unset): Scale of the noise that the model works with. 0 to 1. Server default: 0.1.
    """

    video_url: str
    target_width: float | Unset = UNSET
    target_height: float | Unset = UNSET
    noise_scale: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        video_url = self.video_url

        target_width = self.target_width

        target_height = self.target_height

        noise_scale = self.noise_scale

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "video_url": video_url,
            }
        )
        if target_width is not UNSET:
            field_dict["target_width"] = target_width
        if target_height is not UNSET:
            field_dict["target_height"] = target_height
        if noise_scale is not UNSET:
            field_dict["noise_scale"] = noise_scale

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        video_url = d.pop("video_url")

        target_width = d.pop("target_width", UNSET)

        target_height = d.pop("target_height", UNSET)

        noise_scale = d.pop("noise_scale", UNSET)

        bytedance_seedvr_2_request = cls(
            video_url=video_url,
            target_width=target_width,
            target_height=target_height,
            noise_scale=noise_scale,
        )

        return bytedance_seedvr_2_request
