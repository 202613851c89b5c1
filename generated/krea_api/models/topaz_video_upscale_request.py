# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.topaz_frame_interpolation_model import TopazFrameInterpolationModel, check_topaz_frame_interpolation_model
from ..models.topaz_video_output_preset import TopazVideoOutputPreset, check_topaz_video_output_preset
from ..models.topaz_video_upscale_enhancement_focus_fix import (
    TopazVideoUpscaleEnhancementFocusFix,
    check_topaz_video_upscale_enhancement_focus_fix,
)
from ..models.topaz_video_upscale_enhancement_model import (
    TopazVideoUpscaleEnhancementModel,
    check_topaz_video_upscale_enhancement_model,
)
from ..models.topaz_video_upscale_enhancement_parameters import (
    TopazVideoUpscaleEnhancementParameters,
    check_topaz_video_upscale_enhancement_parameters,
)
from ..models.topaz_video_upscale_enhancement_video_type import (
    TopazVideoUpscaleEnhancementVideoType,
    check_topaz_video_upscale_enhancement_video_type,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="TopazVideoUpscaleRequest")


@_attrs_define
class TopazVideoUpscaleRequest:
    """A video enhanced by Topaz Video Upscale.

    Attributes:
        video_url (str): The video to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        target_width (float | Unset): Width of the result in pixels. 1 to 8000.
        target_height (float | Unset): Height of the result in pixels. 1 to 8000.
        crop_to_fit (bool | Unset): Crop the video so that it fits the target size. Server default: false.
        frame_interpolation (bool | Unset): Make frames in between. Server default: true.
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
        enhancement (bool | Unset): Enhance the frames. Server default: true.
        enhancement_video_type (TopazVideoUpscaleEnhancementVideoType | Unset): How the frames of the input were
            scanned. Server default: Progressive.
        enhancement_model (TopazVideoUpscaleEnhancementModel | Unset): Which Topaz model enhances the frames. Depends on
            enhancement_video_type: ahq-12, ghq-5, iris-3, nyx-3, prob-4, rhea-1, thd-3 for Progressive; ddv-3, dtv-4,
            dtvs-2, iris-2, iris-3, prob-4 for Interlaced; dtd-4, dtds-2, iris-2, iris-3, prob-4 for ProgressiveInterlaced.
            Server default: prob-4.
        enhancement_focus_fix (TopazVideoUpscaleEnhancementFocusFix | Unset): How strongly to repair lost focus. Server
            default: None.
        enhancement_parameters (TopazVideoUpscaleEnhancementParameters | Unset): Whether the service sets the strengths
            below, or the request does. Server default: Auto.
        enhancement_compression (float | Unset): How strongly to repair the marks of compression. -1 to 1. Matters only
            when enhancement_parameters is Manual. Server default: 0.1.
        enhancement_recover_details (float | Unset): How much lost detail to recover. 0 to 1. Matters only when
            enhancement_parameters is Manual. Server default: 0.7.
        enhancement_sharpen (float | Unset): How much to sharpen. -1 to 1. Matters only when enhancement_parameters is
            Manual. Server default: 0.2.
        enhancement_reduce_noise (float | Unset): How much noise to remove. -1 to 1. Matters only when
            enhancement_parameters is Manual. Server default: 0.3.
        enhancement_reduce_halo (float | Unset): How strongly to remove halos along edges. -1 to 1. Matters only when
            enhancement_parameters is Manual. Server default: 0.4.
        enhancement_preblur (float | Unset): How much to blur beforehand. -1 to 1. Matters only when
            enhancement_parameters is Manual. Server default: 0.5.
        grain (bool | Unset): Add film grain. Server default: false.
        grain_strength (float | Unset): How strong the grain is. 0 to 0.1. Matters only when grain is true. Server
            default: 0.02.
        grain_size (float | Unset): How coarse the grain is. 0 to 5. Matters only when grain is true. Server default: 1.
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
    enhancement: bool | Unset = UNSET
    enhancement_video_type: TopazVideoUpscaleEnhancementVideoType | Unset = UNSET
    enhancement_model: TopazVideoUpscaleEnhancementModel | Unset = UNSET
    enhancement_focus_fix: TopazVideoUpscaleEnhancementFocusFix | Unset = UNSET
    enhancement_parameters: TopazVideoUpscaleEnhancementParameters | Unset = UNSET
    enhancement_compression: float | Unset = UNSET
    enhancement_recover_details: float | Unset = UNSET
    enhancement_sharpen: float | Unset = UNSET
    enhancement_reduce_noise: float | Unset = UNSET
    enhancement_reduce_halo: float | Unset = UNSET
    enhancement_preblur: float | Unset = UNSET
    grain: bool | Unset = UNSET
    grain_strength: float | Unset = UNSET
    grain_size: float | Unset = UNSET

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

        enhancement = self.enhancement

        enhancement_video_type: str | Unset = UNSET
        if not isinstance(self.enhancement_video_type, Unset):
            enhancement_video_type = self.enhancement_video_type

        enhancement_model: str | Unset = UNSET
        if not isinstance(self.enhancement_model, Unset):
            enhancement_model = self.enhancement_model

        enhancement_focus_fix: str | Unset = UNSET
        if not isinstance(self.enhancement_focus_fix, Unset):
            enhancement_focus_fix = self.enhancement_focus_fix

        enhancement_parameters: str | Unset = UNSET
        if not isinstance(self.enhancement_parameters, Unset):
            enhancement_parameters = self.enhancement_parameters

        enhancement_compression = self.enhancement_compression

        enhancement_recover_details = self.enhancement_recover_details

        enhancement_sharpen = self.enhancement_sharpen

        enhancement_reduce_noise = self.enhancement_reduce_noise

        enhancement_reduce_halo = self.enhancement_reduce_halo

        enhancement_preblur = self.enhancement_preblur

        grain = self.grain

        grain_strength = self.grain_strength

        grain_size = self.grain_size

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
        if enhancement is not UNSET:
            field_dict["enhancement"] = enhancement
        if enhancement_video_type is not UNSET:
            field_dict["enhancement_video_type"] = enhancement_video_type
        if enhancement_model is not UNSET:
            field_dict["enhancement_model"] = enhancement_model
        if enhancement_focus_fix is not UNSET:
            field_dict["enhancement_focus_fix"] = enhancement_focus_fix
        if enhancement_parameters is not UNSET:
            field_dict["enhancement_parameters"] = enhancement_parameters
        if enhancement_compression is not UNSET:
            field_dict["enhancement_compression"] = enhancement_compression
        if enhancement_recover_details is not UNSET:
            field_dict["enhancement_recover_details"] = enhancement_recover_details
        if enhancement_sharpen is not UNSET:
            field_dict["enhancement_sharpen"] = enhancement_sharpen
        if enhancement_reduce_noise is not UNSET:
            field_dict["enhancement_reduce_noise"] = enhancement_reduce_noise
        if enhancement_reduce_halo is not UNSET:
            field_dict["enhancement_reduce_halo"] = enhancement_reduce_halo
        if enhancement_preblur is not UNSET:
            field_dict["enhancement_preblur"] = enhancement_preblur
        if grain is not UNSET:
            field_dict["grain"] = grain
        if grain_strength is not UNSET:
            field_dict["grain_strength"] = grain_strength
        if grain_size is not UNSET:
            field_dict["grain_size"] = grain_size

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

        enhancement = d.pop("enhancement", UNSET)

        _enhancement_video_type = d.pop("enhancement_video_type", UNSET)
        enhancement_video_type: TopazVideoUpscaleEnhancementVideoType | Unset
        if isinstance(_enhancement_video_type, Unset):
            enhancement_video_type = UNSET
        else:
            enhancement_video_type = check_topaz_video_upscale_enhancement_video_type(_enhancement_video_type)

        _enhancement_model = d.pop("enhancement_model", UNSET)
        enhancement_model: TopazVideoUpscaleEnhancementModel | Unset
        if isinstance(_enhancement_model, Unset):
            enhancement_model = UNSET
        else:
            enhancement_model = check_topaz_video_upscale_enhancement_model(_enhancement_model)

        _enhancement_focus_fix = d.pop("enhancement_focus_fix", UNSET)
        enhancement_focus_fix: TopazVideoUpscaleEnhancementFocusFix | Unset
        if isinstance(_enhancement_focus_fix, Unset):
            enhancement_focus_fix = UNSET
        else:
            enhancement_focus_fix = check_topaz_video_upscale_enhancement_focus_fix(_enhancement_focus_fix)

        _enhancement_parameters = d.pop("enhancement_parameters", UNSET)
        enhancement_parameters: TopazVideoUpscaleEnhancementParameters | Unset
        if isinstance(_enhancement_parameters, Unset):
            enhancement_parameters = UNSET
        else:
            enhancement_parameters = check_topaz_video_upscale_enhancement_parameters(_enhancement_parameters)

        enhancement_compression = d.pop("enhancement_compression", UNSET)

        enhancement_recover_details = d.pop("enhancement_recover_details", UNSET)

        enhancement_sharpen = d.pop("enhancement_sharpen", UNSET)

        enhancement_reduce_noise = d.pop("enhancement_reduce_noise", UNSET)

        enhancement_reduce_halo = d.pop("enhancement_reduce_halo", UNSET)

        enhancement_preblur = d.pop("enhancement_preblur", UNSET)

        grain = d.pop("grain", UNSET)

        grain_strength = d.pop("grain_strength", UNSET)

        grain_size = d.pop("grain_size", UNSET)

        topaz_video_upscale_request = cls(
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
            enhancement=enhancement,
            enhancement_video_type=enhancement_video_type,
            enhancement_model=enhancement_model,
            enhancement_focus_fix=enhancement_focus_fix,
            enhancement_parameters=enhancement_parameters,
            enhancement_compression=enhancement_compression,
            enhancement_recover_details=enhancement_recover_details,
            enhancement_sharpen=enhancement_sharpen,
            enhancement_reduce_noise=enhancement_reduce_noise,
            enhancement_reduce_halo=enhancement_reduce_halo,
            enhancement_preblur=enhancement_preblur,
            grain=grain,
            grain_strength=grain_strength,
            grain_size=grain_size,
        )

        return topaz_video_upscale_request
