# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.ideogram_45_quality import Ideogram45Quality, check_ideogram_45_quality
from ..types import UNSET, Unset

T = TypeVar("T", bound="Ideogram45PreciseRequest")


@_attrs_define
class Ideogram45PreciseRequest:
    """A picture from Ideogram 4.5 Precise.

    Attributes:
        prompt (str): What to change, in words. 1 to 10000 characters.
        image_url (str): The picture to change. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        seed (int | Unset): Where the random numbers start; give one to repeat a picture. 0 to 2147483647.
        quality (Ideogram45Quality | Unset): How much effort goes into the picture. Server default: high.
        mask_url (str | Unset): A picture that marks the part to change. At most 1024 characters. A public https URL,
            the URL of an uploaded asset, or a data: URI.
        reference_images (list[str] | Unset): Further pictures to refer to. At most 4 items. Server default: [].
    """

    prompt: str
    image_url: str
    seed: int | Unset = UNSET
    quality: Ideogram45Quality | Unset = UNSET
    mask_url: str | Unset = UNSET
    reference_images: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        image_url = self.image_url

        seed = self.seed

        quality: str | Unset = UNSET
        if not isinstance(self.quality, Unset):
            quality = self.quality

        mask_url = self.mask_url

        reference_images: list[str] | Unset = UNSET
        if not isinstance(self.reference_images, Unset):
            reference_images = self.reference_images

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "image_url": image_url,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed
        if quality is not UNSET:
            field_dict["quality"] = quality
        if mask_url is not UNSET:
            field_dict["mask_url"] = mask_url
        if reference_images is not UNSET:
            field_dict["reference_images"] = reference_images

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        image_url = d.pop("image_url")

        seed = d.pop("seed", UNSET)

        _quality = d.pop("quality", UNSET)
        quality: Ideogram45Quality | Unset
        if isinstance(_quality, Unset):
            quality = UNSET
        else:
            quality = check_ideogram_45_quality(_quality)

        mask_url = d.pop("mask_url", UNSET)

        reference_images = cast(list[str], d.pop("reference_images", UNSET))

        ideogram_4_5_precise_request = cls(
            prompt=prompt,
            image_url=image_url,
            seed=seed,
            quality=quality,
            mask_url=mask_url,
            reference_images=reference_images,
        )

        return ideogram_4_5_precise_request
