# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_image import StyleImage


T = TypeVar("T", bound="Flux1KontextDevRequest")


@_attrs_define
class Flux1KontextDevRequest:
    """A picture from FLUX.1 Kontext Dev.

    Attributes:
        prompt (str): What to change or to show, in words. At least 1 character.
        seed (float | Unset): Where the random numbers start; give one to repeat a picture.
        steps (int | Unset): How many sampling steps; more take longer. 1 to 100. Server default: 28.
        width (float | Unset): Width in pixels. 512 to 8192. Server default: 1024.
        height (float | Unset): Height in pixels. 512 to 8192. Server default: 1024.
        image_url (None | str | Unset): The picture to change. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        guidance_scale (float | Unset): How closely the picture follows the prompt. 0 to 24. Server default: 3.
        style_images (list[StyleImage] | Unset): A picture to take the look from. At most 1 item.
        strength (float | Unset): Strength setting for the picture in image_url. 0 to 1. Server default: 1.
    """

    prompt: str
    seed: float | Unset = UNSET
    steps: int | Unset = UNSET
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    image_url: None | str | Unset = UNSET
    guidance_scale: float | Unset = UNSET
    style_images: list[StyleImage] | Unset = UNSET
    strength: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        seed = self.seed

        steps = self.steps

        width = self.width

        height = self.height

        image_url: None | str | Unset
        if isinstance(self.image_url, Unset):
            image_url = UNSET
        else:
            image_url = self.image_url

        guidance_scale = self.guidance_scale

        style_images: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.style_images, Unset):
            style_images = []
            for style_images_item_data in self.style_images:
                style_images_item = style_images_item_data.to_dict()
                style_images.append(style_images_item)

        strength = self.strength

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed
        if steps is not UNSET:
            field_dict["steps"] = steps
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height
        if image_url is not UNSET:
            field_dict["image_url"] = image_url
        if guidance_scale is not UNSET:
            field_dict["guidance_scale"] = guidance_scale
        if style_images is not UNSET:
            field_dict["style_images"] = style_images
        if strength is not UNSET:
            field_dict["strength"] = strength

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_image import StyleImage

        d = dict(src_dict)
        prompt = d.pop("prompt")

        seed = d.pop("seed", UNSET)

        steps = d.pop("steps", UNSET)

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        def _parse_image_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        image_url = _parse_image_url(d.pop("image_url", UNSET))

        guidance_scale = d.pop("guidance_scale", UNSET)

        _style_images = d.pop("style_images", UNSET)
        style_images: list[StyleImage] | Unset = UNSET
        if _style_images is not UNSET:
            style_images = []
            for style_images_item_data in _style_images:
                style_images_item = StyleImage.from_dict(style_images_item_data)

                style_images.append(style_images_item)

        strength = d.pop("strength", UNSET)

        flux_1_kontext_dev_request = cls(
            prompt=prompt,
            seed=seed,
            steps=steps,
            width=width,
            height=height,
            image_url=image_url,
            guidance_scale=guidance_scale,
            style_images=style_images,
            strength=strength,
        )

        return flux_1_kontext_dev_request
