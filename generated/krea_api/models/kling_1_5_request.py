# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.kling_1_aspect_ratio import Kling1AspectRatio, check_kling_1_aspect_ratio
from ..models.kling_1_duration import Kling1Duration, check_kling_1_duration
from ..models.kling_15_mode import Kling15Mode, check_kling_15_mode
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.kling_camera_move import KlingCameraMove
    from ..models.kling_camera_path import KlingCameraPath


T = TypeVar("T", bound="Kling15Request")


@_attrs_define
class Kling15Request:
    """A video from Kling 1.5.

    Deprecated: the documentation lists the operation no more.

        Attributes:
            prompt (str): What to show, in words.
            start_image (str | Unset): The picture to begin with. A public https URL, the URL of an uploaded asset, or a
                data: URI.
            start_video (None | str | Unset): A video to start from. A public https URL, the URL of an uploaded asset, or a
                data: URI.
            aspect_ratio (Kling1AspectRatio | Unset): Width to height. Server default: 16:9.
            duration (Kling1Duration | Unset): Length of the video in seconds. Server default: 5.
            camera_control (KlingCameraMove | KlingCameraPath | Unset): How the camera moves: along axes of your choice, or
                one of the ready-made moves.
            end_image (str | Unset): The picture to end with. A public https URL, the URL of an uploaded asset, or a data:
                URI.
            end_video (str | Unset): A video to end with. A public https URL, the URL of an uploaded asset, or a data: URI.
            mode (Kling15Mode | Unset): Which tier of the model to use. Server default: pro.
    """

    prompt: str
    start_image: str | Unset = UNSET
    start_video: None | str | Unset = UNSET
    aspect_ratio: Kling1AspectRatio | Unset = UNSET
    duration: Kling1Duration | Unset = UNSET
    camera_control: KlingCameraMove | KlingCameraPath | Unset = UNSET
    end_image: str | Unset = UNSET
    end_video: str | Unset = UNSET
    mode: Kling15Mode | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.kling_camera_path import KlingCameraPath

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

        camera_control: dict[str, Any] | Unset
        if isinstance(self.camera_control, Unset):
            camera_control = UNSET
        elif isinstance(self.camera_control, KlingCameraPath):
            camera_control = self.camera_control.to_dict()
        else:
            camera_control = self.camera_control.to_dict()

        end_image = self.end_image

        end_video = self.end_video

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
        if camera_control is not UNSET:
            field_dict["camera_control"] = camera_control
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if end_video is not UNSET:
            field_dict["end_video"] = end_video
        if mode is not UNSET:
            field_dict["mode"] = mode

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.kling_camera_move import KlingCameraMove
        from ..models.kling_camera_path import KlingCameraPath

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
        aspect_ratio: Kling1AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_kling_1_aspect_ratio(_aspect_ratio)

        _duration = d.pop("duration", UNSET)
        duration: Kling1Duration | Unset
        if isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_kling_1_duration(_duration)

        def _parse_camera_control(data: object) -> KlingCameraMove | KlingCameraPath | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                camera_control_type_0 = KlingCameraPath.from_dict(data)

                return camera_control_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            camera_control_type_1 = KlingCameraMove.from_dict(data)

            return camera_control_type_1

        camera_control = _parse_camera_control(d.pop("camera_control", UNSET))

        end_image = d.pop("end_image", UNSET)

        end_video = d.pop("end_video", UNSET)

        _mode = d.pop("mode", UNSET)
        mode: Kling15Mode | Unset
        if isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_kling_15_mode(_mode)

        kling_1_5_request = cls(
            prompt=prompt,
            start_image=start_image,
            start_video=start_video,
            aspect_ratio=aspect_ratio,
            duration=duration,
            camera_control=camera_control,
            end_image=end_image,
            end_video=end_video,
            mode=mode,
        )

        return kling_1_5_request
