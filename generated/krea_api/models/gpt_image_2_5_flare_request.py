# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.gpt_image_25_aspect_ratio import GptImage25AspectRatio, check_gpt_image_25_aspect_ratio
from ..models.gpt_image_25_flare_background import GptImage25FlareBackground, check_gpt_image_25_flare_background
from ..models.gpt_image_25_quality import GptImage25Quality, check_gpt_image_25_quality
from ..models.gpt_image_25_resolution import GptImage25Resolution, check_gpt_image_25_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="GptImage25FlareRequest")


@_attrs_define
class GptImage25FlareRequest:
    """A picture from GPT Image 2.5 Flare.

    Attributes:
        prompt (str): What to show, in words. At least 1 character.
        aspect_ratio (GptImage25AspectRatio): Width to height.
        resolution (GptImage25Resolution): How large the picture is.
        quality (GptImage25Quality | Unset): How much effort goes into the picture. Server default: high.
        image_urls (list[str] | Unset): Pictures to edit or to combine. At most 10 items.
        background (GptImage25FlareBackground | Unset): What is behind the subject; auto lets the service choose.
    """

    prompt: str
    aspect_ratio: GptImage25AspectRatio
    resolution: GptImage25Resolution
    quality: GptImage25Quality | Unset = UNSET
    image_urls: list[str] | Unset = UNSET
    background: GptImage25FlareBackground | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        aspect_ratio: str = self.aspect_ratio

        resolution: str = self.resolution

        quality: str | Unset = UNSET
        if not isinstance(self.quality, Unset):
            quality = self.quality

        image_urls: list[str] | Unset = UNSET
        if not isinstance(self.image_urls, Unset):
            image_urls = self.image_urls

        background: str | Unset = UNSET
        if not isinstance(self.background, Unset):
            background = self.background

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "aspect_ratio": aspect_ratio,
                "resolution": resolution,
            }
        )
        if quality is not UNSET:
            field_dict["quality"] = quality
        if image_urls is not UNSET:
            field_dict["image_urls"] = image_urls
        if background is not UNSET:
            field_dict["background"] = background

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        aspect_ratio = check_gpt_image_25_aspect_ratio(d.pop("aspect_ratio"))

        resolution = check_gpt_image_25_resolution(d.pop("resolution"))

        _quality = d.pop("quality", UNSET)
        quality: GptImage25Quality | Unset
        if isinstance(_quality, Unset):
            quality = UNSET
        else:
            quality = check_gpt_image_25_quality(_quality)

        image_urls = cast(list[str], d.pop("image_urls", UNSET))

        _background = d.pop("background", UNSET)
        background: GptImage25FlareBackground | Unset
        if isinstance(_background, Unset):
            background = UNSET
        else:
            background = check_gpt_image_25_flare_background(_background)

        gpt_image_2_5_flare_request = cls(
            prompt=prompt,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
            quality=quality,
            image_urls=image_urls,
            background=background,
        )

        return gpt_image_2_5_flare_request
