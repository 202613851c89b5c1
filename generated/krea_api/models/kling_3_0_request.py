# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.kling_30_aspect_ratio import Kling30AspectRatio, check_kling_30_aspect_ratio
from ..models.kling_30_mode import Kling30Mode, check_kling_30_mode
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.kling_30_shot import Kling30Shot


T = TypeVar("T", bound="Kling30Request")


@_attrs_define
class Kling30Request:
    """A video from Kling 3.0.

    Source: https://docs.krea.ai/api-reference/video/kling-30

        Attributes:
            prompt (str): What to show, in words. At most 2500 characters.
            start_image (str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the URL of an
                uploaded asset, or a data: URI.
            aspect_ratio (Kling30AspectRatio | Unset): Width to height. Server default: 16:9.
            duration (float | Unset): Length of the video in seconds. 3 to 15. Server default: 5.
            end_image (str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of an
                uploaded asset, or a data: URI.
            generate_audio (bool | Unset): Give the video sound. Server default: false.
            mode (Kling30Mode | Unset): Which tier of the model to use. Server default: std.
            multi_prompt (list[Kling30Shot] | Unset): Several shots after one another, each with its own prompt and length.
    """

    prompt: str
    start_image: str | Unset = UNSET
    aspect_ratio: Kling30AspectRatio | Unset = UNSET
    duration: float | Unset = UNSET
    end_image: str | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    mode: Kling30Mode | Unset = UNSET
    multi_prompt: list[Kling30Shot] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration = self.duration

        end_image = self.end_image

        generate_audio = self.generate_audio

        mode: str | Unset = UNSET
        if not isinstance(self.mode, Unset):
            mode = self.mode

        multi_prompt: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.multi_prompt, Unset):
            multi_prompt = []
            for multi_prompt_item_data in self.multi_prompt:
                multi_prompt_item = multi_prompt_item_data.to_dict()
                multi_prompt.append(multi_prompt_item)

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
        if mode is not UNSET:
            field_dict["mode"] = mode
        if multi_prompt is not UNSET:
            field_dict["multi_prompt"] = multi_prompt

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.kling_30_shot import Kling30Shot

        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_image = d.pop("start_image", UNSET)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Kling30AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_kling_30_aspect_ratio(_aspect_ratio)

        duration = d.pop("duration", UNSET)

        end_image = d.pop("end_image", UNSET)

        generate_audio = d.pop("generate_audio", UNSET)

        _mode = d.pop("mode", UNSET)
        mode: Kling30Mode | Unset
        if isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_kling_30_mode(_mode)

        _multi_prompt = d.pop("multi_prompt", UNSET)
        multi_prompt: list[Kling30Shot] | Unset = UNSET
        if _multi_prompt is not UNSET:
            multi_prompt = []
            for multi_prompt_item_data in _multi_prompt:
                multi_prompt_item = Kling30Shot.from_dict(multi_prompt_item_data)

                multi_prompt.append(multi_prompt_item)

        kling_3_0_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            duration=duration,
            end_image=end_image,
            generate_audio=generate_audio,
            mode=mode,
            multi_prompt=multi_prompt,
        )

        return kling_3_0_request
