# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="BytedanceSeedAudio10Request")


@_attrs_define
class BytedanceSeedAudio10Request:
    """Audio from Seed Audio 1.0.

    Attributes:
        prompt (str): What to hear, in words. 1 to 2048 characters.
    """

    prompt: str

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        bytedance_seed_audio_1_0_request = cls(
            prompt=prompt,
        )

        return bytedance_seed_audio_1_0_request
