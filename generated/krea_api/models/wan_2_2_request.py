# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.wan_21_aspect_ratio import Wan21AspectRatio, check_wan_21_aspect_ratio
from ..types import UNSET, Unset

T = TypeVar("T", bound="Wan22Request")


@_attrs_define
class Wan22Request:
    """A video from Wan 2.2.

    Attributes:
        prompt (str): What to show, in words.
        width (float): Width in pixels.
        height (float): Height in pixels.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (Wan21AspectRatio | Unset): Width to height. Server default: 16:9.
    """

    prompt: str
    width: float
    height: float
    start_image: None | str | Unset = UNSET
    aspect_ratio: Wan21AspectRatio | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        width = self.width

        height = self.height

        start_image: None | str | Unset
        if isinstance(self.start_image, Unset):
            start_image = UNSET
        else:
            start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

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
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
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

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Wan21AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_wan_21_aspect_ratio(_aspect_ratio)

        wan_2_2_request = cls(
            prompt=prompt,
            width=width,
            height=height,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
        )

        return wan_2_2_request
