# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.z_image_aspect_ratio import ZImageAspectRatio, check_z_image_aspect_ratio
from ..models.z_image_resolution import ZImageResolution, check_z_image_resolution
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_image import StyleImage
    from ..models.style_reference import StyleReference


T = TypeVar("T", bound="ZImageRequest")


@_attrs_define
class ZImageRequest:
    """A picture from Z-Image.

    Source: https://docs.krea.ai/api-reference/image/z-image

        Attributes:
            prompt (str): What to show, in words.
            aspect_ratio (ZImageAspectRatio): Width to height.
            resolution (ZImageResolution): How large the picture is.
            seed (float | Unset): Where the random numbers start; give one to repeat a picture.
            denoising_strength (float | Unset): How strongly the picture in image_url is reworked. 0 to 1. Server default:
                0.6.
            styles (list[StyleReference] | Unset): Trained styles to apply.
            skip_prompt_expansion (bool | Unset): Use the prompt word for word instead of letting the service enrich it.
                Server default: false.
            image_url (None | str | Unset): A picture to start from. A public https URL, the URL of an uploaded asset, or a
                data: URI.
            style_images (list[StyleImage] | Unset): A picture to take the look from. At most 1 item.
    """

    prompt: str
    aspect_ratio: ZImageAspectRatio
    resolution: ZImageResolution
    seed: float | Unset = UNSET
    denoising_strength: float | Unset = UNSET
    styles: list[StyleReference] | Unset = UNSET
    skip_prompt_expansion: bool | Unset = UNSET
    image_url: None | str | Unset = UNSET
    style_images: list[StyleImage] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        aspect_ratio: str = self.aspect_ratio

        resolution: str = self.resolution

        seed = self.seed

        denoising_strength = self.denoising_strength

        styles: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.styles, Unset):
            styles = []
            for styles_item_data in self.styles:
                styles_item = styles_item_data.to_dict()
                styles.append(styles_item)

        skip_prompt_expansion = self.skip_prompt_expansion

        image_url: None | str | Unset
        if isinstance(self.image_url, Unset):
            image_url = UNSET
        else:
            image_url = self.image_url

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
                "aspect_ratio": aspect_ratio,
                "resolution": resolution,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed
        if denoising_strength is not UNSET:
            field_dict["denoising_strength"] = denoising_strength
        if styles is not UNSET:
            field_dict["styles"] = styles
        if skip_prompt_expansion is not UNSET:
            field_dict["skip_prompt_expansion"] = skip_prompt_expansion
        if image_url is not UNSET:
            field_dict["image_url"] = image_url
        if style_images is not UNSET:
            field_dict["style_images"] = style_images

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_image import StyleImage
        from ..models.style_reference import StyleReference

        d = dict(src_dict)
        prompt = d.pop("prompt")

        aspect_ratio = check_z_image_aspect_ratio(d.pop("aspect_ratio"))

        resolution = check_z_image_resolution(d.pop("resolution"))

        seed = d.pop("seed", UNSET)

        denoising_strength = d.pop("denoising_strength", UNSET)

        _styles = d.pop("styles", UNSET)
        styles: list[StyleReference] | Unset = UNSET
        if _styles is not UNSET:
            styles = []
            for styles_item_data in _styles:
                styles_item = StyleReference.from_dict(styles_item_data)

                styles.append(styles_item)

        skip_prompt_expansion = d.pop("skip_prompt_expansion", UNSET)

        def _parse_image_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        image_url = _parse_image_url(d.pop("image_url", UNSET))

        _style_images = d.pop("style_images", UNSET)
        style_images: list[StyleImage] | Unset = UNSET
        if _style_images is not UNSET:
            style_images = []
            for style_images_item_data in _style_images:
                style_images_item = StyleImage.from_dict(style_images_item_data)

                style_images.append(style_images_item)

        z_image_request = cls(
            prompt=prompt,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
            seed=seed,
            denoising_strength=denoising_strength,
            styles=styles,
            skip_prompt_expansion=skip_prompt_expansion,
            image_url=image_url,
            style_images=style_images,
        )

        return z_image_request
