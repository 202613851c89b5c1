# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ElevenlabsMusicRequest")


@_attrs_define
class ElevenlabsMusicRequest:
    """Music from ElevenLabs Music.

    Attributes:
        prompt (str): What the music is like, in words. 1 to 4100 characters.
        music_length_ms (int | Unset): Length of the piece in milliseconds. 3000 to 600000.
        force_instrumental (bool | Unset): Make sure that nobody sings. Server default: false.
    """

    prompt: str
    music_length_ms: int | Unset = UNSET
    force_instrumental: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        music_length_ms = self.music_length_ms

        force_instrumental = self.force_instrumental

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if music_length_ms is not UNSET:
            field_dict["music_length_ms"] = music_length_ms
        if force_instrumental is not UNSET:
            field_dict["force_instrumental"] = force_instrumental

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        music_length_ms = d.pop("music_length_ms", UNSET)

        force_instrumental = d.pop("force_instrumental", UNSET)

        elevenlabs_music_request = cls(
            prompt=prompt,
            music_length_ms=music_length_ms,
            force_instrumental=force_instrumental,
        )

        return elevenlabs_music_request
