# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.veo_3_aspect_ratio import Veo3AspectRatio, check_veo_3_aspect_ratio
from ..models.veo_3_duration import Veo3Duration, check_veo_3_duration
from ..models.veo_3_resolution import Veo3Resolution, check_veo_3_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="Veo3Request")


@_attrs_define
class Veo3Request:
    """A video from Veo 3.

    Attributes:
        prompt (str): What to show, in words.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (Veo3AspectRatio | Unset): Width to height. Server default: 16:9.
        duration (Veo3Duration | Unset): Length of the video in seconds. Server default: 8.
        generate_audio (bool | Unset): Give the video sound. Server default: false.
        resolution (Veo3Resolution | Unset): How large the frames are. Server default: 720p.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: Veo3AspectRatio | Unset = UNSET
    duration: Veo3Duration | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    resolution: Veo3Resolution | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image: None | str | Unset
        if isinstance(self.start_image, Unset):
            start_image = UNSET
        else:
            start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration: int | Unset = UNSET
        if not isinstance(self.duration, Unset):
            duration = self.duration

        generate_audio = self.generate_audio

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if start_image is not UNSET:
            field_dict["start_image"] = start_image
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if duration is not UNSET:
            field_dict["duration"] = duration
        if generate_audio is not UNSET:
            field_dict["generate_audio"] = generate_audio
        if resolution is not UNSET:
            field_dict["resolution"] = resolution

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

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Veo3AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_veo_3_aspect_ratio(_aspect_ratio)

        _duration = d.pop("duration", UNSET)
        duration: Veo3Duration | Unset
        if isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_veo_3_duration(_duration)

        generate_audio = d.pop("generate_audio", UNSET)

        _resolution = d.pop("resolution", UNSET)
        resolution: Veo3Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_veo_3_resolution(_resolution)

        veo_3_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            duration=duration,
            generate_audio=generate_audio,
            resolution=resolution,
        )

        return veo_3_request
