# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.magnific_creative_enhance_engine import (
    MagnificCreativeEnhanceEngine,
    check_magnific_creative_enhance_engine,
)
from ..models.magnific_creative_enhance_optimized_for import (
    MagnificCreativeEnhanceOptimizedFor,
    check_magnific_creative_enhance_optimized_for,
)
from ..models.magnific_image_format import MagnificImageFormat, check_magnific_image_format
from ..types import UNSET, Unset

T = TypeVar("T", bound="MagnificCreativeEnhanceRequest")


@_attrs_define
class MagnificCreativeEnhanceRequest:
    """A picture enhanced by Magnific Creative.

    Attributes:
        width (float): Width of the result in pixels. 1 to 10000.
        height (float): Height of the result in pixels. 1 to 10000.
        image_url (str): The picture to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        seed (float | Unset): Where the random numbers start; give one to repeat a result.
        output_format (MagnificImageFormat | Unset): File format of the result. Server default: png.
        upscaling_activated (bool | Unset): Enlarge the picture as well. Server default: true.
        image_scaling_factor (float | Unset): How many times to enlarge the picture. 2 to 16. Server default: 2.
        prompt (str | Unset): What the result shows, in words. Server default: .
        optimized_for (MagnificCreativeEnhanceOptimizedFor | Unset): The kind of picture. Server default: standard.
        creativity (int | Unset): How freely the model invents detail. -10 to 10. Server default: 0.
        hdr (int | Unset): How strong the HDR look is. -10 to 10. Server default: 0.
        resemblance (int | Unset): How closely the result resembles the input. -10 to 10. Server default: 0.
        fractality (int | Unset): How fractal the added detail is. -10 to 10. Server default: 0.
        engine (MagnificCreativeEnhanceEngine | Unset): Which Magnific engine to use. Server default: automatic.
    """

    width: float
    height: float
    image_url: str
    seed: float | Unset = UNSET
    output_format: MagnificImageFormat | Unset = UNSET
    upscaling_activated: bool | Unset = UNSET
    image_scaling_factor: float | Unset = UNSET
    prompt: str | Unset = UNSET
    optimized_for: MagnificCreativeEnhanceOptimizedFor | Unset = UNSET
    creativity: int | Unset = UNSET
    hdr: int | Unset = UNSET
    resemblance: int | Unset = UNSET
    fractality: int | Unset = UNSET
    engine: MagnificCreativeEnhanceEngine | Unset = UNSET

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

        prompt = self.prompt

        optimized_for: str | Unset = UNSET
        if not isinstance(self.optimized_for, Unset):
            optimized_for = self.optimized_for

        creativity = self.creativity

        hdr = self.hdr

        resemblance = self.resemblance

        fractality = self.fractality

        engine: str | Unset = UNSET
        if not isinstance(self.engine, Unset):
            engine = self.engine

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
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if optimized_for is not UNSET:
            field_dict["optimized_for"] = optimized_for
        if creativity is not UNSET:
            field_dict["creativity"] = creativity
        if hdr is not UNSET:
            field_dict["hdr"] = hdr
        if resemblance is not UNSET:
            field_dict["resemblance"] = resemblance
        if fractality is not UNSET:
            field_dict["fractality"] = fractality
        if engine is not UNSET:
            field_dict["engine"] = engine

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

        prompt = d.pop("prompt", UNSET)

        _optimized_for = d.pop("optimized_for", UNSET)
        optimized_for: MagnificCreativeEnhanceOptimizedFor | Unset
        if isinstance(_optimized_for, Unset):
            optimized_for = UNSET
        else:
            optimized_for = check_magnific_creative_enhance_optimized_for(_optimized_for)

        creativity = d.pop("creativity", UNSET)

        hdr = d.pop("hdr", UNSET)

        resemblance = d.pop("resemblance", UNSET)

        fractality = d.pop("fractality", UNSET)

        _engine = d.pop("engine", UNSET)
        engine: MagnificCreativeEnhanceEngine | Unset
        if isinstance(_engine, Unset):
            engine = UNSET
        else:
            engine = check_magnific_creative_enhance_engine(_engine)

        magnific_creative_enhance_request = cls(
            width=width,
            height=height,
            image_url=image_url,
            seed=seed,
            output_format=output_format,
            upscaling_activated=upscaling_activated,
            image_scaling_factor=image_scaling_factor,
            prompt=prompt,
            optimized_for=optimized_for,
            creativity=creativity,
            hdr=hdr,
            resemblance=resemblance,
            fractality=fractality,
            engine=engine,
        )

        return magnific_creative_enhance_request
