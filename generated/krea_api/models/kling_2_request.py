# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.kling_2_aspect_ratio import Kling2AspectRatio, check_kling_2_aspect_ratio
from ..models.kling_2_duration import Kling2Duration, check_kling_2_duration
from ..models.kling_2_mode import Kling2Mode, check_kling_2_mode
from ..types import UNSET, Unset

T = TypeVar("T", bound="Kling2Request")


@_attrs_define
class Kling2Request:
    """A video from Kling 2.0.

    Deprecated: the documentation lists the operation no more.

        Attributes:
            prompt (str): What to show, in words.
            start_image (str | Unset): The picture to begin with. A public https URL, the URL of an uploaded asset, or a
                data: URI.
            start_video (None | str | Unset): A video to start from. A public https URL, the URL of an uploaded asset, or a
                data: URI.
            aspect_ratio (Kling2AspectRatio | Unset): Width to height. Server default: 16:9.
            duration (Kling2Duration | Unset): Length of the video in seconds. Server default: 5.
            end_image (str | Unset): The picture to end with. A public https URL, the URL of an uploaded asset, or a data:
                URI.
            mode (Kling2Mode | Unset): Which tier of the model to use. Server default: master.
    """

    prompt: str
    start_image: str | Unset = UNSET
    start_video: None | str | Unset = UNSET
    aspect_ratio: Kling2AspectRatio | Unset = UNSET
    duration: Kling2Duration | Unset = UNSET
    end_image: str | Unset = UNSET
    mode: Kling2Mode | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        start_video: None | str | Unset
        if isinstance(self.start_video, Unset):
            start_video = UNSET
        else:
            start_video = self.start_video

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration: int | Unset = UNSET
        if not isinstance(self.duration, Unset):
            duration = self.duration

        end_image = self.end_image

        mode: str | Unset = UNSET
        if not isinstance(self.mode, Unset):
            mode = self.mode

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if start_image is not UNSET:
            field_dict["start_image"] = start_image
        if start_video is not UNSET:
            field_dict["start_video"] = start_video
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if duration is not UNSET:
            field_dict["duration"] = duration
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if mode is not UNSET:
            field_dict["mode"] = mode

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_image = d.pop("start_image", UNSET)

        def _parse_start_video(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        start_video = _parse_start_video(d.pop("start_video", UNSET))

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Kling2AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_kling_2_aspect_ratio(_aspect_ratio)

        _duration = d.pop("duration", UNSET)
        duration: Kling2Duration | Unset
        if isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_kling_2_duration(_duration)

        end_image = d.pop("end_image", UNSET)

        _mode = d.pop("mode", UNSET)
        mode: Kling2Mode | Unset
        if isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_kling_2_mode(_mode)

        kling_2_request = cls(
            prompt=prompt,
            start_image=start_image,
            start_video=start_video,
            aspect_ratio=aspect_ratio,
            duration=duration,
            end_image=end_image,
            mode=mode,
        )

        return kling_2_request
