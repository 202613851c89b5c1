# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Ideogram2TurboRequest")


@_attrs_define
class Ideogram2TurboRequest:
    """A picture from Ideogram 2.0A Turbo.

    Source: https://docs.krea.ai/api-reference/image/ideogram-20a-turbo

        Attributes:
            prompt (str): What to show, in words. At least 1 character.
            width (float | Unset): Width in pixels. 512 to 8192. Server default: 1024.
            height (float | Unset): Height in pixels. 512 to 8192. Server default: 1024.
            seed (float | Unset): Where the random numbers start; give one to repeat a picture.
    """

    prompt: str
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    seed: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        width = self.width

        height = self.height

        seed = self.seed

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

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        seed = d.pop("seed", UNSET)

        ideogram_2_turbo_request = cls(
            prompt=prompt,
            width=width,
            height=height,
            seed=seed,
        )

        return ideogram_2_turbo_request
