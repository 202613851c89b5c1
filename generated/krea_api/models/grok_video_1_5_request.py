# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.grok_video_15_aspect_ratio import GrokVideo15AspectRatio, check_grok_video_15_aspect_ratio
from ..models.grok_video_15_resolution import GrokVideo15Resolution, check_grok_video_15_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="GrokVideo15Request")


@_attrs_define
class GrokVideo15Request:
    """A video from Grok Imagine 1.5.

    Attributes:
        prompt (str): What to show, in words. At most 4096 characters.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        start_video (None | str | Unset): A video to start from. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        duration (float | Unset): Length of the video in seconds. 1 to 15. Server default: 6.
        resolution (GrokVideo15Resolution | Unset): How large the frames are. Server default: 720p.
        aspect_ratio (GrokVideo15AspectRatio | Unset): Width to height. Server default: 16:9.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    start_video: None | str | Unset = UNSET
    duration: float | Unset = UNSET
    resolution: GrokVideo15Resolution | Unset = UNSET
    aspect_ratio: GrokVideo15AspectRatio | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image: None | str | Unset
        if isinstance(self.start_image, Unset):
            start_image = UNSET
        else:
            start_image = self.start_image

        start_video: None | str | Unset
        if isinstance(self.start_video, Unset):
            start_video = UNSET
        else:
            start_video = self.start_video

        duration = self.duration

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if start_image is not UNSET:
            field_dict["start_image"] = start_image
        if start_video is not UNSET:
            field_dict["start_video"] = start_video
        if duration is not UNSET:
            field_dict["duration"] = duration
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        def _parse_start_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        start_image = _parse_start_image(d.pop("start_image", UNSET))

        def _parse_start_video(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        start_video = _parse_start_video(d.pop("start_video", UNSET))

        duration = d.pop("duration", UNSET)

        _resolution = d.pop("resolution", UNSET)
        resolution: GrokVideo15Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_grok_video_15_resolution(_resolution)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: GrokVideo15AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_grok_video_15_aspect_ratio(_aspect_ratio)

        grok_video_1_5_request = cls(
            prompt=prompt,
            start_image=start_image,
            start_video=start_video,
            duration=duration,
            resolution=resolution,
            aspect_ratio=aspect_ratio,
        )

        return grok_video_1_5_request
