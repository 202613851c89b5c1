# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.nano_banana_2_aspect_ratio import NanoBanana2AspectRatio, check_nano_banana_2_aspect_ratio
from ..models.nano_banana_resolution import NanoBananaResolution, check_nano_banana_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="NanoBanana2Request")


@_attrs_define
class NanoBanana2Request:
    """A picture from Nano Banana 2.

    Attributes:
        prompt (str): What to show, in words. At least 3 characters.
        width (float | Unset): Width in pixels.
        height (float | Unset): Height in pixels.
        image_urls (list[str] | Unset): Pictures to edit or to combine.
        aspect_ratio (NanoBanana2AspectRatio | Unset): Width to height.
        resolution (NanoBananaResolution | Unset): How large the picture is. Server default: 1K.
    """

    prompt: str
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    image_urls: list[str] | Unset = UNSET
    aspect_ratio: NanoBanana2AspectRatio | Unset = UNSET
    resolution: NanoBananaResolution | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        width = self.width

        height = self.height

        image_urls: list[str] | Unset = UNSET
        if not isinstance(self.image_urls, Unset):
            image_urls = self.image_urls

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height
        if image_urls is not UNSET:
            field_dict["image_urls"] = image_urls
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if resolution is not UNSET:
            field_dict["resolution"] = resolution

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        image_urls = cast(list[str], d.pop("image_urls", UNSET))

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: NanoBanana2AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_nano_banana_2_aspect_ratio(_aspect_ratio)

        _resolution = d.pop("resolution", UNSET)
        resolution: NanoBananaResolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_nano_banana_resolution(_resolution)

        nano_banana_2_request = cls(
            prompt=prompt,
            width=width,
            height=height,
            image_urls=image_urls,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
        )

        return nano_banana_2_request
