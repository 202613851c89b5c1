# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.ltx_video_2322b_aspect_ratio import LtxVideo2322BAspectRatio, check_ltx_video_2322b_aspect_ratio
from ..models.ltx_video_2322b_duration import LtxVideo2322BDuration, check_ltx_video_2322b_duration
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_reference import StyleReference


T = TypeVar("T", bound="LtxVideo2322BRequest")


@_attrs_define
class LtxVideo2322BRequest:
    """A video from LTX-2.3 22B.

    Source: https://docs.krea.ai/api-reference/video/ltx-23-22b

        Attributes:
            prompt (str): What to show, in words. At least 1 character.
            start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
                URL of an uploaded asset, or a data: URI.
            aspect_ratio (LtxVideo2322BAspectRatio | Unset): Width to height. Server default: 16:9.
            duration (LtxVideo2322BDuration | Unset): Length of the video in seconds. Server default: 5.
            num_frames (int | Unset): How many frames to make. 9 to 481.
            seed (int | Unset): Where the random numbers start; give one to repeat a video. 0 to 2147483647.
            generate_audio (bool | Unset): Give the video sound. Server default: true.
            end_image (None | str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of
                an uploaded asset, or a data: URI.
            styles (list[StyleReference] | Unset): Trained styles to apply.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: LtxVideo2322BAspectRatio | Unset = UNSET
    duration: LtxVideo2322BDuration | Unset = UNSET
    num_frames: int | Unset = UNSET
    seed: int | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    end_image: None | str | Unset = UNSET
    styles: list[StyleReference] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image: None | str | Unset
        if isinstance(self.start_image, Unset):
            start_image = UNSET
        else:
            start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration: int | Unset = UNSET
        if not isinstance(self.duration, Unset):
            duration = self.duration

        num_frames = self.num_frames

        seed = self.seed

        generate_audio = self.generate_audio

        end_image: None | str | Unset
        if isinstance(self.end_image, Unset):
            end_image = UNSET
        else:
            end_image = self.end_image

        styles: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.styles, Unset):
            styles = []
            for styles_item_data in self.styles:
                styles_item = styles_item_data.to_dict()
                styles.append(styles_item)

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
        if num_frames is not UNSET:
            field_dict["num_frames"] = num_frames
        if seed is not UNSET:
            field_dict["seed"] = seed
        if generate_audio is not UNSET:
            field_dict["generate_audio"] = generate_audio
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if styles is not UNSET:
            field_dict["styles"] = styles

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_reference import StyleReference

        d = dict(src_dict)
        prompt = d.pop("prompt")

        def _parse_start_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        start_image = _parse_start_image(d.pop("start_image", UNSET))

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: LtxVideo2322BAspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_ltx_video_2322b_aspect_ratio(_aspect_ratio)

        _duration = d.pop("duration", UNSET)
        duration: LtxVideo2322BDuration | Unset
        if isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_ltx_video_2322b_duration(_duration)

        num_frames = d.pop("num_frames", UNSET)

        seed = d.pop("seed", UNSET)

        generate_audio = d.pop("generate_audio", UNSET)

        def _parse_end_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        end_image = _parse_end_image(d.pop("end_image", UNSET))

        _styles = d.pop("styles", UNSET)
        styles: list[StyleReference] | Unset = UNSET
        if _styles is not UNSET:
            styles = []
            for styles_item_data in _styles:
                styles_item = StyleReference.from_dict(styles_item_data)

                styles.append(styles_item)

        ltx_video_2_3_22b_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            duration=duration,
            num_frames=num_frames,
            seed=seed,
            generate_audio=generate_audio,
            end_image=end_image,
            styles=styles,
        )

        return ltx_video_2_3_22b_request
