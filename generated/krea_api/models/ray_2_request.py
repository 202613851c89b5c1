# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.ray_2_aspect_ratio import Ray2AspectRatio, check_ray_2_aspect_ratio
from ..types import UNSET, Unset

T = TypeVar("T", bound="Ray2Request")


@_attrs_define
class Ray2Request:
    """A video from Ray 2.

    Attributes:
        prompt (str): What to show, in words.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (Ray2AspectRatio | Unset): Width to height. Server default: 16:9.
        loop (bool | Unset): Let the end run into the beginning. Server default: false.
        width (int | Unset): Width in pixels. 540 to 2520. Server default: 960.
        height (int | Unset): Height in pixels. 540 to 2520. Server default: 540.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: Ray2AspectRatio | Unset = UNSET
    loop: bool | Unset = UNSET
    width: int | Unset = UNSET
    height: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image: None | str | Unset
        if isinstance(self.start_image, Unset):
            start_image = UNSET
        else:
            start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        loop = self.loop

        width = self.width

        height = self.height

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if start_image is not UNSET:
            field_dict["start_image"] = start_image
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if loop is not UNSET:
            field_dict["loop"] = loop
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        def _parse_start_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        start_image = _parse_start_image(d.pop("start_image", UNSET))

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Ray2AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_ray_2_aspect_ratio(_aspect_ratio)

        loop = d.pop("loop", UNSET)

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        ray_2_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            loop=loop,
            width=width,
            height=height,
        )

        return ray_2_request
