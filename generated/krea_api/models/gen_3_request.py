# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.gen_3_aspect_ratio import Gen3AspectRatio, check_gen_3_aspect_ratio
from ..models.gen_3_duration import Gen3Duration, check_gen_3_duration
from ..types import UNSET, Unset

T = TypeVar("T", bound="Gen3Request")


@_attrs_define
class Gen3Request:
    """A video from Runway Gen-3.

    Deprecated: the documentation lists the operation no more.

        Attributes:
            prompt (str): What to show, in words.
            start_image (str | Unset): The picture to begin with. A public https URL, the URL of an uploaded asset, or a
                data: URI.
            start_video (None | str | Unset): A video to start from. A public https URL, the URL of an uploaded asset, or a
                data: URI.
            aspect_ratio (Gen3AspectRatio | Unset): Width to height. Server default: 16:9.
            duration (Gen3Duration | Unset): Length of the video in seconds. Server default: 5.
            seed (float | Unset): Where the random numbers start; give one to repeat a video.
    """

    prompt: str
    start_image: str | Unset = UNSET
    start_video: None | str | Unset = UNSET
    aspect_ratio: Gen3AspectRatio | Unset = UNSET
    duration: Gen3Duration | Unset = UNSET
    seed: float | Unset = UNSET

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

        seed = self.seed

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
        if seed is not UNSET:
            field_dict["seed"] = seed

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
        aspect_ratio: Gen3AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_gen_3_aspect_ratio(_aspect_ratio)

        _duration = d.pop("duration", UNSET)
        duration: Gen3Duration | Unset
        if isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_gen_3_duration(_duration)

        seed = d.pop("seed", UNSET)

        gen_3_request = cls(
            prompt=prompt,
            start_image=start_image,
            start_video=start_video,
            aspect_ratio=aspect_ratio,
            duration=duration,
            seed=seed,
        )

        return gen_3_request
