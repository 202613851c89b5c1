# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_image import StyleImage


T = TypeVar("T", bound="Seedream5LiteRequest")


@_attrs_define
class Seedream5LiteRequest:
    """A picture from Seedream 5 Lite.

    Attributes:
        prompt (str): What to show, in words. At least 1 character.
        width (float): Width in pixels. At most 4096.
        height (float): Height in pixels. At most 4096.
        seed (float | Unset): Where the random numbers start; give one to repeat a picture.
        style_images (list[StyleImage] | Unset): Pictures to take the look from. At most 14 items.
    """

    prompt: str
    width: float
    height: float
    seed: float | Unset = UNSET
    style_images: list[StyleImage] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        width = self.width

        height = self.height

        seed = self.seed

        style_images: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.style_images, Unset):
            style_images = []
            for style_images_item_data in self.style_images:
                style_images_item = style_images_item_data.to_dict()
                style_images.append(style_images_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "width": width,
                "height": height,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed
        if style_images is not UNSET:
            field_dict["style_images"] = style_images

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_image import StyleImage

        d = dict(src_dict)
        prompt = d.pop("prompt")

        width = d.pop("width")

        height = d.pop("height")

        seed = d.pop("seed", UNSET)

        _style_images = d.pop("style_images", UNSET)
        style_images: list[StyleImage] | Unset = UNSET
        if _style_images is not UNSET:
            style_images = []
            for style_images_item_data in _style_images:
                style_images_item = StyleImage.from_dict(style_images_item_data)

                style_images.append(style_images_item)

        seedream_5_lite_request = cls(
            prompt=prompt,
            width=width,
            height=height,
            seed=seed,
            style_images=style_images,
        )

        return seedream_5_lite_request
