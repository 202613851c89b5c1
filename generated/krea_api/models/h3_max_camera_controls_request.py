# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.h3_max_resolution import H3MaxResolution, check_h3_max_resolution
from ..models.h3_max_turbo_prompt_expansion_mode import (
    H3MaxTurboPromptExpansionMode,
    check_h3_max_turbo_prompt_expansion_mode,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.h3_max_camera_point import H3MaxCameraPoint


T = TypeVar("T", bound="H3MaxCameraControlsRequest")


@_attrs_define
class H3MaxCameraControlsRequest:
    """A video from MiniMax H3 Max Camera.

    Attributes:
        prompt (str): What to show, in words. 1 to 50000 characters.
        start_image (str): The picture to begin with. At most 1024 characters. A public https URL, the URL of an
            uploaded asset, or a data: URI.
        camera_trajectory (list[H3MaxCameraPoint]): The way of the camera, point by point. 2 to 12 items.
        resolution (H3MaxResolution | Unset): How large the frames are. Server default: 768p.
        duration (int | Unset): Length of the video in seconds. 5 to 15. Server default: 5.
        seed (int | Unset): Where the random numbers start; give one to repeat a video. 0 to 2147483647.
        prompt_expansion_mode (H3MaxTurboPromptExpansionMode | Unset): How much effort the service puts into enriching
            the prompt. Server default: balanced.
    """

    prompt: str
    start_image: str
    camera_trajectory: list[H3MaxCameraPoint]
    resolution: H3MaxResolution | Unset = UNSET
    duration: int | Unset = UNSET
    seed: int | Unset = UNSET
    prompt_expansion_mode: H3MaxTurboPromptExpansionMode | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        camera_trajectory = []
        for camera_trajectory_item_data in self.camera_trajectory:
            camera_trajectory_item = camera_trajectory_item_data.to_dict()
            camera_trajectory.append(camera_trajectory_item)

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        duration = self.duration

        seed = self.seed

        prompt_expansion_mode: str | Unset = UNSET
        if not isinstance(self.prompt_expansion_mode, Unset):
            prompt_expansion_mode = self.prompt_expansion_mode

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "start_image": start_image,
                "camera_trajectory": camera_trajectory,
            }
        )
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if duration is not UNSET:
            field_dict["duration"] = duration
        if seed is not UNSET:
            field_dict["seed"] = seed
        if prompt_expansion_mode is not UNSET:
            field_dict["prompt_expansion_mode"] = prompt_expansion_mode

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.h3_max_camera_point import H3MaxCameraPoint

        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_image = d.pop("start_image")

        camera_trajectory = []
        _camera_trajectory = d.pop("camera_trajectory")
        for camera_trajectory_item_data in _camera_trajectory:
            camera_trajectory_item = H3MaxCameraPoint.from_dict(camera_trajectory_item_data)

            camera_trajectory.append(camera_trajectory_item)

        _resolution = d.pop("resolution", UNSET)
        resolution: H3MaxResolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_h3_max_resolution(_resolution)

        duration = d.pop("duration", UNSET)

        seed = d.pop("seed", UNSET)

        _prompt_expansion_mode = d.pop("prompt_expansion_mode", UNSET)
        prompt_expansion_mode: H3MaxTurboPromptExpansionMode | Unset
        if isinstance(_prompt_expansion_mode, Unset):
            prompt_expansion_mode = UNSET
        else:
            prompt_expansion_mode = check_h3_max_turbo_prompt_expansion_mode(_prompt_expansion_mode)

        h3_max_camera_controls_request = cls(
            prompt=prompt,
            start_image=start_image,
            camera_trajectory=camera_trajectory,
            resolution=resolution,
            duration=duration,
            seed=seed,
            prompt_expansion_mode=prompt_expansion_mode,
        )

        return h3_max_camera_controls_request
