# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="KreaLegacyEnhanceRequest")


@_attrs_define
class KreaLegacyEnhanceRequest:
    """A picture enhanced by Krea Enhance Legacy.

    Attributes:
        image_url (str): The picture to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        prompt (str | Unset): What the result shows, in words. Server default: .
        image_scaling_factor (float | Unset): How many times to enlarge the picture. At least 0.1. Server default: 2.
        rescale_color (bool | Unset): Take the colours of the input over. Server default: false.
        upscaling_activated (bool | Unset): Enlarge the picture as well. Server default: true.
        ai_strength (float | Unset): How much new detail the model makes. 0.1 to 1. Server default: 0.6.
        clarity_strength (float | Unset): How closely the prompt is followed. 1 to 12. Server default: 2.5.
        resemblance_strength (float | Unset): How closely the structure of the input is kept. 0 to 2.5. Server default:
            1.
        scene_transfer (bool | Unset): Carry a scene over to the picture. Server default: false.
        scene_image_url (str | Unset): A picture of the scene; empty for none. At most 1024 characters. A public https
            URL, the URL of an uploaded asset, or a data: URI. Server default: .
        scene_prompt (str | Unset): The scene, in words. Server default: .
        scene_strength (float | Unset): How strongly the scene acts. 0.5 to 1. Server default: 0.85.
        switch_background (bool | Unset): Switch the background. Server default: false.
    """

    image_url: str
    prompt: str | Unset = UNSET
    image_scaling_factor: float | Unset = UNSET
    rescale_color: bool | Unset = UNSET
    upscaling_activated: bool | Unset = UNSET
    ai_strength: float | Unset = UNSET
    clarity_strength: float | Unset = UNSET
    resemblance_strength: float | Unset = UNSET
    scene_transfer: bool | Unset = UNSET
    scene_image_url: str | Unset = UNSET
    scene_prompt: str | Unset = UNSET
    scene_strength: float | Unset = UNSET
    switch_background: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        prompt = self.prompt

        image_scaling_factor = self.image_scaling_factor

        rescale_color = self.rescale_color

        upscaling_activated = self.upscaling_activated

        ai_strength = self.ai_strength

        clarity_strength = self.clarity_strength

        resemblance_strength = self.resemblance_strength

        scene_transfer = self.scene_transfer

        scene_image_url = self.scene_image_url

        scene_prompt = self.scene_prompt

        scene_strength = self.scene_strength

        switch_background = self.switch_background

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "image_url": image_url,
            }
        )
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if image_scaling_factor is not UNSET:
            field_dict["image_scaling_factor"] = image_scaling_factor
        if rescale_color is not UNSET:
            field_dict["rescale_color"] = rescale_color
        if upscaling_activated is not UNSET:
            field_dict["upscaling_activated"] = upscaling_activated
        if ai_strength is not UNSET:
            field_dict["ai_strength"] = ai_strength
        if clarity_strength is not UNSET:
            field_dict["clarity_strength"] = clarity_strength
        if resemblance_strength is not UNSET:
            field_dict["resemblance_strength"] = resemblance_strength
        if scene_transfer is not UNSET:
            field_dict["scene_transfer"] = scene_transfer
        if scene_image_url is not UNSET:
            field_dict["scene_image_url"] = scene_image_url
        if scene_prompt is not UNSET:
            field_dict["scene_prompt"] = scene_prompt
        if scene_strength is not UNSET:
            field_dict["scene_strength"] = scene_strength
        if switch_background is not UNSET:
            field_dict["switch_background"] = switch_background

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image_url = d.pop("image_url")

        prompt = d.pop("prompt", UNSET)

        image_scaling_factor = d.pop("image_scaling_factor", UNSET)

        rescale_color = d.pop("rescale_color", UNSET)

        upscaling_activated = d.pop("upscaling_activated", UNSET)

        ai_strength = d.pop("ai_strength", UNSET)

        clarity_strength = d.pop("clarity_strength", UNSET)

        resemblance_strength = d.pop("resemblance_strength", UNSET)

        scene_transfer = d.pop("scene_transfer", UNSET)

        scene_image_url = d.pop("scene_image_url", UNSET)

        scene_prompt = d.pop("scene_prompt", UNSET)

        scene_strength = d.pop("scene_strength", UNSET)

        switch_background = d.pop("switch_background", UNSET)

        krea_legacy_enhance_request = cls(
            image_url=image_url,
            prompt=prompt,
            image_scaling_factor=image_scaling_factor,
            rescale_color=rescale_color,
            upscaling_activated=upscaling_activated,
            ai_strength=ai_strength,
            clarity_strength=clarity_strength,
            resemblance_strength=resemblance_strength,
            scene_transfer=scene_transfer,
            scene_image_url=scene_image_url,
            scene_prompt=scene_prompt,
            scene_strength=scene_strength,
            switch_background=switch_background,
        )

        return krea_legacy_enhance_request
