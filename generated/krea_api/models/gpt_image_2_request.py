# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.gpt_image_2_aspect_ratio import GptImage2AspectRatio, check_gpt_image_2_aspect_ratio
from ..models.gpt_image_2_quality import GptImage2Quality, check_gpt_image_2_quality
from ..models.gpt_image_2_resolution import GptImage2Resolution, check_gpt_image_2_resolution
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_image import StyleImage


T = TypeVar("T", bound="GptImage2Request")


@_attrs_define
class GptImage2Request:
    """A picture from GPT Image 2.

    Attributes:
        prompt (str): What to show or to change, in words. At least 1 character.
        quality (GptImage2Quality | Unset): How much effort goes into the picture; auto lets the service choose. Server
            default: high.
        image_urls (list[str] | Unset): Pictures to edit or to combine. At most 10 items.
        width (float | Unset): Width in pixels.
        height (float | Unset): Height in pixels.
        aspect_ratio (GptImage2AspectRatio | Unset): Width to height.
        resolution (GptImage2Resolution | Unset): How large the picture is.
        style_images (list[StyleImage] | Unset): Pictures to take the look from. At most 10 items.
    """

    prompt: str
    quality: GptImage2Quality | Unset = UNSET
    image_urls: list[str] | Unset = UNSET
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    aspect_ratio: GptImage2AspectRatio | Unset = UNSET
    resolution: GptImage2Resolution | Unset = UNSET
    style_images: list[StyleImage] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        quality: str | Unset = UNSET
        if not isinstance(self.quality, Unset):
            quality = self.quality

        image_urls: list[str] | Unset = UNSET
        if not isinstance(self.image_urls, Unset):
            image_urls = self.image_urls

        width = self.width

        height = self.height

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

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
            }
        )
        if quality is not UNSET:
            field_dict["quality"] = quality
        if image_urls is not UNSET:
            field_dict["image_urls"] = image_urls
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if style_images is not UNSET:
            field_dict["style_images"] = style_images

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_image import StyleImage

        d = dict(src_dict)
        prompt = d.pop("prompt")

        _quality = d.pop("quality", UNSET)
        quality: GptImage2Quality | Unset
        if isinstance(_quality, Unset):
            quality = UNSET
        else:
            quality = check_gpt_image_2_quality(_quality)

        image_urls = cast(list[str], d.pop("image_urls", UNSET))

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: GptImage2AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_gpt_image_2_aspect_ratio(_aspect_ratio)

        _resolution = d.pop("resolution", UNSET)
        resolution: GptImage2Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_gpt_image_2_resolution(_resolution)

        _style_images = d.pop("style_images", UNSET)
        style_images: list[StyleImage] | Unset = UNSET
        if _style_images is not UNSET:
            style_images = []
            for style_images_item_data in _style_images:
                style_images_item = StyleImage.from_dict(style_images_item_data)

                style_images.append(style_images_item)

        gpt_image_2_request = cls(
            prompt=prompt,
            quality=quality,
            image_urls=image_urls,
            width=width,
            height=height,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
            style_images=style_images,
        )

        return gpt_image_2_request
