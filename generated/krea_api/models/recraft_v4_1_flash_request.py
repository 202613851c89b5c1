# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.recraft_v41_flash_aspect_ratio import RecraftV41FlashAspectRatio, check_recraft_v41_flash_aspect_ratio
from ..models.recraft_v41_flash_resolution import RecraftV41FlashResolution, check_recraft_v41_flash_resolution

T = TypeVar("T", bound="RecraftV41FlashRequest")


@_attrs_define
class RecraftV41FlashRequest:
    """A picture from Recraft V4.1 Flash.

    Attributes:
        prompt (str): What to show, in words. At least 1 character.
        aspect_ratio (RecraftV41FlashAspectRatio): Width to height.
        resolution (RecraftV41FlashResolution): How large the picture is.
    """

    prompt: str
    aspect_ratio: RecraftV41FlashAspectRatio
    resolution: RecraftV41FlashResolution

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        aspect_ratio: str = self.aspect_ratio

        resolution: str = self.resolution

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "aspect_ratio": aspect_ratio,
                "resolution": resolution,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        aspect_ratio = check_recraft_v41_flash_aspect_ratio(d.pop("aspect_ratio"))

        resolution = check_recraft_v41_flash_resolution(d.pop("resolution"))

        recraft_v4_1_flash_request = cls(
            prompt=prompt,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
        )

        return recraft_v4_1_flash_request
