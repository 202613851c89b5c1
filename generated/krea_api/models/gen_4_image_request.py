# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.gen_4_image_reference import Gen4ImageReference


T = TypeVar("T", bound="Gen4ImageRequest")


@_attrs_define
class Gen4ImageRequest:
    """A picture from Runway Gen-4 Image.

    Source: https://docs.krea.ai/api-reference/image/runway-gen-4

        Attributes:
            prompt (str): What to show, in words. 1 to 1000 characters.
            reference_images (list[Gen4ImageReference]): The pictures that the new one builds on. 1 to 3 items.
            width (float | Unset): Width in pixels. 512 to 8192. Server default: 1024.
            height (float | Unset): Height in pixels. 512 to 8192. Server default: 1024.
            seed (float | Unset): Where the random numbers start; give one to repeat a picture.
    """

    prompt: str
    reference_images: list[Gen4ImageReference]
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    seed: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        reference_images = []
        for reference_images_item_data in self.reference_images:
            reference_images_item = reference_images_item_data.to_dict()
            reference_images.append(reference_images_item)

        width = self.width

        height = self.height

        seed = self.seed

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "reference_images": reference_images,
            }
        )
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height
        if seed is not UNSET:
            field_dict["seed"] = seed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.gen_4_image_reference import Gen4ImageReference

        d = dict(src_dict)
        prompt = d.pop("prompt")

        reference_images = []
        _reference_images = d.pop("reference_images")
        for reference_images_item_data in _reference_images:
            reference_images_item = Gen4ImageReference.from_dict(reference_images_item_data)

            reference_images.append(reference_images_item)

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        seed = d.pop("seed", UNSET)

        gen_4_image_request = cls(
            prompt=prompt,
            reference_images=reference_images,
            width=width,
            height=height,
            seed=seed,
        )

        return gen_4_image_request
