# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="KreaEnhanceRequest")


@_attrs_define
class KreaEnhanceRequest:
    """A picture enhanced by Krea Enhance.

    Attributes:
        image_url (str): The picture to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        prompt (str | Unset): What the result shows, in words. Server default: .
        image_scaling_factor (float | Unset): How many times to enlarge the picture. At least 0.1. Server default: 2.
        rescale_color (bool | Unset): Take the colours of the input over. Server default: false.
        seed (float | Unset): Where the random numbers start; give one to repeat a result.
        ai_strength (float | Unset): How much new detail the model makes. 0.1 to 1. Server default: 0.4.
        clarity_strength (float | Unset): How closely the prompt is followed. 1 to 12. Server default: 4.
        resemblance_strength (float | Unset): How closely the structure of the input is kept. 0 to 2.5. Server default:
            1.
        sharpness (float | Unset): How crisp fine detail becomes. 0.1 to 1.5. Server default: 0.5.
    """

    image_url: str
    prompt: str | Unset = UNSET
    image_scaling_factor: float | Unset = UNSET
    rescale_color: bool | Unset = UNSET
    seed: float | Unset = UNSET
    ai_strength: float | Unset = UNSET
    clarity_strength: float | Unset = UNSET
    resemblance_strength: float | Unset = UNSET
    sharpness: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        prompt = self.prompt

        image_scaling_factor = self.image_scaling_factor

        rescale_color = self.rescale_color

        seed = self.seed

        ai_strength = self.ai_strength

        clarity_strength = self.clarity_strength

        resemblance_strength = self.resemblance_strength

        sharpness = self.sharpness

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
        if seed is not UNSET:
            field_dict["seed"] = seed
        if ai_strength is not UNSET:
            field_dict["ai_strength"] = ai_strength
        if clarity_strength is not UNSET:
            field_dict["clarity_strength"] = clarity_strength
        if resemblance_strength is not UNSET:
            field_dict["resemblance_strength"] = resemblance_strength
        if sharpness is not UNSET:
            field_dict["sharpness"] = sharpness

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image_url = d.pop("image_url")

        prompt = d.pop("prompt", UNSET)

        image_scaling_factor = d.pop("image_scaling_factor", UNSET)

        rescale_color = d.pop("rescale_color", UNSET)

        seed = d.pop("seed", UNSET)

        ai_strength = d.pop("ai_strength", UNSET)

        clarity_strength = d.pop("clarity_strength", UNSET)

        resemblance_strength = d.pop("resemblance_strength", UNSET)

        sharpness = d.pop("sharpness", UNSET)

        krea_enhance_request = cls(
            image_url=image_url,
            prompt=prompt,
            image_scaling_factor=image_scaling_factor,
            rescale_color=rescale_color,
            seed=seed,
            ai_strength=ai_strength,
            clarity_strength=clarity_strength,
            resemblance_strength=resemblance_strength,
            sharpness=sharpness,
        )

        return krea_enhance_request
