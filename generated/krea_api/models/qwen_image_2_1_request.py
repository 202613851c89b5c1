# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.qwen_image_21_background import QwenImage21Background, check_qwen_image_21_background
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_image import StyleImage


T = TypeVar("T", bound="QwenImage21Request")


@_attrs_define
class QwenImage21Request:
    """A picture from Qwen Image 2.1.

    Attributes:
        prompt (str): What to show, in words. At least 1 character.
        width (int | Unset): Width in pixels. 512 to 2048. Server default: 1024.
        height (int | Unset): Height in pixels. 512 to 2048. Server default: 1024.
        seed (float | Unset): Where the random numbers start; give one to repeat a picture.
        style_images (list[StyleImage] | Unset): Pictures to take the look from. At most 3 items.
        background (QwenImage21Background | Unset): What is behind the subject; auto lets the service choose.
    """

    prompt: str
    width: int | Unset = UNSET
    height: int | Unset = UNSET
    seed: float | Unset = UNSET
    style_images: list[StyleImage] | Unset = UNSET
    background: QwenImage21Background | Unset = UNSET

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

        background: str | Unset = UNSET
        if not isinstance(self.background, Unset):
            background = self.background

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
        if seed is not UNSET:
            field_dict["seed"] = seed
        if style_images is not UNSET:
            field_dict["style_images"] = style_images
        if background is not UNSET:
            field_dict["background"] = background

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_image import StyleImage

        d = dict(src_dict)
        prompt = d.pop("prompt")

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        seed = d.pop("seed", UNSET)

        _style_images = d.pop("style_images", UNSET)
        style_images: list[StyleImage] | Unset = UNSET
        if _style_images is not UNSET:
            style_images = []
            for style_images_item_data in _style_images:
                style_images_item = StyleImage.from_dict(style_images_item_data)

                style_images.append(style_images_item)

        _background = d.pop("background", UNSET)
        background: QwenImage21Background | Unset
        if isinstance(_background, Unset):
            background = UNSET
        else:
            background = check_qwen_image_21_background(_background)

        qwen_image_2_1_request = cls(
            prompt=prompt,
            width=width,
            height=height,
            seed=seed,
            style_images=style_images,
            background=background,
        )

        return qwen_image_2_1_request
