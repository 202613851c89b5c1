# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.gpt_image_quality import GptImageQuality, check_gpt_image_quality
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_reference import StyleReference


T = TypeVar("T", bound="GptImageRequest")


@_attrs_define
class GptImageRequest:
    """A picture from GPT Image.

    Source: https://docs.krea.ai/api-reference/image/chatgpt-image

        Attributes:
            prompt (str): What to show, in words. At least 1 character.
            width (float | Unset): Width in pixels. 512 to 8192. Server default: 1024.
            height (float | Unset): Height in pixels. 512 to 8192. Server default: 1024.
            quality (GptImageQuality | Unset): How much effort goes into the picture; auto lets the service choose. Server
                default: auto.
            image_urls (list[str] | Unset): Pictures to edit or to combine. At most 15 items.
            styles (list[StyleReference] | Unset): Trained styles to apply. At most 5 items.
    """

    prompt: str
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    quality: GptImageQuality | Unset = UNSET
    image_urls: list[str] | Unset = UNSET
    styles: list[StyleReference] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        width = self.width

        height = self.height

        quality: str | Unset = UNSET
        if not isinstance(self.quality, Unset):
            quality = self.quality

        image_urls: list[str] | Unset = UNSET
        if not isinstance(self.image_urls, Unset):
            image_urls = self.image_urls

        styles: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.styles, Unset):
            styles = []
            for styles_item_data in self.styles:
                styles_item = styles_item_data.to_dict()
                styles.append(styles_item)

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
        if quality is not UNSET:
            field_dict["quality"] = quality
        if image_urls is not UNSET:
            field_dict["image_urls"] = image_urls
        if styles is not UNSET:
            field_dict["styles"] = styles

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_reference import StyleReference

        d = dict(src_dict)
        prompt = d.pop("prompt")

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        _quality = d.pop("quality", UNSET)
        quality: GptImageQuality | Unset
        if isinstance(_quality, Unset):
            quality = UNSET
        else:
            quality = check_gpt_image_quality(_quality)

        image_urls = cast(list[str], d.pop("image_urls", UNSET))

        _styles = d.pop("styles", UNSET)
        styles: list[StyleReference] | Unset = UNSET
        if _styles is not UNSET:
            styles = []
            for styles_item_data in _styles:
                styles_item = StyleReference.from_dict(styles_item_data)

                styles.append(styles_item)

        gpt_image_request = cls(
            prompt=prompt,
            width=width,
            height=height,
            quality=quality,
            image_urls=image_urls,
            styles=styles,
        )

        return gpt_image_request
