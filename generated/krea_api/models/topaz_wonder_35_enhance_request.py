# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.topaz_grain_model import TopazGrainModel, check_topaz_grain_model
from ..models.topaz_image_format import TopazImageFormat, check_topaz_image_format
from ..models.topaz_wonder_35_enhance_enhancement_strength import (
    TopazWonder35EnhanceEnhancementStrength,
    check_topaz_wonder_35_enhance_enhancement_strength,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="TopazWonder35EnhanceRequest")


@_attrs_define
class TopazWonder35EnhanceRequest:
    """A picture enhanced by Topaz Wonder 3.5.

    Attributes:
        width (float): Width of the result in pixels. 1 to 16000.
        height (float): Height of the result in pixels. 1 to 16000.
        image_url (str): The picture to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        seed (float | Unset): Where the random numbers start; give one to repeat a result.
        output_format (TopazImageFormat | Unset): File format of the result. Server default: jpg.
        crop_to_fill (bool | Unset): Crop the picture so that it fills width and height. Server default: false.
        upscaling_activated (bool | Unset): Enlarge the picture as well. Server default: false.
        image_scaling_factor (float | Unset): How many times to enlarge the picture. 1 to 32. Server default: 1.
        enhancement_strength (TopazWonder35EnhanceEnhancementStrength | Unset): How strongly the picture is enhanced.
            Server default: high.
        grain (bool | Unset): Add film grain. Server default: false.
        grain_model (TopazGrainModel | Unset): What kind of grain to add. Server default: silver.
        grain_density (float | Unset): How dense the grain is. 0 to 1. Server default: 0.5.
        grain_strength (float | Unset): How strong the grain is. 0 to 1. Server default: 0.5.
        grain_size (float | Unset): How coarse the grain is. 1 to 5. Server default: 1.
    """

    width: float
    height: float
    image_url: str
    seed: float | Unset = UNSET
    output_format: TopazImageFormat | Unset = UNSET
    crop_to_fill: bool | Unset = UNSET
    upscaling_activated: bool | Unset = UNSET
    image_scaling_factor: float | Unset = UNSET
    enhancement_strength: TopazWonder35EnhanceEnhancementStrength | Unset = UNSET
    grain: bool | Unset = UNSET
    grain_model: TopazGrainModel | Unset = UNSET
    grain_density: float | Unset = UNSET
    grain_strength: float | Unset = UNSET
    grain_size: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        width = self.width

        height = self.height

        image_url = self.image_url

        seed = self.seed

        output_format: str | Unset = UNSET
        if not isinstance(self.output_format, Unset):
            output_format = self.output_format

        crop_to_fill = self.crop_to_fill

        upscaling_activated = self.upscaling_activated

        image_scaling_factor = self.image_scaling_factor

        enhancement_strength: str | Unset = UNSET
        if not isinstance(self.enhancement_strength, Unset):
            enhancement_strength = self.enhancement_strength

        grain = self.grain

        grain_model: str | Unset = UNSET
        if not isinstance(self.grain_model, Unset):
            grain_model = self.grain_model

        grain_density = self.grain_density

        grain_strength = self.grain_strength

        grain_size = self.grain_size

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
        if crop_to_fill is not UNSET:
            field_dict["crop_to_fill"] = crop_to_fill
        if upscaling_activated is not UNSET:
            field_dict["upscaling_activated"] = upscaling_activated
        if image_scaling_factor is not UNSET:
            field_dict["image_scaling_factor"] = image_scaling_factor
        if enhancement_strength is not UNSET:
            field_dict["enhancement_strength"] = enhancement_strength
        if grain is not UNSET:
            field_dict["grain"] = grain
        if grain_model is not UNSET:
            field_dict["grain_model"] = grain_model
        if grain_density is not UNSET:
            field_dict["grain_density"] = grain_density
        if grain_strength is not UNSET:
            field_dict["grain_strength"] = grain_strength
        if grain_size is not UNSET:
            field_dict["grain_size"] = grain_size

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

        crop_to_fill = d.pop("crop_to_fill", UNSET)

        upscaling_activated = d.pop("upscaling_activated", UNSET)

        image_scaling_factor = d.pop("image_scaling_factor", UNSET)

        _enhancement_strength = d.pop("enhancement_strength", UNSET)
        enhancement_strength: TopazWonder35EnhanceEnhancementStrength | Unset
        if isinstance(_enhancement_strength, Unset):
            enhancement_strength = UNSET
        else:
            enhancement_strength = check_topaz_wonder_35_enhance_enhancement_strength(_enhancement_strength)

        grain = d.pop("grain", UNSET)

        _grain_model = d.pop("grain_model", UNSET)
        grain_model: TopazGrainModel | Unset
        if isinstance(_grain_model, Unset):
            grain_model = UNSET
        else:
            grain_model = check_topaz_grain_model(_grain_model)

        grain_density = d.pop("grain_density", UNSET)

        grain_strength = d.pop("grain_strength", UNSET)

        grain_size = d.pop("grain_size", UNSET)

        topaz_wonder_35_enhance_request = cls(
            width=width,
            height=height,
            image_url=image_url,
            seed=seed,
            output_format=output_format,
            crop_to_fill=crop_to_fill,
            upscaling_activated=upscaling_activated,
            image_scaling_factor=image_scaling_factor,
            enhancement_strength=enhancement_strength,
            grain=grain,
            grain_model=grain_model,
            grain_density=grain_density,
            grain_strength=grain_strength,
            grain_size=grain_size,
        )

        return topaz_wonder_35_enhance_request
