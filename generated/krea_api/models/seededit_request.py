# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="SeededitRequest")


@_attrs_define
class SeededitRequest:
    """A picture from SeedEdit.

    Attributes:
        prompt (str): What to change, in words. At least 1 character.
        image_url (str): The picture to change. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        seed (float | Unset): Where the random numbers start; give one to repeat a picture.
    """

    prompt: str
    image_url: str
    seed: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        image_url = self.image_url

        seed = self.seed

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "image_url": image_url,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        image_url = d.pop("image_url")

        seed = d.pop("seed", UNSET)

        seededit_request = cls(
            prompt=prompt,
            image_url=image_url,
            seed=seed,
        )

        return seededit_request
