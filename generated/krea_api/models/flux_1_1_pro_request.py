# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Flux11ProRequest")


@_attrs_define
class Flux11ProRequest:
    """A picture from FLUX 1.1 Pro.

    Source: https://docs.krea.ai/api-reference/image/flux-11-pro

        Attributes:
            prompt (str): What to show, in words. At least 1 character.
            width (float): Width in pixels. 256 to 1440.
            height (float): Height in pixels. 256 to 1440.
            seed (float | Unset): Where the random numbers start; give one to repeat a picture.
    """

    prompt: str
    width: float
    height: float
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
                "width": width,
                "height": height,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        width = d.pop("width")

        height = d.pop("height")

        seed = d.pop("seed", UNSET)

        flux_1_1_pro_request = cls(
            prompt=prompt,
            width=width,
            height=height,
            seed=seed,
        )

        return flux_1_1_pro_request
