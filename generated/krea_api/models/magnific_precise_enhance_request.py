# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.magnific_image_format import MagnificImageFormat, check_magnific_image_format
from ..models.magnific_precise_enhance_flavor import MagnificPreciseEnhanceFlavor, check_magnific_precise_enhance_flavor
from ..types import UNSET, Unset

T = TypeVar("T", bound="MagnificPreciseEnhanceRequest")


@_attrs_define
class MagnificPreciseEnhanceRequest:
    """A picture enhanced by Magnific Precise.

    Attributes:
        width (float): Width of the result in pixels. 1 to 10000.
        height (float): Height of the result in pixels. 1 to 10000.
        image_url (str): The picture to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        seed (float | Unset): Where the random numbers start; give one to repeat a result.
        output_format (MagnificImageFormat | Unset): File format of the result. Server default: png.
        upscaling_activated (bool | Unset): Enlarge the picture as well. Server default: true.
        image_scaling_factor (float | Unset): How many times to enlarge the picture. 2 to 16. Server default: 2.
        sharpen (int | Unset): How much to sharpen. 0 to 100. Server default: 7.
        smart_grain (int | Unset): How much grain to add. 0 to 100. Server default: 7.
        ultra_detail (int | Unset): How much fine detail to add. 0 to 100. Server default: 30.
        flavor (MagnificPreciseEnhanceFlavor | Unset): Which flavour of the model to use.
    """

    width: float
    height: float
    image_url: str
    seed: float | Unset = UNSET
    output_format: MagnificImageFormat | Unset = UNSET
    upscaling_activated: bool | Unset = UNSET
    image_scaling_factor: float | Unset = UNSET
    sharpen: int | Unset = UNSET
    smart_grain: int | Unset = UNSET
    ultra_detail: int | Unset = UNSET
    flavor: MagnificPreciseEnhanceFlavor | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        width = self.width

        height = self.height

        image_url = self.image_url

        seed = self.seed

        output_format: str | Unset = UNSET
        if not isinstance(self.output_format, Unset):
            output_format = self.output_format

        upscaling_activated = self.upscaling_activated

        image_scaling_factor = self.image_scaling_factor

        sharpen = self.sharpen

        smart_grain = self.smart_grain

        ultra_detail = self.ultra_detail

        flavor: str | Unset = UNSET
        if not isinstance(self.flavor, Unset):
            flavor = self.flavor

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
        if upscaling_activated is not UNSET:
            field_dict["upscaling_activated"] = upscaling_activated
        if image_scaling_factor is not UNSET:
            field_dict["image_scaling_factor"] = image_scaling_factor
        if sharpen is not UNSET:
            field_dict["sharpen"] = sharpen
        if smart_grain is not UNSET:
            field_dict["smart_grain"] = smart_grain
        if ultra_detail is not UNSET:
            field_dict["ultra_detail"] = ultra_detail
        if flavor is not UNSET:
            field_dict["flavor"] = flavor

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        width = d.pop("width")

        height = d.pop("height")

        image_url = d.pop("image_url")

        seed = d.pop("seed", UNSET)

        _output_format = d.pop("output_format", UNSET)
        output_format: MagnificImageFormat | Unset
        if isinstance(_output_format, Unset):
            output_format = UNSET
        else:
            output_format = check_magnific_image_format(_output_format)

        upscaling_activated = d.pop("upscaling_activated", UNSET)

        image_scaling_factor = d.pop("image_scaling_factor", UNSET)

        sharpen = d.pop("sharpen", UNSET)

        smart_grain = d.pop("smart_grain", UNSET)

        ultra_detail = d.pop("ultra_detail", UNSET)

        _flavor = d.pop("flavor", UNSET)
        flavor: MagnificPreciseEnhanceFlavor | Unset
        if isinstance(_flavor, Unset):
            flavor = UNSET
        else:
            flavor = check_magnific_precise_enhance_flavor(_flavor)

        magnific_precise_enhance_request = cls(
            width=width,
            height=height,
            image_url=image_url,
            seed=seed,
            output_format=output_format,
            upscaling_activated=upscaling_activated,
            image_scaling_factor=image_scaling_factor,
            sharpen=sharpen,
            smart_grain=smart_grain,
            ultra_detail=ultra_detail,
            flavor=flavor,
        )

        return magnific_precise_enhance_request
