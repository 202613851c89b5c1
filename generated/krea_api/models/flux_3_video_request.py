# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.flux_3_video_aspect_ratio import Flux3VideoAspectRatio, check_flux_3_video_aspect_ratio
from ..models.flux_3_video_resolution import Flux3VideoResolution, check_flux_3_video_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="Flux3VideoRequest")


@_attrs_define
class Flux3VideoRequest:
    """A video from Flux 3 Video.

    Attributes:
        prompt (str): What to show, in words. At most 5000 characters.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        start_video (None | str | Unset): A video to start from. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        end_image (None | str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        duration (int | Unset): Length of the video in seconds. 5 to 20. Server default: 5.
        resolution (Flux3VideoResolution | Unset): How large the frames are. Server default: 720p.
        aspect_ratio (Flux3VideoAspectRatio | Unset): Width to height. Server default: 16:9.
        generate_audio (bool | Unset): Give the video sound. Server default: true.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    start_video: None | str | Unset = UNSET
    end_image: None | str | Unset = UNSET
    duration: int | Unset = UNSET
    resolution: Flux3VideoResolution | Unset = UNSET
    aspect_ratio: Flux3VideoAspectRatio | Unset = UNSET
    generate_audio: bool | Unset = UNSET

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

        end_image: None | str | Unset
        if isinstance(self.end_image, Unset):
            end_image = UNSET
        else:
            end_image = self.end_image

        duration = self.duration

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        generate_audio = self.generate_audio

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
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if duration is not UNSET:
            field_dict["duration"] = duration
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if generate_audio is not UNSET:
            field_dict["generate_audio"] = generate_audio

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

        def _parse_end_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        end_image = _parse_end_image(d.pop("end_image", UNSET))

        duration = d.pop("duration", UNSET)

        _resolution = d.pop("resolution", UNSET)
        resolution: Flux3VideoResolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_flux_3_video_resolution(_resolution)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Flux3VideoAspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_flux_3_video_aspect_ratio(_aspect_ratio)

        generate_audio = d.pop("generate_audio", UNSET)

        flux_3_video_request = cls(
            prompt=prompt,
            start_image=start_image,
            start_video=start_video,
            end_image=end_image,
            duration=duration,
            resolution=resolution,
            aspect_ratio=aspect_ratio,
            generate_audio=generate_audio,
        )

        return flux_3_video_request
