# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.wan_25_aspect_ratio import Wan25AspectRatio, check_wan_25_aspect_ratio
from ..models.wan_25_resolution import Wan25Resolution, check_wan_25_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="Wan25Request")


@_attrs_define
class Wan25Request:
    """A video from Wan 2.5.

    Attributes:
        prompt (str): What to show, in words. At least 1 character.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (Wan25AspectRatio | Unset): Width to height. Server default: 16:9.
        resolution (Wan25Resolution | Unset): How large the frames are. Server default: 1080p.
        enable_prompt_expansion (bool | Unset): Let the service enrich the prompt. Server default: true.
        duration (float | Unset): Length of the video in seconds. 5 to 10. Server default: 5.
        seed (float | Unset): Where the random numbers start; give one to repeat a video.
        audio_url (str | Unset): A sound file to use. At most 1024 characters. A public https URL, the URL of an
            uploaded asset, or a data: URI.
        generate_audio (bool | Unset): Give the video sound. Server default: false.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: Wan25AspectRatio | Unset = UNSET
    resolution: Wan25Resolution | Unset = UNSET
    enable_prompt_expansion: bool | Unset = UNSET
    duration: float | Unset = UNSET
    seed: float | Unset = UNSET
    audio_url: str | Unset = UNSET
    generate_audio: bool | Unset = UNSET

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

        enable_prompt_expansion = self.enable_prompt_expansion

        duration = self.duration

        seed = self.seed

        audio_url = self.audio_url

        generate_audio = self.generate_audio

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
        if enable_prompt_expansion is not UNSET:
            field_dict["enable_prompt_expansion"] = enable_prompt_expansion
        if duration is not UNSET:
            field_dict["duration"] = duration
        if seed is not UNSET:
            field_dict["seed"] = seed
        if audio_url is not UNSET:
            field_dict["audio_url"] = audio_url
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

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Wan25AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_wan_25_aspect_ratio(_aspect_ratio)

        _resolution = d.pop("resolution", UNSET)
        resolution: Wan25Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_wan_25_resolution(_resolution)

        enable_prompt_expansion = d.pop("enable_prompt_expansion", UNSET)

        duration = d.pop("duration", UNSET)

        seed = d.pop("seed", UNSET)

        audio_url = d.pop("audio_url", UNSET)

        generate_audio = d.pop("generate_audio", UNSET)

        wan_2_5_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
            enable_prompt_expansion=enable_prompt_expansion,
            duration=duration,
            seed=seed,
            audio_url=audio_url,
            generate_audio=generate_audio,
        )

        return wan_2_5_request
