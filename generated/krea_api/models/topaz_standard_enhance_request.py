# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.topaz_image_format import TopazImageFormat, check_topaz_image_format
from ..models.topaz_standard_enhance_model import TopazStandardEnhanceModel, check_topaz_standard_enhance_model
from ..models.topaz_subject_detection import TopazSubjectDetection, check_topaz_subject_detection
from ..types import UNSET, Unset

T = TypeVar("T", bound="TopazStandardEnhanceRequest")


@_attrs_define
class TopazStandardEnhanceRequest:
    """A picture enhanced by Topaz Standard.

    Attributes:
        width (float): Width of the result in pixels. 1 to 32000.
        height (float): Height of the result in pixels. 1 to 32000.
        image_url (str): The picture to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        model (TopazStandardEnhanceModel): Which Topaz model works on the picture.
        seed (float | Unset): Where the random numbers start; give one to repeat a result.
        output_format (TopazImageFormat | Unset): File format of the result. Server default: jpg.
        prompt (str | Unset): What the result shows, in words. Server default: .
        subject_detection (TopazSubjectDetection | Unset): Which part of the picture is enhanced. Server default: All.
        face_enhancement (bool | Unset): Enhance faces on their own. Server default: false.
        face_enhancement_creativity (float | Unset): How freely faces are redrawn. 0 to 1. Server default: 0.5.
        face_enhancement_strength (float | Unset): How strongly faces are enhanced. 0 to 1. Server default: 0.5.
        crop_to_fill (bool | Unset): Crop the picture so that it fills width and height. Server default: false.
        upscaling_activated (bool | Unset): Enlarge the picture as well. Server default: false.
        image_scaling_factor (float | Unset): How many times to enlarge the picture. 1 to 32. Server default: 1.
        sharpen (float | Unset): How much to sharpen. 0 to 1. Server default: 0.5.
        denoise (float | Unset): How much noise to remove. 0 to 1. Server default: 0.5.
        fix_compression (float | Unset): How strongly to repair the marks of compression. 0 to 1. Server default: 0.5.
        strength (float | Unset): How strongly the model acts. 0.01 to 1. Server default: 0.5.
    """

    width: float
    height: float
    image_url: str
    model: TopazStandardEnhanceModel
    seed: float | Unset = UNSET
    output_format: TopazImageFormat | Unset = UNSET
    prompt: str | Unset = UNSET
    subject_detection: TopazSubjectDetection | Unset = UNSET
    face_enhancement: bool | Unset = UNSET
    face_enhancement_creativity: float | Unset = UNSET
    face_enhancement_strength: float | Unset = UNSET
    crop_to_fill: bool | Unset = UNSET
    upscaling_activated: bool | Unset = UNSET
    image_scaling_factor: float | Unset = UNSET
    sharpen: float | Unset = UNSET
    denoise: float | Unset = UNSET
    fix_compression: float | Unset = UNSET
    strength: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        width = self.width

        height = self.height

        image_url = self.image_url

        model: str = self.model

        seed = self.seed

        output_format: str | Unset = UNSET
        if not isinstance(self.output_format, Unset):
            output_format = self.output_format

        prompt = self.prompt

        subject_detection: str | Unset = UNSET
        if not isinstance(self.subject_detection, Unset):
            subject_detection = self.subject_detection

        face_enhancement = self.face_enhancement

        face_enhancement_creativity = self.face_enhancement_creativity

        face_enhancement_strength = self.face_enhancement_strength

        crop_to_fill = self.crop_to_fill

        upscaling_activated = self.upscaling_activated

        image_scaling_factor = self.image_scaling_factor

        sharpen = self.sharpen

        denoise = self.denoise

        fix_compression = self.fix_compression

        strength = self.strength

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "width": width,
                "height": height,
                "image_url": image_url,
                "model": model,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed
        if output_format is not UNSET:
            field_dict["output_format"] = output_format
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if subject_detection is not UNSET:
            field_dict["subject_detection"] = subject_detection
        if face_enhancement is not UNSET:
            field_dict["face_enhancement"] = face_enhancement
        if face_enhancement_creativity is not UNSET:
            field_dict["face_enhancement_creativity"] = face_enhancement_creativity
        if face_enhancement_strength is not UNSET:
            field_dict["face_enhancement_strength"] = face_enhancement_strength
        if crop_to_fill is not UNSET:
            field_dict["crop_to_fill"] = crop_to_fill
        if upscaling_activated is not UNSET:
            field_dict["upscaling_activated"] = upscaling_activated
        if image_scaling_factor is not UNSET:
            field_dict["image_scaling_factor"] = image_scaling_factor
        if sharpen is not UNSET:
            field_dict["sharpen"] = sharpen
        if denoise is not UNSET:
            field_dict["denoise"] = denoise
        if fix_compression is not UNSET:
            field_dict["fix_compression"] = fix_compression
        if strength is not UNSET:
            field_dict["strength"] = strength

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        width = d.pop("width")

        height = d.pop("height")

        image_url = d.pop("image_url")

        model = check_topaz_standard_enhance_model(d.pop("model"))

        seed = d.pop("seed", UNSET)

        _output_format = d.pop("output_format", UNSET)
        output_format: TopazImageFormat | Unset
        if isinstance(_output_format, Unset):
            output_format = UNSET
        else:
            output_format = check_topaz_image_format(_output_format)

        prompt = d.pop("prompt", UNSET)

        _subject_detection = d.pop("subject_detection", UNSET)
        subject_detection: TopazSubjectDetection | Unset
        if isinstance(_subject_detection, Unset):
            subject_detection = UNSET
        else:
            subject_detection = check_topaz_subject_detection(_subject_detection)

        face_enhancement = d.pop("face_enhancement", UNSET)

        face_enhancement_creativity = d.pop("face_enhancement_creativity", UNSET)

        face_enhancement_strength = d.pop("face_enhancement_strength", UNSET)

        crop_to_fill = d.pop("crop_to_fill", UNSET)

        upscaling_activated = d.pop("upscaling_activated", UNSET)

        image_scaling_factor = d.pop("image_scaling_factor", UNSET)

        sharpen = d.pop("sharpen", UNSET)

        denoise = d.pop("denoise", UNSET)

        fix_compression = d.pop("fix_compression", UNSET)

        strength = d.pop("strength", UNSET)

        topaz_standard_enhance_request = cls(
            width=width,
            height=height,
            image_url=image_url,
            model=model,
            seed=seed,
            output_format=output_format,
            prompt=prompt,
            subject_detection=subject_detection,
            face_enhancement=face_enhancement,
            face_enhancement_creativity=face_enhancement_creativity,
            face_enhancement_strength=face_enhancement_strength,
            crop_to_fill=crop_to_fill,
            upscaling_activated=upscaling_activated,
            image_scaling_factor=image_scaling_factor,
            sharpen=sharpen,
            denoise=denoise,
            fix_compression=fix_compression,
            strength=strength,
        )

        return topaz_standard_enhance_request
