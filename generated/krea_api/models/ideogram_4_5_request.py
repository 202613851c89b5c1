# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.ideogram_45_aspect_ratio import Ideogram45AspectRatio, check_ideogram_45_aspect_ratio
from ..models.ideogram_45_quality import Ideogram45Quality, check_ideogram_45_quality
from ..models.ideogram_45_resolution import Ideogram45Resolution, check_ideogram_45_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="Ideogram45Request")


@_attrs_define
class Ideogram45Request:
    """A picture from Ideogram 4.5.

    Attributes:
        prompt (str): What to show, in words. 1 to 10000 characters.
        seed (int | Unset): Where the random numbers start; give one to repeat a picture. 0 to 2147483647.
        quality (Ideogram45Quality | Unset): How much effort goes into the picture. Server default: high.
        preserve_source_size (bool | Unset): Keep the size of the given picture. Server default: false.
        skip_prompt_expansion (bool | Unset): Use the prompt word for word instead of letting the service enrich it.
            Server default: false.
        aspect_ratio (Ideogram45AspectRatio | Unset): Width to height. Server default: 1:1.
        resolution (Ideogram45Resolution | Unset): How large the picture is. Server default: 2K.
        image_urls (list[str] | Unset): Pictures to edit or to combine. At most 5 items.
    """

    prompt: str
    seed: int | Unset = UNSET
    quality: Ideogram45Quality | Unset = UNSET
    preserve_source_size: bool | Unset = UNSET
    skip_prompt_expansion: bool | Unset = UNSET
    aspect_ratio: Ideogram45AspectRatio | Unset = UNSET
    resolution: Ideogram45Resolution | Unset = UNSET
    image_urls: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        seed = self.seed

        quality: str | Unset = UNSET
        if not isinstance(self.quality, Unset):
            quality = self.quality

        preserve_source_size = self.preserve_source_size

        skip_prompt_expansion = self.skip_prompt_expansion

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        image_urls: list[str] | Unset = UNSET
        if not isinstance(self.image_urls, Unset):
            image_urls = self.image_urls

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed
        if quality is not UNSET:
            field_dict["quality"] = quality
        if preserve_source_size is not UNSET:
            field_dict["preserve_source_size"] = preserve_source_size
        if skip_prompt_expansion is not UNSET:
            field_dict["skip_prompt_expansion"] = skip_prompt_expansion
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if image_urls is not UNSET:
            field_dict["image_urls"] = image_urls

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        seed = d.pop("seed", UNSET)

        _quality = d.pop("quality", UNSET)
        quality: Ideogram45Quality | Unset
        if isinstance(_quality, Unset):
            quality = UNSET
        else:
            quality = check_ideogram_45_quality(_quality)

        preserve_source_size = d.pop("preserve_source_size", UNSET)

        skip_prompt_expansion = d.pop("skip_prompt_expansion", UNSET)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Ideogram45AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_ideogram_45_aspect_ratio(_aspect_ratio)

        _resolution = d.pop("resolution", UNSET)
        resolution: Ideogram45Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_ideogram_45_resolution(_resolution)

        image_urls = cast(list[str], d.pop("image_urls", UNSET))

        ideogram_4_5_request = cls(
            prompt=prompt,
            seed=seed,
            quality=quality,
            preserve_source_size=preserve_source_size,
            skip_prompt_expansion=skip_prompt_expansion,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
            image_urls=image_urls,
        )

        return ideogram_4_5_request
