# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.topaz_image_format import TopazImageFormat, check_topaz_image_format
from ..types import UNSET, Unset

T = TypeVar("T", bound="TopazBloomEnhanceRequest")


@_attrs_define
class TopazBloomEnhanceRequest:
    """A picture enhanced by Topaz Bloom.

    Source: https://docs.krea.ai/api-reference/image-enhance/topaz-bloom

        Attributes:
            width (float): Width of the result in pixels. 1 to 10000.
            height (float): Height of the result in pixels. 1 to 10000.
            image_url (str): The picture to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
                asset, or a data: URI.
            seed (float | Unset): Where the random numbers start; give one to repeat a result.
            output_format (TopazImageFormat | Unset): File format of the result. Server default: jpg.
            prompt (str | Unset): What the result shows, in words. Server default: .
            crop_to_fill (bool | Unset): Crop the picture so that it fills width and height. Server default: false.
            upscaling_activated (bool | Unset): Enlarge the picture as well. Server default: false.
            image_scaling_factor (float | Unset): How many times to enlarge the picture. 1 to 32. Server default: 1.
            creativity (int | Unset): How freely the model invents detail. 1 to 9. Server default: 3.
            face_preservation (bool | Unset): Keep faces as they are. Server default: false.
            color_preservation (bool | Unset): Keep colours as they are. Server default: false.
    """

    width: float
    height: float
    image_url: str
    seed: float | Unset = UNSET
    output_format: TopazImageFormat | Unset = UNSET
    prompt: str | Unset = UNSET
    crop_to_fill: bool | Unset = UNSET
    upscaling_activated: bool | Unset = UNSET
    image_scaling_factor: float | Unset = UNSET
    creativity: int | Unset = UNSET
    face_preservation: bool | Unset = UNSET
    color_preservation: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        width = self.width

        height = self.height

        image_url = self.image_url

        seed = self.seed

        output_format: str | Unset = UNSET
        if not isinstance(self.output_format, Unset):
            output_format = self.output_format

        prompt = self.prompt

        crop_to_fill = self.crop_to_fill

        upscaling_activated = self.upscaling_activated

        image_scaling_factor = self.image_scaling_factor

        creativity = self.creativity

        face_preservation = self.face_preservation

        color_preservation = self.color_preservation

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "width": width,
                "height": height,
                "image_url": image_url,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed
        if output_format is not UNSET:
            field_dict["output_format"] = output_format
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if crop_to_fill is not UNSET:
            field_dict["crop_to_fill"] = crop_to_fill
        if upscaling_activated is not UNSET:
            field_dict["upscaling_activated"] = upscaling_activated
        if image_scaling_factor is not UNSET:
            field_dict["image_scaling_factor"] = image_scaling_factor
        if creativity is not UNSET:
            field_dict["creativity"] = creativity
        if face_preservation is not UNSET:
            field_dict["face_preservation"] = face_preservation
        if color_preservation is not UNSET:
            field_dict["color_preservation"] = color_preservation

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        width = d.pop("width")

        height = d.pop("height")

        image_url = d.pop("image_url")

        seed = d.pop("seed", UNSET)

        _output_format = d.pop("output_format", UNSET)
        output_format: TopazImageFormat | Unset
        if isinstance(_output_format, Unset):
            output_format = UNSET
        else:
            output_format = check_topaz_image_format(_output_format)

        prompt = d.pop("prompt", UNSET)

        crop_to_fill = d.pop("crop_to_fill", UNSET)

        upscaling_activated = d.pop("upscaling_activated", UNSET)

        image_scaling_factor = d.pop("image_scaling_factor", UNSET)

        creativity = d.pop("creativity", UNSET)

        face_preservation = d.pop("face_preservation", UNSET)

        color_preservation = d.pop("color_preservation", UNSET)

        topaz_bloom_enhance_request = cls(
            width=width,
            height=height,
            image_url=image_url,
            seed=seed,
            output_format=output_format,
            prompt=prompt,
            crop_to_fill=crop_to_fill,
            upscaling_activated=upscaling_activated,
            image_scaling_factor=image_scaling_factor,
            creativity=creativity,
            face_preservation=face_preservation,
            color_preservation=color_preservation,
        )

        return topaz_bloom_enhance_request
