# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ElevenlabsTtsRequest")


@_attrs_define
class ElevenlabsTtsRequest:
    """Speech from ElevenLabs TTS.

    Attributes:
        prompt (str): The text to speak. 1 to 2000 characters.
        voice_id (str | Unset): The ElevenLabs id of the voice. At least 1 character. Server default:
            hpp4J3VqNfWAUOO0d1Us.
        model_id (str | Unset): The ElevenLabs id of the speech model. At least 1 character. Server default:
            eleven_multilingual_v2.
    """

    prompt: str
    voice_id: str | Unset = UNSET
    model_id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        voice_id = self.voice_id

        model_id = self.model_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if voice_id is not UNSET:
            field_dict["voice_id"] = voice_id
        if model_id is not UNSET:
            field_dict["model_id"] = model_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        voice_id = d.pop("voice_id", UNSET)

        model_id = d.pop("model_id", UNSET)

        elevenlabs_tts_request = cls(
            prompt=prompt,
            voice_id=voice_id,
            model_id=model_id,
        )

        return elevenlabs_tts_request
