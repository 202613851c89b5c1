# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.h3_max_aspect_ratio import H3MaxAspectRatio, check_h3_max_aspect_ratio
from ..models.h3_max_resolution import H3MaxResolution, check_h3_max_resolution
from ..models.h3_max_turbo_prompt_expansion_mode import (
    H3MaxTurboPromptExpansionMode,
    check_h3_max_turbo_prompt_expansion_mode,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="H3MaxTurboRequest")


@_attrs_define
class H3MaxTurboRequest:
    """A video from MiniMax H3 Max Turbo.

    Attributes:
        prompt (str): What to show, in words. 1 to 50000 characters.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (H3MaxAspectRatio | Unset): Width to height. Server default: 16:9.
        end_image (None | str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        resolution (H3MaxResolution | Unset): How large the frames are. Server default: 768p.
        duration (int | Unset): Length of the video in seconds. 5 to 15. Server default: 5.
        seed (int | Unset): Where the random numbers start; give one to repeat a video. 0 to 2147483647.
        prompt_expansion_mode (H3MaxTurboPromptExpansionMode | Unset): How much effort the service puts into enriching
            the prompt. Server default: balanced.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: H3MaxAspectRatio | Unset = UNSET
    end_image: None | str | Unset = UNSET
    resolution: H3MaxResolution | Unset = UNSET
    duration: int | Unset = UNSET
    seed: int | Unset = UNSET
    prompt_expansion_mode: H3MaxTurboPromptExpansionMode | Unset = UNSET

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

        end_image: None | str | Unset
        if isinstance(self.end_image, Unset):
            end_image = UNSET
        else:
            end_image = self.end_image

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        duration = self.duration

        seed = self.seed

        prompt_expansion_mode: str | Unset = UNSET
        if not isinstance(self.prompt_expansion_mode, Unset):
            prompt_expansion_mode = self.prompt_expansion_mode

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
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if duration is not UNSET:
            field_dict["duration"] = duration
        if seed is not UNSET:
            field_dict["seed"] = seed
        if prompt_expansion_mode is not UNSET:
            field_dict["prompt_expansion_mode"] = prompt_expansion_mode

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
        aspect_ratio: H3MaxAspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_h3_max_aspect_ratio(_aspect_ratio)

        def _parse_end_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        end_image = _parse_end_image(d.pop("end_image", UNSET))

        _resolution = d.pop("resolution", UNSET)
        resolution: H3MaxResolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_h3_max_resolution(_resolution)

        duration = d.pop("duration", UNSET)

        seed = d.pop("seed", UNSET)

        _prompt_expansion_mode = d.pop("prompt_expansion_mode", UNSET)
        prompt_expansion_mode: H3MaxTurboPromptExpansionMode | Unset
        if isinstance(_prompt_expansion_mode, Unset):
            prompt_expansion_mode = UNSET
        else:
            prompt_expansion_mode = check_h3_max_turbo_prompt_expansion_mode(_prompt_expansion_mode)

        h3_max_turbo_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            end_image=end_image,
            resolution=resolution,
            duration=duration,
            seed=seed,
            prompt_expansion_mode=prompt_expansion_mode,
        )

        return h3_max_turbo_request
