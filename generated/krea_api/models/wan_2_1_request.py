# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.wan_21_aspect_ratio import Wan21AspectRatio, check_wan_21_aspect_ratio
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_reference import StyleReference


T = TypeVar("T", bound="Wan21Request")


@_attrs_define
class Wan21Request:
    """A video from Wan 2.1.

    Attributes:
        prompt (str): What to show, in words.
        width (float): Width in pixels.
        height (float): Height in pixels.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        end_image (None | str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        aspect_ratio (Wan21AspectRatio | Unset): Width to height. Server default: 16:9.
        styles (list[StyleReference] | Unset): Trained styles to apply. At most 3 items.
    """

    prompt: str
    width: float
    height: float
    start_image: None | str | Unset = UNSET
    end_image: None | str | Unset = UNSET
    aspect_ratio: Wan21AspectRatio | Unset = UNSET
    styles: list[StyleReference] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        width = self.width

        height = self.height

        start_image: None | str | Unset
        if isinstance(self.start_image, Unset):
            start_image = UNSET
        else:
            start_image = self.start_image

        end_image: None | str | Unset
        if isinstance(self.end_image, Unset):
            end_image = UNSET
        else:
            end_image = self.end_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

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
                "width": width,
                "height": height,
            }
        )
        if start_image is not UNSET:
            field_dict["start_image"] = start_image
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if styles is not UNSET:
            field_dict["styles"] = styles

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_reference import StyleReference

        d = dict(src_dict)
        prompt = d.pop("prompt")

        width = d.pop("width")

        height = d.pop("height")

        def _parse_start_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        start_image = _parse_start_image(d.pop("start_image", UNSET))

        def _parse_end_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        end_image = _parse_end_image(d.pop("end_image", UNSET))

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Wan21AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_wan_21_aspect_ratio(_aspect_ratio)

        _styles = d.pop("styles", UNSET)
        styles: list[StyleReference] | Unset = UNSET
        if _styles is not UNSET:
            styles = []
            for styles_item_data in _styles:
                styles_item = StyleReference.from_dict(styles_item_data)

                styles.append(styles_item)

        wan_2_1_request = cls(
            prompt=prompt,
            width=width,
            height=height,
            start_image=start_image,
            end_image=end_image,
            aspect_ratio=aspect_ratio,
            styles=styles,
        )

        return wan_2_1_request
