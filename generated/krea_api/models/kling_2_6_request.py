# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.kling_21_duration import Kling21Duration, check_kling_21_duration
from ..models.kling_26_aspect_ratio import Kling26AspectRatio, check_kling_26_aspect_ratio
from ..types import UNSET, Unset

T = TypeVar("T", bound="Kling26Request")


@_attrs_define
class Kling26Request:
    """A video from Kling 2.6.

    Attributes:
        prompt (str): What to show, in words.
        start_image (str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the URL of an
            uploaded asset, or a data: URI.
        aspect_ratio (Kling26AspectRatio | Unset): Width to height. Server default: 16:9.
        duration (Kling21Duration | Unset): Length of the video in seconds. Server default: 5.
        end_image (str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of an
            uploaded asset, or a data: URI.
        generate_audio (bool | Unset): Give the video sound. Server default: false.
    """

    prompt: str
    start_image: str | Unset = UNSET
    aspect_ratio: Kling26AspectRatio | Unset = UNSET
    duration: Kling21Duration | Unset = UNSET
    end_image: str | Unset = UNSET
    generate_audio: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration: int | Unset = UNSET
        if not isinstance(self.duration, Unset):
            duration = self.duration

        end_image = self.end_image

        generate_audio = self.generate_audio

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
        if duration is not UNSET:
            field_dict["duration"] = duration
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if generate_audio is not UNSET:
            field_dict["generate_audio"] = generate_audio

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_image = d.pop("start_image", UNSET)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Kling26AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_kling_26_aspect_ratio(_aspect_ratio)

        _duration = d.pop("duration", UNSET)
        duration: Kling21Duration | Unset
        if isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_kling_21_duration(_duration)

        end_image = d.pop("end_image", UNSET)

        generate_audio = d.pop("generate_audio", UNSET)

        kling_2_6_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            duration=duration,
            end_image=end_image,
            generate_audio=generate_audio,
        )

        return kling_2_6_request
