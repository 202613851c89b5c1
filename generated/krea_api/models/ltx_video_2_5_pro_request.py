# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.ltx_video_25_pro_camera_motion import LtxVideo25ProCameraMotion, check_ltx_video_25_pro_camera_motion
from ..models.ltx_video_25_pro_duration import LtxVideo25ProDuration, check_ltx_video_25_pro_duration
from ..models.ltx_video_25_pro_resolution import LtxVideo25ProResolution, check_ltx_video_25_pro_resolution
from ..models.ltx_video_2322b_aspect_ratio import LtxVideo2322BAspectRatio, check_ltx_video_2322b_aspect_ratio
from ..types import UNSET, Unset

T = TypeVar("T", bound="LtxVideo25ProRequest")


@_attrs_define
class LtxVideo25ProRequest:
    """A video from LTX-2.5 Pro.

    Attributes:
        prompt (str): What to show, in words. At least 1 character.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (LtxVideo2322BAspectRatio | Unset): Width to height. Server default: 16:9.
        duration (LtxVideo25ProDuration | Unset): Length of the video in seconds. Server default: 6.
        resolution (LtxVideo25ProResolution | Unset): How large the frames are. Server default: 1080p.
        generate_audio (bool | Unset): Give the video sound. Server default: true.
        camera_motion (LtxVideo25ProCameraMotion | Unset): How the camera moves.
        end_image (None | str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: LtxVideo2322BAspectRatio | Unset = UNSET
    duration: LtxVideo25ProDuration | Unset = UNSET
    resolution: LtxVideo25ProResolution | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    camera_motion: LtxVideo25ProCameraMotion | Unset = UNSET
    end_image: None | str | Unset = UNSET

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

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        generate_audio = self.generate_audio

        camera_motion: str | Unset = UNSET
        if not isinstance(self.camera_motion, Unset):
            camera_motion = self.camera_motion

        end_image: None | str | Unset
        if isinstance(self.end_image, Unset):
            end_image = UNSET
        else:
            end_image = self.end_image

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
        if camera_motion is not UNSET:
            field_dict["camera_motion"] = camera_motion
        if end_image is not UNSET:
            field_dict["end_image"] = end_image

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
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
        duration: LtxVideo25ProDuration | Unset
        if isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_ltx_video_25_pro_duration(_duration)

        _resolution = d.pop("resolution", UNSET)
        resolution: LtxVideo25ProResolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_ltx_video_25_pro_resolution(_resolution)

        generate_audio = d.pop("generate_audio", UNSET)

        _camera_motion = d.pop("camera_motion", UNSET)
        camera_motion: LtxVideo25ProCameraMotion | Unset
        if isinstance(_camera_motion, Unset):
            camera_motion = UNSET
        else:
            camera_motion = check_ltx_video_25_pro_camera_motion(_camera_motion)

        def _parse_end_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        end_image = _parse_end_image(d.pop("end_image", UNSET))

        ltx_video_2_5_pro_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            duration=duration,
            resolution=resolution,
            generate_audio=generate_audio,
            camera_motion=camera_motion,
            end_image=end_image,
        )

        return ltx_video_2_5_pro_request
