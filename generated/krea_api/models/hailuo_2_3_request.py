# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.hailuo_23_duration import Hailuo23Duration, check_hailuo_23_duration
from ..models.hailuo_23_resolution import Hailuo23Resolution, check_hailuo_23_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="Hailuo23Request")


@_attrs_define
class Hailuo23Request:
    """A video from Hailuo 2.3.

    Source: https://docs.krea.ai/api-reference/video/hailuo-23

        Attributes:
            prompt (str): What to show, in words.
            start_image (str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the URL of an
                uploaded asset, or a data: URI.
            expand_prompt (bool | Unset): Let the service enrich the prompt. Server default: true.
            end_image (str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of an
                uploaded asset, or a data: URI.
            resolution (Hailuo23Resolution | Unset): How large the frames are. Server default: 768p.
            duration (Hailuo23Duration | Unset): Length of the video in seconds. Server default: 6.
    """

    prompt: str
    start_image: str | Unset = UNSET
    expand_prompt: bool | Unset = UNSET
    end_image: str | Unset = UNSET
    resolution: Hailuo23Resolution | Unset = UNSET
    duration: Hailuo23Duration | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        expand_prompt = self.expand_prompt

        end_image = self.end_image

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        duration: int | Unset = UNSET
        if not isinstance(self.duration, Unset):
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
        resolution: Hailuo23Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_hailuo_23_resolution(_resolution)

        _duration = d.pop("duration", UNSET)
        duration: Hailuo23Duration | Unset
        if isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_hailuo_23_duration(_duration)

        hailuo_2_3_request = cls(
            prompt=prompt,
            start_image=start_image,
            expand_prompt=expand_prompt,
            end_image=end_image,
            resolution=resolution,
            duration=duration,
        )

        return hailuo_2_3_request
