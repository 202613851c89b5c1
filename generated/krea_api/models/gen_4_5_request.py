# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.gen_45_aspect_ratio import Gen45AspectRatio, check_gen_45_aspect_ratio
from ..types import UNSET, Unset

T = TypeVar("T", bound="Gen45Request")


@_attrs_define
class Gen45Request:
    """A video from Runway Gen-4.5.

    Attributes:
        prompt (str): What to show, in words.
        start_image (str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the URL of an
            uploaded asset, or a data: URI.
        aspect_ratio (Gen45AspectRatio | Unset): Width to height, in pixels. Server default: 1280:720.
        duration (float | Unset): Length of the video in seconds. 2 to 10. Server default: 5.
        seed (float | Unset): Where the random numbers start; give one to repeat a video.
    """

    prompt: str
    start_image: str | Unset = UNSET
    aspect_ratio: Gen45AspectRatio | Unset = UNSET
    duration: float | Unset = UNSET
    seed: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration = self.duration

        seed = self.seed

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
        if seed is not UNSET:
            field_dict["seed"] = seed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_image = d.pop("start_image", UNSET)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Gen45AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_gen_45_aspect_ratio(_aspect_ratio)

        duration = d.pop("duration", UNSET)

        seed = d.pop("seed", UNSET)

        gen_4_5_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            duration=duration,
            seed=seed,
        )

        return gen_4_5_request
