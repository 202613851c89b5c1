# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.hailuo_02_resolution import Hailuo02Resolution, check_hailuo_02_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="Hailuo02Request")


@_attrs_define
class Hailuo02Request:
    """A video from Hailuo 02.

    Source: https://docs.krea.ai/api-reference/video/hailuo-02

        Attributes:
            prompt (str): What to show, in words.
            start_image (str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the URL of an
                uploaded asset, or a data: URI.
            expand_prompt (bool | Unset): Let the service enrich the prompt. Server default: true.
            end_image (str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of an
                uploaded asset, or a data: URI.
            resolution (Hailuo02Resolution | Unset): How large the frames are. Server default: 768p.
            duration (float | Unset): Length of the video in seconds. 6 to 10. Server default: 6.
    """

    prompt: str
    start_image: str | Unset = UNSET
    expand_prompt: bool | Unset = UNSET
    end_image: str | Unset = UNSET
    resolution: Hailuo02Resolution | Unset = UNSET
    duration: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        expand_prompt = self.expand_prompt

        end_image = self.end_image

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        duration = self.duration

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if start_image is not UNSET:
            field_dict["start_image"] = start_image
        if expand_prompt is not UNSET:
            field_dict["expand_prompt"] = expand_prompt
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if duration is not UNSET:
            field_dict["duration"] = duration

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_image = d.pop("start_image", UNSET)

        expand_prompt = d.pop("expand_prompt", UNSET)

        end_image = d.pop("end_image", UNSET)

        _resolution = d.pop("resolution", UNSET)
        resolution: Hailuo02Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_hailuo_02_resolution(_resolution)

        duration = d.pop("duration", UNSET)

        hailuo_02_request = cls(
            prompt=prompt,
            start_image=start_image,
            expand_prompt=expand_prompt,
            end_image=end_image,
            resolution=resolution,
            duration=duration,
        )

        return hailuo_02_request
