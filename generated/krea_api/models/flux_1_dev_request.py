# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_image import StyleImage
    from ..models.style_reference import StyleReference


T = TypeVar("T", bound="Flux1DevRequest")


@_attrs_define
class Flux1DevRequest:
    """A picture from FLUX.1 Dev.

    Source: https://docs.krea.ai/api-reference/image/flux

        Attributes:
            prompt (str): What to show, in words. At most 1800 characters.
            seed (float | Unset): Where the random numbers start; give one to repeat a picture.
            steps (int | Unset): How many sampling steps; more take longer. 1 to 100. Server default: 25.
            width (float | Unset): Width in pixels. 512 to 2368. Server default: 1024.
            height (float | Unset): Height in pixels. 512 to 2368. Server default: 1024.
            image_url (None | str | Unset): A picture to start from. At most 1024 characters. A public https URL, the URL of
                an uploaded asset, or a data: URI.
            styles (list[StyleReference] | Unset): Trained styles to apply.
            strength (float | Unset): Strength setting for the picture in image_url. 0 to 1. Server default: 1.
            guidance_scale (float | Unset): How closely the picture follows the prompt. 0 to 24. Server default: 3.
            style_images (list[StyleImage] | Unset): Pictures to take the look from.
            image_style_references (list[StyleImage] | Unset): Pictures to take the style from.
    """

    prompt: str
    seed: float | Unset = UNSET
    steps: int | Unset = UNSET
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    image_url: None | str | Unset = UNSET
    styles: list[StyleReference] | Unset = UNSET
    strength: float | Unset = UNSET
    guidance_scale: float | Unset = UNSET
    style_images: list[StyleImage] | Unset = UNSET
    image_style_references: list[StyleImage] | Unset = UNSET

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

        styles: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.styles, Unset):
            styles = []
            for styles_item_data in self.styles:
                styles_item = styles_item_data.to_dict()
                styles.append(styles_item)

        strength = self.strength

        guidance_scale = self.guidance_scale

        style_images: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.style_images, Unset):
            style_images = []
            for style_images_item_data in self.style_images:
                style_images_item = style_images_item_data.to_dict()
                style_images.append(style_images_item)

        image_style_references: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.image_style_references, Unset):
            image_style_references = []
            for image_style_references_item_data in self.image_style_references:
                image_style_references_item = image_style_references_item_data.to_dict()
                image_style_references.append(image_style_references_item)

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
        if styles is not UNSET:
            field_dict["styles"] = styles
        if strength is not UNSET:
            field_dict["strength"] = strength
        if guidance_scale is not UNSET:
            field_dict["guidance_scale"] = guidance_scale
        if style_images is not UNSET:
            field_dict["style_images"] = style_images
        if image_style_references is not UNSET:
            field_dict["image_style_references"] = image_style_references

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_image import StyleImage
        from ..models.style_reference import StyleReference

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

        _styles = d.pop("styles", UNSET)
        styles: list[StyleReference] | Unset = UNSET
        if _styles is not UNSET:
            styles = []
            for styles_item_data in _styles:
                styles_item = StyleReference.from_dict(styles_item_data)

                styles.append(styles_item)

        strength = d.pop("strength", UNSET)

        guidance_scale = d.pop("guidance_scale", UNSET)

        _style_images = d.pop("style_images", UNSET)
        style_images: list[StyleImage] | Unset = UNSET
        if _style_images is not UNSET:
            style_images = []
            for style_images_item_data in _style_images:
                style_images_item = StyleImage.from_dict(style_images_item_data)

                style_images.append(style_images_item)

        _image_style_references = d.pop("image_style_references", UNSET)
        image_style_references: list[StyleImage] | Unset = UNSET
        if _image_style_references is not UNSET:
            image_style_references = []
            for image_style_references_item_data in _image_style_references:
                image_style_references_item = StyleImage.from_dict(image_style_references_item_data)

                image_style_references.append(image_style_references_item)

        flux_1_dev_request = cls(
            prompt=prompt,
            seed=seed,
            steps=steps,
            width=width,
            height=height,
            image_url=image_url,
            styles=styles,
            strength=strength,
            guidance_scale=guidance_scale,
            style_images=style_images,
            image_style_references=image_style_references,
        )

        return flux_1_dev_request
