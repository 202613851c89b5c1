# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.topaz_astra_creativity import TopazAstraCreativity, check_topaz_astra_creativity
from ..models.topaz_frame_interpolation_model import TopazFrameInterpolationModel, check_topaz_frame_interpolation_model
from ..models.topaz_video_output_preset import TopazVideoOutputPreset, check_topaz_video_output_preset
from ..types import UNSET, Unset

T = TypeVar("T", bound="TopazAstraRequest")


@_attrs_define
class TopazAstraRequest:
    """A video enhanced by Topaz Astra.

    Attributes:
        video_url (str): The video to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        target_width (float | Unset): Width of the result in pixels. 1 to 8000.
        target_height (float | Unset): Height of the result in pixels. 1 to 8000.
        crop_to_fit (bool | Unset): Crop the video so that it fits the target size. Server default: false.
        frame_interpolation (bool | Unset): Make frames in between. Server default: false.
        frame_interpolation_fps (int | Unset): Frame rate of the result in frames per second. 15 to 240. Matters only
            when frame_interpolation is true. Server default: 60.
        frame_interpolation_model (TopazFrameInterpolationModel | Unset): Which Topaz model makes the frames in between.
            Matters only when frame_interpolation is true. Server default: apo-8.
        frame_interpolation_slowmo (int | Unset): How many times slower the result runs. 1 to 16. Matters only when
            frame_interpolation is true. Server default: 1.
        frame_interpolation_fix_duplicate_frames (bool | Unset): Repair duplicate frames. Matters only when
            frame_interpolation is true. Server default: true.
        frame_interpolation_duplicate_sensitivity (float | Unset): How readily frames count as duplicates. 0.001 to 0.1.
            Matters only when frame_interpolation is true. Matters only when frame_interpolation_fix_duplicate_frames is
            true. Server default: 0.01.
        video_output_preset (TopazVideoOutputPreset | Unset): Codec and profile of the result. Server default:
            h265-main.
        creativity (TopazAstraCreativity | Unset): How freely the model invents detail. Server default: low.
    """

    video_url: str
    target_width: float | Unset = UNSET
    target_height: float | Unset = UNSET
    crop_to_fit: bool | Unset = UNSET
    frame_interpolation: bool | Unset = UNSET
    frame_interpolation_fps: int | Unset = UNSET
    frame_interpolation_model: TopazFrameInterpolationModel | Unset = UNSET
    frame_interpolation_slowmo: int | Unset = UNSET
    frame_interpolation_fix_duplicate_frames: bool | Unset = UNSET
    frame_interpolation_duplicate_sensitivity: float | Unset = UNSET
    video_output_preset: TopazVideoOutputPreset | Unset = UNSET
    creativity: TopazAstraCreativity | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        video_url = self.video_url

        target_width = self.target_width

        target_height = self.target_height

        crop_to_fit = self.crop_to_fit

        frame_interpolation = self.frame_interpolation

        frame_interpolation_fps = self.frame_interpolation_fps

        frame_interpolation_model: str | Unset = UNSET
        if not isinstance(self.frame_interpolation_model, Unset):
            frame_interpolation_model = self.frame_interpolation_model

        frame_interpolation_slowmo = self.frame_interpolation_slowmo

        frame_interpolation_fix_duplicate_frames = self.frame_interpolation_fix_duplicate_frames

        frame_interpolation_duplicate_sensitivity = self.frame_interpolation_duplicate_sensitivity

        video_output_preset: str | Unset = UNSET
        if not isinstance(self.video_output_preset, Unset):
            video_output_preset = self.video_output_preset

        creativity: str | Unset = UNSET
        if not isinstance(self.creativity, Unset):
            creativity = self.creativity

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "video_url": video_url,
            }
        )
        if target_width is not UNSET:
            field_dict["target_width"] = target_width
        if target_height is not UNSET:
            field_dict["target_height"] = target_height
        if crop_to_fit is not UNSET:
            field_dict["crop_to_fit"] = crop_to_fit
        if frame_interpolation is not UNSET:
            field_dict["frame_interpolation"] = frame_interpolation
        if frame_interpolation_fps is not UNSET:
            field_dict["frame_interpolation_fps"] = frame_interpolation_fps
        if frame_interpolation_model is not UNSET:
            field_dict["frame_interpolation_model"] = frame_interpolation_model
        if frame_interpolation_slowmo is not UNSET:
            field_dict["frame_interpolation_slowmo"] = frame_interpolation_slowmo
        if frame_interpolation_fix_duplicate_frames is not UNSET:
            field_dict["frame_interpolation_fix_duplicate_frames"] = frame_interpolation_fix_duplicate_frames
        if frame_interpolation_duplicate_sensitivity is not UNSET:
            field_dict["frame_interpolation_duplicate_sensitivity"] = frame_interpolation_duplicate_sensitivity
        if video_output_preset is not UNSET:
            field_dict["video_output_preset"] = video_output_preset
        if creativity is not UNSET:
            field_dict["creativity"] = creativity

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        video_url = d.pop("video_url")

        target_width = d.pop("target_width", UNSET)

        target_height = d.pop("target_height", UNSET)

        crop_to_fit = d.pop("crop_to_fit", UNSET)

        frame_interpolation = d.pop("frame_interpolation", UNSET)

        frame_interpolation_fps = d.pop("frame_interpolation_fps", UNSET)

        _frame_interpolation_model = d.pop("frame_interpolation_model", UNSET)
        frame_interpolation_model: TopazFrameInterpolationModel | Unset
        if isinstance(_frame_interpolation_model, Unset):
            frame_interpolation_model = UNSET
        else:
            frame_interpolation_model = check_topaz_frame_interpolation_model(_frame_interpolation_model)

        frame_interpolation_slowmo = d.pop("frame_interpolation_slowmo", UNSET)

        frame_interpolation_fix_duplicate_frames = d.pop("frame_interpolation_fix_duplicate_frames", UNSET)

        frame_interpolation_duplicate_sensitivity = d.pop("frame_interpolation_duplicate_sensitivity", UNSET)

        _video_output_preset = d.pop("video_output_preset", UNSET)
        video_output_preset: TopazVideoOutputPreset | Unset
        if isinstance(_video_output_preset, Unset):
            video_output_preset = UNSET
        else:
            video_output_preset = check_topaz_video_output_preset(_video_output_preset)

        _creativity = d.pop("creativity", UNSET)
        creativity: TopazAstraCreativity | Unset
        if isinstance(_creativity, Unset):
            creativity = UNSET
        else:
            creativity = check_topaz_astra_creativity(_creativity)

        topaz_astra_request = cls(
            video_url=video_url,
            target_width=target_width,
            target_height=target_height,
            crop_to_fit=crop_to_fit,
            frame_interpolation=frame_interpolation,
            frame_interpolation_fps=frame_interpolation_fps,
            frame_interpolation_model=frame_interpolation_model,
            frame_interpolation_slowmo=frame_interpolation_slowmo,
            frame_interpolation_fix_duplicate_frames=frame_interpolation_fix_duplicate_frames,
            frame_interpolation_duplicate_sensitivity=frame_interpolation_duplicate_sensitivity,
            video_output_preset=video_output_preset,
            creativity=creativity,
        )

        return topaz_astra_request
