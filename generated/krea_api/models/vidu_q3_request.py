# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.vidu_q3_aspect_ratio import ViduQ3AspectRatio, check_vidu_q3_aspect_ratio
from ..models.vidu_q3_movement_amplitude import ViduQ3MovementAmplitude, check_vidu_q3_movement_amplitude
from ..models.vidu_q3_resolution import ViduQ3Resolution, check_vidu_q3_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="ViduQ3Request")


@_attrs_define
class ViduQ3Request:
    """A video from Vidu Q3.

    Attributes:
        prompt (str): What to show, in words. At most 2000 characters.
        start_image (str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the URL of an
            uploaded asset, or a data: URI.
        aspect_ratio (ViduQ3AspectRatio | Unset): Width to height. Server default: 16:9.
        duration (float | Unset): Length of the video in seconds. 1 to 16. Server default: 5.
        resolution (ViduQ3Resolution | Unset): How large the frames are. Server default: 720p.
        generate_audio (bool | Unset): Give the video sound. Server default: true.
        seed (float | Unset): Where the random numbers start; give one to repeat a video.
        movement_amplitude (ViduQ3MovementAmplitude | Unset): How much moves. Server default: auto.
    """

    prompt: str
    start_image: str | Unset = UNSET
    aspect_ratio: ViduQ3AspectRatio | Unset = UNSET
    duration: float | Unset = UNSET
    resolution: ViduQ3Resolution | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    seed: float | Unset = UNSET
    movement_amplitude: ViduQ3MovementAmplitude | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration = self.duration

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        generate_audio = self.generate_audio

        seed = self.seed

        movement_amplitude: str | Unset = UNSET
        if not isinstance(self.movement_amplitude, Unset):
            movement_amplitude = self.movement_amplitude

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
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if generate_audio is not UNSET:
            field_dict["generate_audio"] = generate_audio
        if seed is not UNSET:
            field_dict["seed"] = seed
        if movement_amplitude is not UNSET:
            field_dict["movement_amplitude"] = movement_amplitude

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_image = d.pop("start_image", UNSET)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: ViduQ3AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_vidu_q3_aspect_ratio(_aspect_ratio)

        duration = d.pop("duration", UNSET)

        _resolution = d.pop("resolution", UNSET)
        resolution: ViduQ3Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_vidu_q3_resolution(_resolution)

        generate_audio = d.pop("generate_audio", UNSET)

        seed = d.pop("seed", UNSET)

        _movement_amplitude = d.pop("movement_amplitude", UNSET)
        movement_amplitude: ViduQ3MovementAmplitude | Unset
        if isinstance(_movement_amplitude, Unset):
            movement_amplitude = UNSET
        else:
            movement_amplitude = check_vidu_q3_movement_amplitude(_movement_amplitude)

        vidu_q3_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            duration=duration,
            resolution=resolution,
            generate_audio=generate_audio,
            seed=seed,
            movement_amplitude=movement_amplitude,
        )

        return vidu_q3_request
