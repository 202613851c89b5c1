# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="HailuoRequest")


@_attrs_define
class HailuoRequest:
    """A video from Hailuo.

    Source: https://docs.krea.ai/api-reference/video/hailuo

        Attributes:
            prompt (str): What to show, in words.
            start_image (str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the URL of an
                uploaded asset, or a data: URI.
            expand_prompt (bool | Unset): Let the service enrich the prompt. Server default: true.
    """

    prompt: str
    start_image: str | Unset = UNSET
    expand_prompt: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        expand_prompt = self.expand_prompt

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if start_image is not UNSET:
            field_dict["start_image"] = start_image
        if expand_prompt is not UNSET:
            field_dict["expand_prompt"] = expand_prompt

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_image = d.pop("start_image", UNSET)

        expand_prompt = d.pop("expand_prompt", UNSET)

        hailuo_request = cls(
            prompt=prompt,
            start_image=start_image,
            expand_prompt=expand_prompt,
        )

        return hailuo_request
