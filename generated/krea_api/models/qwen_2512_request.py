# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_reference import StyleReference


T = TypeVar("T", bound="Qwen2512Request")


@_attrs_define
class Qwen2512Request:
    """A picture from Qwen Image 2512.

    Attributes:
        prompt (str): What to show, in words. At least 1 character.
        negative_prompt (str | Unset): What not to show, in words. Server default: .
        width (float | Unset): Width in pixels. 256 to 4096. Server default: 1024.
        height (float | Unset): Height in pixels. 256 to 4096. Server default: 1024.
        num_inference_steps (int | Unset): How many sampling steps; more take longer. 1 to 50. Server default: 28.
        cfg_scale (float | Unset): How closely the picture follows the prompt. Server default: 4.
        seed (float | Unset): Where the random numbers start; give one to repeat a picture.
        styles (list[StyleReference] | Unset): Trained styles to apply. At most 3 items.
    """

    prompt: str
    negative_prompt: str | Unset = UNSET
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    num_inference_steps: int | Unset = UNSET
    cfg_scale: float | Unset = UNSET
    seed: float | Unset = UNSET
    styles: list[StyleReference] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        negative_prompt = self.negative_prompt

        width = self.width

        height = self.height

        num_inference_steps = self.num_inference_steps

        cfg_scale = self.cfg_scale

        seed = self.seed

        styles: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.styles, Unset):
            styles = []
            for styles_item_data in self.styles:
                styles_item = styles_item_data.to_dict()
                styles.append(styles_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height
        if num_inference_steps is not UNSET:
            field_dict["num_inference_steps"] = num_inference_steps
        if cfg_scale is not UNSET:
            field_dict["cfg_scale"] = cfg_scale
        if seed is not UNSET:
            field_dict["seed"] = seed
        if styles is not UNSET:
            field_dict["styles"] = styles

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_reference import StyleReference

        d = dict(src_dict)
        prompt = d.pop("prompt")

        negative_prompt = d.pop("negative_prompt", UNSET)

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        num_inference_steps = d.pop("num_inference_steps", UNSET)

        cfg_scale = d.pop("cfg_scale", UNSET)

        seed = d.pop("seed", UNSET)

        _styles = d.pop("styles", UNSET)
        styles: list[StyleReference] | Unset = UNSET
        if _styles is not UNSET:
            styles = []
            for styles_item_data in _styles:
                styles_item = StyleReference.from_dict(styles_item_data)

                styles.append(styles_item)

        qwen_2512_request = cls(
            prompt=prompt,
            negative_prompt=negative_prompt,
            width=width,
            height=height,
            num_inference_steps=num_inference_steps,
            cfg_scale=cfg_scale,
            seed=seed,
            styles=styles,
        )

        return qwen_2512_request
