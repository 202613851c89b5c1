# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.wan_30_aspect_ratio import Wan30AspectRatio, check_wan_30_aspect_ratio
from ..models.wan_30_resolution import Wan30Resolution, check_wan_30_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="Wan30Request")


@_attrs_define
class Wan30Request:
    """A video from Wan 3.0.

    Attributes:
        prompt (str): What to show, in words. 1 to 5000 characters.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (Wan30AspectRatio | Unset): Width to height. Server default: adaptive.
        resolution (Wan30Resolution | Unset): How large the frames are. Server default: 720p.
        duration (int | Unset): Length of the video in seconds. 2 to 30. Server default: 5.
        seed (int | Unset): Where the random numbers start; give one to repeat a video. 0 to 2147483647.
        generate_audio (bool | Unset): Give the video sound. Server default: true.
        enable_prompt_expansion (bool | Unset): Let the service enrich the prompt. Server default: true.
        end_image (None | str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        reference_images (list[str] | Unset): Pictures to refer to. At most 10 items.
        reference_videos (list[str] | Unset): Videos to refer to. At most 5 items.
        reference_audios (list[str] | Unset): Sound files to refer to. At most 5 items.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: Wan30AspectRatio | Unset = UNSET
    resolution: Wan30Resolution | Unset = UNSET
    duration: int | Unset = UNSET
    seed: int | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    enable_prompt_expansion: bool | Unset = UNSET
    end_image: None | str | Unset = UNSET
    reference_images: list[str] | Unset = UNSET
    reference_videos: list[str] | Unset = UNSET
    reference_audios: list[str] | Unset = UNSET

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

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        duration = self.duration

        seed = self.seed

        generate_audio = self.generate_audio

        enable_prompt_expansion = self.enable_prompt_expansion

        end_image: None | str | Unset
        if isinstance(self.end_image, Unset):
            end_image = UNSET
        else:
            end_image = self.end_image

        reference_images: list[str] | Unset = UNSET
        if not isinstance(self.reference_images, Unset):
            reference_images = self.reference_images

        reference_videos: list[str] | Unset = UNSET
        if not isinstance(self.reference_videos, Unset):
            reference_videos = self.reference_videos

        reference_audios: list[str] | Unset = UNSET
        if not isinstance(self.reference_audios, Unset):
            reference_audios = self.reference_audios

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
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if duration is not UNSET:
            field_dict["duration"] = duration
        if seed is not UNSET:
            field_dict["seed"] = seed
        if generate_audio is not UNSET:
            field_dict["generate_audio"] = generate_audio
        if enable_prompt_expansion is not UNSET:
            field_dict["enable_prompt_expansion"] = enable_prompt_expansion
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if reference_images is not UNSET:
            field_dict["reference_images"] = reference_images
        if reference_videos is not UNSET:
            field_dict["reference_videos"] = reference_videos
        if reference_audios is not UNSET:
            field_dict["reference_audios"] = reference_audios

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
        aspect_ratio: Wan30AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_wan_30_aspect_ratio(_aspect_ratio)

        _resolution = d.pop("resolution", UNSET)
        resolution: Wan30Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_wan_30_resolution(_resolution)

        duration = d.pop("duration", UNSET)

        seed = d.pop("seed", UNSET)

        generate_audio = d.pop("generate_audio", UNSET)

        enable_prompt_expansion = d.pop("enable_prompt_expansion", UNSET)

        def _parse_end_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        end_image = _parse_end_image(d.pop("end_image", UNSET))

        reference_images = cast(list[str], d.pop("reference_images", UNSET))

        reference_videos = cast(list[str], d.pop("reference_videos", UNSET))

        reference_audios = cast(list[str], d.pop("reference_audios", UNSET))

        wan_3_0_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
            duration=duration,
            seed=seed,
            generate_audio=generate_audio,
            enable_prompt_expansion=enable_prompt_expansion,
            end_image=end_image,
            reference_images=reference_images,
            reference_videos=reference_videos,
            reference_audios=reference_audios,
        )

        return wan_3_0_request
